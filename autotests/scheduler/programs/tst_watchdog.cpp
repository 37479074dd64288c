// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

// A day of virtual time in each row of a test. QTest's watchdog allows 300 s of real time for a test function, and for the time between two.

#include <QSeamstressClock>

#include <QTest>
#include <QThread>

class tst_Watchdog : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void days_data()
    {
        QTest::addColumn<int>("days");
        QTest::newRow("a day") << 1;
        QTest::newRow("a week") << 7;
        QTest::newRow("a year") << 365;
    }
    void days()
    {
        QFETCH(const int, days);
        QSeamstressClock clock;
        QThread::sleep(24 * 3600 * days);
        QCOMPARE(clock.elapsed(), std::chrono::hours(24 * days));
    }
    void afterwards() { QThread::msleep(1); }
    // In Manual mode time stands still for the test, but not for the watchdog.
    void hangs()
    {
        QSeamstressClock clock(QSeamstressClock::Manual);
        QSeamstressRealTime realTime;
        while (qEnvironmentVariableIsSet("QSEAMSTRESS_TEST_HANGS"))
            QThread::msleep(10);
    }
};

QTEST_GUILESS_MAIN(tst_Watchdog)

#include "tst_watchdog.moc"
