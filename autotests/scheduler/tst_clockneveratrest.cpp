// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

// What happens if somebody never waits, or waits in vain.

#include <QSeamstressClock>

#include <QElapsedTimer>
#include <QEventLoop>
#include <QReadWriteLock>
#include <QRegularExpression>
#include <QSignalSpy>
#include <QTest>
#include <QThread>
#include <QTimer>

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <mutex>
#include <thread>

#include <pthread.h>
#include <sys/wait.h>
#include <unistd.h>

using namespace std::chrono_literals;

class tst_ClockNeverAtRest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void neverIdle_data();
    void neverIdle();
    void busyThreadWhileTheTestWaits();
    void zeroTimerWhileTheTestWaits();
    void nestedLoopOvershoots();
    void busyLoopOnTheClock();
    void expiredWaitAgainAndAgain_data();
    void expiredWaitAgainAndAgain();
    void manualAndTheTestWaits_data();
    void manualAndTheTestWaits();
    void manualAndTheTestWaitsForEver();
};

void tst_ClockNeverAtRest::neverIdle_data()
{
    QTest::addColumn<bool>("isThread");
    QTest::newRow("zero-timer") << false;
    QTest::newRow("busy-thread") << true;
}

void tst_ClockNeverAtRest::neverIdle()
{
    QFETCH(const bool, isThread);
    QSeamstressClock clock;
    clock.setTimeout(200ms);
    std::atomic<bool> isOver = false;
    QTimer zero;
    std::thread busy;
    if (isThread) {
        busy = std::thread([&] {
            ::pthread_setname_np(::pthread_self(), "busy");
            while (!isOver) { }
        });
    } else {
        zero.start(0ms);
    }
    QVERIFY(!clock.advance(1s));
    QCOMPARE(clock.error().code(), QSeamstressError::ClockFailed);
    const QString expected = isThread ? "the thread \"busy\" (" : "the thread of the clock itself does not rest";
    QVERIFY2(clock.errorString().startsWith("QSeamstressClock::advance(1000 ms) did not end within ") && clock.errorString().contains(expected), qPrintable(clock.errorString()));
    isOver = true;
    zero.stop();
    if (busy.joinable())
        busy.join();
    QVERIFY(clock.advance(1s));
}

void tst_ClockNeverAtRest::busyThreadWhileTheTestWaits()
{
    QSeamstressClock clock;
    clock.setTimeout(200ms);
    std::atomic<bool> isOver = false;
    std::thread busy([&] {
        ::pthread_setname_np(::pthread_self(), "busy");
        while (!isOver) { }
    });
    QThread::msleep(100);
    QCOMPARE(clock.elapsed(), 100ms);
    QVERIFY2(clock.errorString().contains("the thread \"busy\" ("), qPrintable(clock.errorString()));
    isOver = true;
    busy.join();
}

void tst_ClockNeverAtRest::zeroTimerWhileTheTestWaits()
{
    QSeamstressClock clock;
    clock.setTimeout(200ms);
    QTimer zero;
    zero.start(0ms);
    QEventLoop loop;
    QTimer::singleShot(100ms, &loop, &QEventLoop::quit);
    loop.exec();
    QVERIFY(clock.elapsed() >= 100ms);
    QVERIFY2(clock.errorString().contains("a timer of 0 ms"), qPrintable(clock.errorString()));
}

void tst_ClockNeverAtRest::nestedLoopOvershoots()
{
    QSeamstressClock clock;
    QTimer::singleShot(10ms, this, [] { QThread::msleep(100); });
    QVERIFY(!clock.advance(50ms));
    QCOMPARE(clock.elapsed(), 110ms);
    QCOMPARE(clock.errorString(),
             "QSeamstressClock::advance(50 ms) went 60 ms too far, since a slot waited in an event loop or for a time of its own. Advance in smaller steps, or let the slot return first.");
    QTimer::singleShot(10ms, this, [] {
        QEventLoop loop;
        QTimer::singleShot(100ms, &loop, &QEventLoop::quit);
        loop.exec();
    });
    QVERIFY(!clock.advance(50ms));
    QCOMPARE(clock.elapsed(), 220ms);
    QVERIFY(clock.error());
}

void tst_ClockNeverAtRest::busyLoopOnTheClock()
{
    QSeamstressClock clock;
    QTest::ignoreMessage(QtWarningMsg, QRegularExpression("^QSeamstressClock: A thread reads the clock again and again without ever waiting, for 100 ms now, so virtual time runs at its real pace meanwhile\\."));
    QElapsedTimer timer;
    timer.start();
    while (timer.elapsed() < 50) { }
    QVERIFY(clock.elapsed() >= 50ms);
}

void tst_ClockNeverAtRest::expiredWaitAgainAndAgain_data()
{
    QTest::addColumn<int>("kind");
    QTest::newRow("QReadWriteLock") << 0;
    QTest::newRow("condition") << 1;
}

void tst_ClockNeverAtRest::expiredWaitAgainAndAgain()
{
    QFETCH(const int, kind);
    QSeamstressClock clock;
    if (kind == 0) {
        QReadWriteLock lock;
        lock.lockForRead();
        std::thread([&] { QVERIFY(!lock.tryLockForWrite(100)); }).join();
        lock.unlock();
    } else {
        std::mutex mutex;
        std::condition_variable condition;
        std::unique_lock lock(mutex);
        const auto past = std::chrono::steady_clock::now();
        for (int time = 0; time < 10; ++time)
            QVERIFY(condition.wait_until(lock, past) == std::cv_status::timeout);
        QCOMPARE(clock.elapsed(), 7ms);
    }
    QVERIFY(clock.elapsed() < 200ms);
}

void tst_ClockNeverAtRest::manualAndTheTestWaits_data()
{
    QTest::addColumn<bool>("isLoop");
    QTest::newRow("sleep") << false;
    QTest::newRow("event-loop") << true;
}

void tst_ClockNeverAtRest::manualAndTheTestWaits()
{
    QFETCH(const bool, isLoop);
    QSeamstressClock clock(QSeamstressClock::Manual);
    clock.setTimeout(100ms);
    if (isLoop) {
        QSignalSpy never(this, &QObject::objectNameChanged);
        QVERIFY(!never.wait(2000));
    } else {
        QThread::msleep(2000);
    }
    QCOMPARE(clock.elapsed(), 2000ms);
    QVERIFY2(clock.errorString().contains("Call advance()"), qPrintable(clock.errorString()));
}

// Only somebody outside could end this; here, a thread in real time does.
void tst_ClockNeverAtRest::manualAndTheTestWaitsForEver()
{
    QTest::ignoreMessage(QtWarningMsg, QRegularExpression("^QSeamstressClock: The test has waited for [0-9]+ ms, and so do all other threads, in virtual time that only the test itself can let pass"));
    QSeamstressClock clock(QSeamstressClock::Manual);
    clock.setTimeout(50ms);
    int ends[2];
    QCOMPARE(::pipe(ends), 0);
    std::thread thread([] { QThread::sleep(1); });
    const pid_t child = ::fork();
    if (child == 0) {
        ::usleep(800'000);
        ::_exit(static_cast<int>(::write(ends[1], "x", 1)));
    }
    char byte = 0;
    QCOMPARE(::read(ends[0], &byte, 1), 1);
    QCOMPARE(::waitpid(child, nullptr, 0), child);
    QCOMPARE(clock.elapsed(), 0s);
    QVERIFY(clock.advance(1s));
    thread.join();
    ::close(ends[0]);
    ::close(ends[1]);
}

QTEST_GUILESS_MAIN(tst_ClockNeverAtRest)

#include "tst_clockneveratrest.moc"
