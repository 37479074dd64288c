// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

// Scripts that co_await in virtual time: timers, tasks and signals of QCoro, and futures.

#include <QSeamstressClock>
#include <QSeamstressTest>

#include <QDeadlineTimer>
#include <QMutex>
#include <QTest>
#include <QThread>
#include <QTimer>
#include <QtConcurrentRun>

#include <qcorofuture.h>
#include <qcorosignal.h>
#include <qcorotask.h>
#include <qcorotimer.h>

#include <chrono>
#include <utility>

using namespace std::chrono_literals;
using std::chrono::nanoseconds;

using Script = QSeamstressScript (*)();
Q_DECLARE_METATYPE(Script)
Q_DECLARE_METATYPE(std::chrono::nanoseconds)

// A lock for coroutines, which wait for it without blocking their thread.
class AsyncLock : public QObject
{
    Q_OBJECT

public:
    bool tryLock() { return !std::exchange(m_isLocked, true); }
    QCoro::Task<bool> tryLockFor(std::chrono::milliseconds timeout);
    void unlock();

Q_SIGNALS:
    void unlocked();

private:
    bool m_isLocked = false;
};

QCoro::Task<bool> AsyncLock::tryLockFor(std::chrono::milliseconds timeout)
{
    const QDeadlineTimer deadline(timeout);
    while (!tryLock()) {
        const auto isUnlocked = co_await qCoro(this, &AsyncLock::unlocked, std::chrono::milliseconds(deadline.remainingTime()));
        if (!isUnlocked)
            co_return false;
    }
    co_return true;
}

void AsyncLock::unlock()
{
    m_isLocked = false;
    Q_EMIT unlocked();
}

class tst_QCoroInTime : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void takes_data();
    void takes();
    void takesInAThread_data() { takes_data(); }
    void takesInAThread();
    void waitsForAdvance();
    void pausedTaskLetsTimePass();
    void lockIsHeld();
    void lockIsFreedInTime();
    void lockIsTakenByAnother();
    void lockBlocksTheThread();
};

static QSeamstressScript timer()
{
    QTimer timer;
    timer.start(10min);
    co_await qCoro(timer).waitForTimeout();
    co_await qCoro(timer).waitForTimeout();
    co_yield "timeout";
}

static QSeamstressScript sleepFor()
{
    co_await QCoro::sleepFor(10min);
    co_yield "slept";
}

static QSeamstressScript sleepUntil()
{
    const auto moment = std::chrono::steady_clock::now() + 10min;
    co_await QCoro::sleepUntil(moment);
    co_yield "slept";
}

static QCoro::Task<int> triesAgain()
{
    int failures = 0;
    for (auto pause = 1s; pause < 1min; pause *= 2) {
        co_await QCoro::sleepFor(pause);
        ++failures;
    }
    co_return failures;
}

static QSeamstressScript task()
{
    const int failures = co_await triesAgain();
    co_yield QSeamstress::Pause("failed", failures);
}

static int slowAnswer()
{
    QThread::sleep(3600);
    return 42;
}

static QSeamstressScript future()
{
    const int answer = co_await QtConcurrent::run(slowAnswer);
    co_yield QSeamstress::Pause("answered", answer);
}

static QSeamstressScript futureByQCoro()
{
    const int answer = co_await qCoro(QtConcurrent::run(slowAnswer)).waitForFinished();
    co_yield QSeamstress::Pause("answered", answer);
}

void tst_QCoroInTime::takes_data()
{
    QTest::addColumn<Script>("script");
    QTest::addColumn<nanoseconds>("time");
    QTest::addColumn<QVariant>("value");

    const auto row = [](const char *name, Script script, nanoseconds time, const QVariant &value = {}) { QTest::newRow(name) << script << time << value; };
    row("timer", &timer, 20min);
    row("sleepFor", &sleepFor, 10min);
    row("sleepUntil", &sleepUntil, 10min);
    row("task", &task, 63s, 6);
    row("future", &future, 1h, 42);
    row("future-by-QCoro", &futureByQCoro, 1h, 42);
}

void tst_QCoroInTime::takes()
{
    QFETCH(const Script, script);
    QFETCH(const nanoseconds, time);
    QFETCH(const QVariant, value);
    QSeamstressClock clock;
    QSEAMSTRESS_TASK(task, script);
    QCOMPARE(task.pauseValue(), value);
    QCOMPARE(clock.elapsed(), time);
    QSEAMSTRESS_EXIT(task);
    QCOMPARE(clock.elapsed(), time);
}

void tst_QCoroInTime::takesInAThread()
{
    QFETCH(const Script, script);
    QFETCH(const nanoseconds, time);
    QFETCH(const QVariant, value);
    QSeamstressClock clock;
    QSEAMSTRESS_THREAD(thread, script);
    QCOMPARE(thread.pauseValue(), value);
    QCOMPARE(clock.elapsed(), time);
    QSEAMSTRESS_EXIT(thread);
    QCOMPARE(clock.elapsed(), time);
}

void tst_QCoroInTime::waitsForAdvance()
{
    QSeamstressClock clock(QSeamstressClock::Manual);
    QSeamstressTask task(&sleepFor);
    task.start();
    QSEAMSTRESS_ADVANCE_TIME(clock, 10min - 1ms);
    QCOMPARE(task.phase(), QSeamstressExecutor::SettingUp);
    QSEAMSTRESS_ADVANCE_TIME(clock, 1ms);
    QCOMPARE(task.phase(), QSeamstressExecutor::Paused);
    QSEAMSTRESS_EXIT(task);
}

void tst_QCoroInTime::pausedTaskLetsTimePass()
{
    QSeamstressClock clock;
    QSeamstressTask other(&timer);
    other.start();
    QSEAMSTRESS_TASK(task, &sleepFor);
    QCOMPARE(clock.elapsed(), 10min);
    QCOMPARE(other.phase(), QSeamstressExecutor::SettingUp);
    QVERIFY2(other.waitForPaused(), qPrintable(other.errorString()));
    QCOMPARE(clock.elapsed(), 20min);
    QSEAMSTRESS_EXIT(task);
    QSEAMSTRESS_EXIT(other);
    QCOMPARE(clock.elapsed(), 20min);
}

static QSeamstressScript holds(AsyncLock *lock)
{
    lock->tryLock();
    co_yield "locked";
    lock->unlock();
}

static QSeamstressScript holdsTwice(AsyncLock *lock)
{
    lock->tryLock();
    co_yield "locked";
    lock->unlock();
    lock->tryLock();
    co_yield "locked again";
    lock->unlock();
}

static QSeamstressScript waits(AsyncLock *lock)
{
    const bool isLocked = co_await lock->tryLockFor(100ms);
    co_yield QSeamstress::Pause("tried", isLocked);
}

// As in Python's asyncio.timeout(0.1).
void tst_QCoroInTime::lockIsHeld()
{
    QSeamstressClock clock;
    AsyncLock lock;
    QSEAMSTRESS_TASK(holder, [&] { return holds(&lock); });
    QSEAMSTRESS_TASK(waiter, [&] { return waits(&lock); });
    QCOMPARE(waiter.pauseValue(), false);
    QCOMPARE(clock.elapsed(), 100ms);
    QSEAMSTRESS_EXIT(waiter);
    QSEAMSTRESS_EXIT(holder);
    QCOMPARE(clock.elapsed(), 100ms);
}

void tst_QCoroInTime::lockIsFreedInTime()
{
    QSeamstressClock clock;
    AsyncLock lock;
    QSEAMSTRESS_TASK(holder, [&] { return holds(&lock); });
    QSeamstressTask waiter([&] { return waits(&lock); });
    waiter.start();
    QSEAMSTRESS_ADVANCE_TIME(clock, 40ms);
    QSEAMSTRESS_EXIT(holder);
    QVERIFY2(waiter.waitForPaused(), qPrintable(waiter.errorString()));
    QCOMPARE(waiter.pauseValue(), true);
    QCOMPARE(clock.elapsed(), 40ms);
    QSEAMSTRESS_EXIT(waiter);
}

// The waiter is told that the lock is free, and finds it locked: it waits for the rest of its time.
void tst_QCoroInTime::lockIsTakenByAnother()
{
    QSeamstressClock clock;
    AsyncLock lock;
    QSEAMSTRESS_TASK(holder, [&] { return holdsTwice(&lock); });
    QSeamstressTask waiter([&] { return waits(&lock); });
    waiter.start();
    QSEAMSTRESS_ADVANCE_TIME(clock, 40ms);
    QSEAMSTRESS_ADVANCE(holder);
    QVERIFY2(waiter.waitForPaused(), qPrintable(waiter.errorString()));
    QCOMPARE(waiter.pauseValue(), false);
    QCOMPARE(clock.elapsed(), 100ms);
    QSEAMSTRESS_EXIT(waiter);
    QSEAMSTRESS_EXIT(holder);
}

// A lock of Qt blocks the thread of both tasks: only its time-out can end the wait.
void tst_QCoroInTime::lockBlocksTheThread()
{
    QSeamstressClock clock;
    QMutex mutex;
    QSEAMSTRESS_TASK(holder, &mutex);
    QSEAMSTRESS_TASK(waiter, [&]() -> QSeamstressScript {
        const bool isLocked = mutex.tryLock(100);
        co_yield QSeamstress::Pause("tried", isLocked);
    });
    QCOMPARE(waiter.pauseValue(), false);
    QCOMPARE(clock.elapsed(), 100ms);
    QSEAMSTRESS_EXIT(waiter);
    QSEAMSTRESS_EXIT(holder);
}

QTEST_GUILESS_MAIN(tst_QCoroInTime)

#include "tst_qcorointime.moc"
