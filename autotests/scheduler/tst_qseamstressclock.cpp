// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

#include <QSeamstressClock>

#include <QSignalSpy>
#include <QTest>
#include <QThread>
#include <QTimer>

#include <chrono>
#include <thread>

using namespace std::chrono_literals;

class tst_QSeamstressClock : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void isAvailable();
    void advances();
    void advancesToTheNext();
    void advancesUntilIdle();
    void settles();
};

void tst_QSeamstressClock::isAvailable()
{
    QString reason;
    QVERIFY2(QSeamstressClock::isAvailable(&reason), qPrintable(reason));
}

void tst_QSeamstressClock::advances()
{
    QSeamstressClock clock(QSeamstressClock::Manual);
    QTimer timer;
    QSignalSpy timeout(&timer, &QTimer::timeout);
    timer.start(100ms);
    QSEAMSTRESS_ADVANCE_TIME(clock, 99ms);
    QCOMPARE(timeout.size(), 0);
    QSEAMSTRESS_ADVANCE_TIME(clock, 1ms);
    QCOMPARE(timeout.size(), 1);
    QSEAMSTRESS_ADVANCE_TIME(clock, 1s);
    QCOMPARE(timeout.size(), 11);
    QCOMPARE(clock.elapsed(), 1100ms);
}

void tst_QSeamstressClock::advancesToTheNext()
{
    QSeamstressClock clock(QSeamstressClock::Manual);
    QVERIFY(!clock.advanceToNext());
    QTimer timer;
    QSignalSpy timeout(&timer, &QTimer::timeout);
    timer.start(250ms);
    QVERIFY(clock.advanceToNext());
    QCOMPARE(timeout.size(), 1);
    QCOMPARE(clock.elapsed(), 250ms);
}

void tst_QSeamstressClock::advancesUntilIdle()
{
    QSeamstressClock clock(QSeamstressClock::Manual);
    int rest = 5;
    QTimer timer;
    connect(&timer, &QTimer::timeout, &timer, [&] {
        if (--rest == 0)
            timer.stop();
    });
    timer.start(1s);
    QVERIFY(!clock.advanceUntilIdle(3s));
    QCOMPARE(clock.error().code(), QSeamstressError::ClockFailed);
    QVERIFY(clock.advanceUntilIdle(10s));
    QCOMPARE(clock.elapsed(), 5s);
}

void tst_QSeamstressClock::settles()
{
    QSeamstressClock clock(QSeamstressClock::Manual);
    std::atomic<bool> isDone = false;
    std::thread thread([&] {
        isDone = true;
        std::this_thread::sleep_for(1s);
    });
    QVERIFY(clock.settle());
    QVERIFY(isDone);
    QCOMPARE(clock.pendingWaits().size(), 1);
    QCOMPARE(clock.elapsed(), 0s);
    QVERIFY(clock.advance(1s));
    thread.join();
}

QTEST_GUILESS_MAIN(tst_QSeamstressClock)

#include "tst_qseamstressclock.moc"
