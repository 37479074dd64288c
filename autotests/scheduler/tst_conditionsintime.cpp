// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

// Condition variables keep what POSIX says of them, in virtual time, after it, and without any clock.

#include <QSeamstressClock>

#include <QTest>

#include <atomic>
#include <cerrno>
#include <chrono>
#include <condition_variable>
#include <memory>
#include <mutex>
#include <thread>

#include <pthread.h>
#include <threads.h>

using namespace std::chrono_literals;

class tst_ConditionsInTime : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void mutexHeldWhenTheTimeIsOver();
    void clockEndsWhileTheMutexIsHeld();
    void wokenAfterTheClock_data();
    void wokenAfterTheClock();
    void signalledInTimeButLate_data();
    void signalledInTimeButLate();
    void mutexOfAnotherThread();
    void robustMutex();
    void conditionOfC11_data();
    void conditionOfC11();
};

// Of POSIX, to see the errors.
struct Condition
{
    explicit Condition(int mutexType = PTHREAD_MUTEX_DEFAULT, int robustness = PTHREAD_MUTEX_STALLED)
    {
        pthread_mutexattr_t attributes;
        ::pthread_mutexattr_init(&attributes);
        ::pthread_mutexattr_settype(&attributes, mutexType);
        ::pthread_mutexattr_setrobust(&attributes, robustness);
        ::pthread_mutex_init(&mutex, &attributes);
        ::pthread_mutexattr_destroy(&attributes);
    }
    ~Condition()
    {
        ::pthread_cond_destroy(&condition);
        ::pthread_mutex_destroy(&mutex);
    }
    Q_DISABLE_COPY_MOVE(Condition)
    void lock() { ::pthread_mutex_lock(&mutex); }
    void unlock() { ::pthread_mutex_unlock(&mutex); }
    int waitFor(std::chrono::milliseconds duration)
    {
        timespec until{};
        ::clock_gettime(CLOCK_MONOTONIC, &until);
        until.tv_sec += duration / 1s;
        until.tv_nsec += duration % 1s / 1ns;
        if (until.tv_nsec >= 1'000'000'000) {
            ++until.tv_sec;
            until.tv_nsec -= 1'000'000'000;
        }
        return ::pthread_cond_clockwait(&condition, &mutex, CLOCK_MONOTONIC, &until);
    }

    pthread_mutex_t mutex;
    pthread_cond_t condition = PTHREAD_COND_INITIALIZER;
};

// Whoever holds the mutex may wait for a time itself.
void tst_ConditionsInTime::mutexHeldWhenTheTimeIsOver()
{
    QSeamstressClock clock;
    Condition condition;
    std::atomic<int> error = -1;
    condition.lock();
    std::thread thread([&] {
        condition.lock();
        error = condition.waitFor(10ms);
        condition.unlock();
    });
    condition.unlock();
    QVERIFY(clock.settle());
    condition.lock();
    std::this_thread::sleep_for(1s);
    QCOMPARE(clock.elapsed(), 1s);
    QCOMPARE(error, -1);
    condition.unlock();
    thread.join();
    QCOMPARE(error, ETIMEDOUT);
}

void tst_ConditionsInTime::clockEndsWhileTheMutexIsHeld()
{
    Condition condition;
    auto clock = std::make_unique<QSeamstressClock>();
    std::thread thread([&] {
        condition.lock();
        condition.waitFor(10ms);
        condition.unlock();
    });
    QVERIFY(clock->settle());
    condition.lock();
    QVERIFY(clock->advance(1s)); // now it waits for the mutex
    clock.reset();
    condition.unlock();
    thread.join();
}

void tst_ConditionsInTime::wokenAfterTheClock_data()
{
    QTest::addColumn<bool>("isForAll");
    QTest::addRow("one") << false;
    QTest::addRow("all") << true;
}

void tst_ConditionsInTime::wokenAfterTheClock()
{
    QFETCH(const bool, isForAll);
    std::mutex mutex;
    std::condition_variable condition;
    bool isSet = false;
    auto clock = std::make_unique<QSeamstressClock>();
    std::thread thread([&] {
        std::unique_lock lock(mutex);
        condition.wait_for(lock, 24h, [&] { return isSet; });
    });
    QVERIFY(clock->settle());
    clock.reset();
    {
        const std::lock_guard lock(mutex);
        isSet = true;
    }
    if (isForAll)
        condition.notify_all();
    else
        condition.notify_one();
    thread.join();
}

void tst_ConditionsInTime::signalledInTimeButLate_data()
{
    QTest::addColumn<bool>("isVirtual");
    QTest::addRow("real time") << false;
    QTest::addRow("virtual time") << true;
}

// A thread that was signalled before the time was over has not timed out, even if it gets the mutex only later.
void tst_ConditionsInTime::signalledInTimeButLate()
{
    QFETCH(const bool, isVirtual);
    const std::unique_ptr<QSeamstressClock> clock(isVirtual ? new QSeamstressClock : nullptr);
    Condition condition;
    int error = -1;
    bool waits = false;
    std::thread thread([&] {
        condition.lock();
        waits = true;
        error = condition.waitFor(500ms);
        condition.unlock();
    });
    for (bool isThere = false; !isThere;) {
        condition.lock();
        isThere = waits;
        if (!isThere)
            condition.unlock();
    }
    ::pthread_cond_signal(&condition.condition);
    std::this_thread::sleep_for(600ms);
    condition.unlock();
    thread.join();
    QCOMPARE(error, 0);
}

void tst_ConditionsInTime::mutexOfAnotherThread()
{
    const QSeamstressClock clock;
    Condition condition(PTHREAD_MUTEX_ERRORCHECK);
    QCOMPARE(condition.waitFor(10ms), EPERM);
    QCOMPARE(clock.elapsed(), 0s);
}

// Its owner has died while the thread waited.
void tst_ConditionsInTime::robustMutex()
{
    const QSeamstressClock clock;
    Condition condition(PTHREAD_MUTEX_DEFAULT, PTHREAD_MUTEX_ROBUST);
    int error = -1;
    std::thread waits([&] {
        condition.lock();
        error = condition.waitFor(10ms);
        ::pthread_mutex_consistent(&condition.mutex);
        condition.unlock();
    });
    std::this_thread::sleep_for(5ms);
    std::thread([&] { condition.lock(); }).join();
    waits.join();
    QCOMPARE(error, EOWNERDEAD);
}

void tst_ConditionsInTime::conditionOfC11_data()
{
    QTest::addColumn<bool>("all");
    QTest::newRow("cnd_signal") << false;
    QTest::newRow("cnd_broadcast") << true;
}

// Threads of C11 wake each other up, with a time-out and without.
void tst_ConditionsInTime::conditionOfC11()
{
    QFETCH(const bool, all);
    QSeamstressClock clock;
    mtx_t mutex;
    cnd_t condition;
    ::mtx_init(&mutex, mtx_plain);
    ::cnd_init(&condition);
    timespec inAnHour{};
    ::timespec_get(&inAnHour, TIME_UTC);
    inAnHour.tv_sec += 3600;
    int results[] = { -1, -1 };
    const auto wait = [&](bool isTimed) {
        ::mtx_lock(&mutex);
        results[isTimed] = isTimed ? ::cnd_timedwait(&condition, &mutex, &inAnHour) : ::cnd_wait(&condition, &mutex);
        ::mtx_unlock(&mutex);
    };
    std::thread timed(wait, true);
    std::thread untimed(wait, false);
    QVERIFY(clock.advance(1s));
    if (all) {
        QCOMPARE(::cnd_broadcast(&condition), int(thrd_success));
    } else {
        QCOMPARE(::cnd_signal(&condition), int(thrd_success));
        QCOMPARE(::cnd_signal(&condition), int(thrd_success));
    }
    timed.join();
    untimed.join();
    QCOMPARE(results[0], int(thrd_success));
    QCOMPARE(results[1], int(thrd_success));
    QCOMPARE(clock.elapsed(), 1s);
    ::cnd_destroy(&condition);
    ::mtx_destroy(&mutex);
}

QTEST_GUILESS_MAIN(tst_ConditionsInTime)
#include "tst_conditionsintime.moc"
