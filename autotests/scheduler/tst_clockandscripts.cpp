// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

// Executors wait in real time, while their scripts live in virtual time.

#include <QSeamstressClock>
#include <QSeamstressPausePoint>
#include <QSeamstressTest>

#include <QEventLoop>
#include <QMutex>
#include <QProcess>
#include <QPromise>
#include <QRegularExpression>
#include <QSemaphore>
#include <QTest>
#include <QTimer>

#include <chrono>
#include <condition_variable>
#include <mutex>
#include <thread>

using namespace std::chrono_literals;

static QSeamstressScript sleepsOutside()
{
    QThread::msleep(30);
    co_yield "slept";
}

class tst_ClockAndScripts : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void pausedThread();
    void threadThatSleeps();
    void timeOutOfAVerb();
    void timeOutOfATask();
    void lockWithATimeout();
    void sleepIsSleeping();
    void timedWaitIsNoDeadlock();
    void taskThatAwaitsAFuture();
    void taskThatRunsAnEventLoop();
    void childTimesOutInRealTime();
    void processInRealTime();
    void breakpointInVirtualTime();
    void testFailsWhileTimeStands();
};

void tst_ClockAndScripts::pausedThread()
{
    QSeamstressClock clock;
    QMutex mutex;
    QSEAMSTRESS_THREAD(holder, &mutex);
    QVERIFY(!mutex.tryLock(100));
    QCOMPARE(clock.elapsed(), 100ms);
    QSEAMSTRESS_ADVANCE_TIME(clock, 1h);
    QSEAMSTRESS_EXIT(holder);
    QVERIFY(mutex.tryLock());
    mutex.unlock();
}

void tst_ClockAndScripts::threadThatSleeps()
{
    QSeamstressClock clock;
    QSeamstressThread script([]() -> QSeamstressScript {
        QThread::sleep(60);
        co_yield "slept";
        QThread::sleep(60);
    });
    QSEAMSTRESS_ENTER(script);
    QCOMPARE(clock.elapsed(), 60s);
    QSEAMSTRESS_EXIT(script);
    QCOMPARE(clock.elapsed(), 120s);
}

// It passes in real time: in virtual time it would come at once.
void tst_ClockAndScripts::timeOutOfAVerb()
{
    if (!QSeamstressThread::isActivityAvailable())
        QSKIP("This system does not report what a thread is doing.");
    QSeamstressClock clock(QSeamstressClock::Manual);
    QSeamstressThread script([] { QThread::sleep(60); });
    script.setObjectName("sleeper");
    script.setPauseTimeout(20);
    script.start();
    QVERIFY(script.waitForActivity(QSeamstressExecutor::Sleeping));
    QVERIFY(!script.waitForPaused());
    QCOMPARE(script.error().code(), QSeamstressError::PauseTimedOut);
    static const QRegularExpression expected("within [0-9]+ ms\\. In virtual time, that was 0 ms\\. It has reached no pause point so far\\. Now it is sleeping in nanosleep\\.");
    QVERIFY2(script.errorString().contains(expected), qPrintable(script.errorString()));
    QCOMPARE(clock.elapsed(), 0s);
    QVERIFY(clock.advance(60s));
    QSEAMSTRESS_EXIT(script);
    QVERIFY(!script.enter(QDeadlineTimer(1)));
    QCOMPARE(clock.elapsed(), 60s);
    QVERIFY(clock.advance(60s));
    QSEAMSTRESS_EXIT(script);
}

void tst_ClockAndScripts::timeOutOfATask()
{
    QSeamstressClock clock;
    QPromise<void> promise;
    promise.start();
    QSeamstressTask task([&]() -> QSeamstressScript { co_await promise.future(); });
    task.setPauseTimeout(20);
    QVERIFY(!task.enter());
    QCOMPARE(task.error().code(), QSeamstressError::PauseTimedOut);
    QCOMPARE(clock.elapsed(), 0s);
    promise.finish();
    QSEAMSTRESS_EXIT(task);
}

// As in seamstress's asyncio.timeout(0.1).
void tst_ClockAndScripts::lockWithATimeout()
{
    QSeamstressClock clock;
    std::timed_mutex mutex;
    QSEAMSTRESS_THREAD(holder, &mutex);
    std::thread([&] {
        const auto before = std::chrono::steady_clock::now();
        QVERIFY(!mutex.try_lock_for(100ms));
        QCOMPARE(std::chrono::steady_clock::now() - before, 100ms);
    }).join();
    QCOMPARE(clock.elapsed(), 100ms);
    QSEAMSTRESS_EXIT(holder);
}

void tst_ClockAndScripts::sleepIsSleeping()
{
    if (!QSeamstressThread::isActivityAvailable())
        QSKIP("This system does not report what a thread is doing.");
    QSeamstressClock clock(QSeamstressClock::Manual);
    QSeamstressThread script([] { QThread::sleep(60); });
    script.start();
    QVERIFY(script.waitForActivity(QSeamstressExecutor::Sleeping));
    QVERIFY(clock.advance(60s));
    QSEAMSTRESS_EXIT(script);
}

void tst_ClockAndScripts::timedWaitIsNoDeadlock()
{
    if (!QSeamstressThread::isActivityAvailable())
        QSKIP("This system does not report what a thread is doing.");
    QSeamstressClock clock(QSeamstressClock::Manual);
    std::mutex mutex;
    std::condition_variable condition;
    QSeamstressThread script([&] {
        std::unique_lock lock(mutex);
        condition.wait_for(lock, 60s);
    });
    script.setPauseTimeout(300);
    script.start();
    QVERIFY(script.waitForBlocked());
    // If the wait were without a time-out, this would end early and say that nobody will ever release it.
    QVERIFY(!script.waitForPaused());
    QVERIFY2(!script.errorString().contains("no other thread"), qPrintable(script.errorString()));
    QVERIFY(clock.advance(60s));
    QSEAMSTRESS_EXIT(script);
}

void tst_ClockAndScripts::taskThatAwaitsAFuture()
{
    QSeamstressClock clock;
    QPromise<int> promise;
    promise.start();
    int result = 0;
    QSeamstressTask task([&]() -> QSeamstressScript {
        result = co_await promise.future();
        co_yield "answered";
    });
    QTimer::singleShot(10min, this, [&] {
        promise.addResult(42);
        promise.finish();
    });
    QSEAMSTRESS_ENTER(task);
    QCOMPARE(result, 42);
    QCOMPARE(clock.elapsed(), 10min);
    QSEAMSTRESS_EXIT(task);
}

void tst_ClockAndScripts::taskThatRunsAnEventLoop()
{
    QSeamstressClock clock;
    QSeamstressTask task([]() -> QSeamstressScript {
        QEventLoop loop;
        QTimer::singleShot(1h, &loop, &QEventLoop::quit);
        loop.exec();
        co_yield "waited";
    });
    QSEAMSTRESS_ENTER(task);
    QCOMPARE(clock.elapsed(), 1h);
    QSEAMSTRESS_EXIT(task);
}

// A child process is outside: while the test waits for it, time runs at its real pace.
void tst_ClockAndScripts::childTimesOutInRealTime()
{
    QSeamstressClock clock;
    QProcess child;
    child.start("sleep", { "0.2" });
    QVERIFY(child.waitForFinished(30'000));
    QVERIFY(clock.elapsed() >= 100ms);
    QVERIFY(clock.elapsed() < 30s);
    QProcess loop;
    loop.start("sleep", { "0.2" });
    QTRY_COMPARE_WITH_TIMEOUT(loop.state(), QProcess::NotRunning, 30'000);
    QVERIFY(clock.elapsed() < 60s);
    QCOMPARE(clock.errorString(), QString());
}

void tst_ClockAndScripts::processInRealTime()
{
    QSeamstressClock clock;
    QSeamstressProcess process(sleepsOutside);
    QSEAMSTRESS_ENTER(process);
    QSEAMSTRESS_ADVANCE_TIME(clock, 1h);
    QVERIFY(clock.elapsed() >= 1h);
    QSEAMSTRESS_EXIT(process);
    QCOMPARE(clock.errorString(), QString());
}

void tst_ClockAndScripts::breakpointInVirtualTime()
{
    QSeamstressClock clock;
    QSeamstressBreakpoint breakpoint("waiting");
    std::thread thread([] {
        QThread::sleep(5);
        QSEAMSTRESS_PAUSE_POINT("waiting");
        QThread::sleep(5);
    });
    QSEAMSTRESS_WAIT_FOR_HIT(breakpoint);
    QCOMPARE(clock.elapsed(), 5s);
    QSEAMSTRESS_ADVANCE_TIME(clock, 10s);
    breakpoint.resume();
    thread.join();
    QCOMPARE(clock.elapsed(), 20s);
}

void tst_ClockAndScripts::testFailsWhileTimeStands()
{
    QSeamstressClock clock(QSeamstressClock::Manual);
    QMutex mutex;
    std::thread waits([] { QThread::sleep(1); });
    {
        QSeamstressThread holder(&mutex);
        QVERIFY(holder.enter());
    } // as after a QVERIFY that failed: it is destroyed while its time stands still
    QVERIFY(mutex.tryLock());
    mutex.unlock();
    QVERIFY(clock.advance(1s));
    waits.join();
}

QTEST_GUILESS_MAIN(tst_ClockAndScripts)

#include "tst_clockandscripts.moc"
