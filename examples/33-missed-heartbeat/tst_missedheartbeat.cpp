// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

// A monitor in a thread of its own notices that the thread of the test no longer beats.
// Without virtual time: the test sleeps for as long as the monitor waits and a little longer, and fails on a busy machine.

#include <QSeamstressClock>

#include <QTest>

#include <atomic>
#include <chrono>

#include "heartbeatmonitor.h"

using namespace std::chrono_literals;
using std::chrono::nanoseconds;

class TestMissedHeartbeat : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void noticesThatTheThreadHangs();
    void noticesEachSilenceOnce();
    void missesNoBeatThatIsJustInTime();
};

// Records when beats were missed. Its slot runs in the thread of the monitor.
struct Watch
{
    Watch()
    {
        QObject::connect(&monitor, &HeartbeatMonitor::missed, [this] {
            lastMiss = clock.elapsed();
            ++misses;
        });
        monitor.start();
    }

    QSeamstressClock clock;
    std::atomic<int> misses = 0;
    std::atomic<nanoseconds> lastMiss = nanoseconds(-1);
    HeartbeatMonitor monitor;
};

void TestMissedHeartbeat::noticesThatTheThreadHangs()
{
    Watch watch;
    for (int second = 0; second <= 5; ++second) {
        watch.monitor.beat();
        QThread::sleep(1);
    }
    QCOMPARE(watch.misses.load(), 0);
    QThread::sleep(60); // the thread hangs; its last beat was at 5 s
    QCOMPARE(watch.misses.load(), 1);
    QCOMPARE(watch.lastMiss.load(), 8s);
    QCOMPARE(watch.clock.elapsed(), 66s);
}

void TestMissedHeartbeat::noticesEachSilenceOnce()
{
    Watch watch;
    QThread::sleep(3600);
    QCOMPARE(watch.misses.load(), 0); // it waits for the first beat
    watch.monitor.beat();
    QThread::sleep(3600);
    QCOMPARE(watch.misses.load(), 1);
    QCOMPARE(watch.lastMiss.load(), 1h + 3s);
    watch.monitor.beat();
    QThread::sleep(3600);
    QCOMPARE(watch.misses.load(), 2);
    QCOMPARE(watch.lastMiss.load(), 2h + 3s);
}

void TestMissedHeartbeat::missesNoBeatThatIsJustInTime()
{
    Watch watch;
    for (int beats = 0; beats < 20; ++beats) {
        watch.monitor.beat();
        QThread::msleep(2999);
    }
    QCOMPARE(watch.misses.load(), 0);
    QThread::msleep(1); // until the very time at which the monitor wakes up, which comes first since it began to wait first
    QCOMPARE(watch.misses.load(), 1);
    QCOMPARE(watch.lastMiss.load(), 19 * 2999ms + 3s);
}

QTEST_GUILESS_MAIN(TestMissedHeartbeat)
#include "tst_missedheartbeat.moc"
