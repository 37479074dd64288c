// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

// Measures while a clock is alive, and creates a clock while it measures. Each test fails; none runs for ever.

#include <QSeamstressClock>

#include <QTest>
#include <QThread>

class tst_BenchmarkInVirtualTime : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void benchmarkInAClock()
    {
        QSeamstressClock clock;
        QBENCHMARK {
            QThread::msleep(1);
        }
    }
    void clockInABenchmark()
    {
        QBENCHMARK {
            QSeamstressClock clock;
            QThread::msleep(1);
        }
    }
    void clockAfterABenchmark()
    {
        QBENCHMARK {
            QThread::usleep(1);
        }
        QSeamstressClock clock;
        QVERIFY2(clock.isValid(), qPrintable(clock.errorString()));
    }
};

QTEST_GUILESS_MAIN(tst_BenchmarkInVirtualTime)

#include "tst_benchmarkinvirtualtime.moc"
