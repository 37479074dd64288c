// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

#include "obstacles.h"

#include <QMutex>
#include <QReadWriteLock>
#include <QSemaphore>
#include <QSystemSemaphore>
#include <QUuid>
#include <QWaitCondition>

#include <atomic>
#include <barrier>
#include <condition_variable>
#include <latch>
#include <mutex>
#include <semaphore>
#include <shared_mutex>

template <class Mutex>
static Obstacle mutexObstacle()
{
    const auto mutex = std::make_shared<Mutex>();
    mutex->lock();
    return lockObstacle<Mutex>(
        mutex,
        [](Mutex &mutex) {
            mutex.lock();
            mutex.unlock();
        },
        [](Mutex &mutex) { mutex.unlock(); }, std::make_shared<Mutex>());
}

template <int number>
static Obstacle semaphoreObstacle()
{
    return lockObstacle<QSemaphore>(
        std::make_shared<QSemaphore>(), [](QSemaphore &semaphore) { semaphore.acquire(number); }, [](QSemaphore &semaphore) { semaphore.release(number); },
        std::make_shared<QSemaphore>());
}

template <class Semaphore>
static Obstacle standardSemaphoreObstacle()
{
    return lockObstacle<Semaphore>(
        std::make_shared<Semaphore>(0), [](Semaphore &semaphore) { semaphore.acquire(); }, [](Semaphore &semaphore) { semaphore.release(); },
        std::make_shared<Semaphore>(0));
}

static Obstacle sharedMutexReader()
{
    const auto mutex = std::make_shared<std::shared_mutex>();
    mutex->lock();
    return lockObstacle<std::shared_mutex>(
        mutex, [](std::shared_mutex &mutex) { const std::shared_lock lock(mutex); }, [](std::shared_mutex &mutex) { mutex.unlock(); }, std::make_shared<std::shared_mutex>());
}

static Obstacle sharedMutexWriter()
{
    const auto mutex = std::make_shared<std::shared_mutex>();
    mutex->lock_shared();
    return lockObstacle<std::shared_mutex>(
        mutex, [](std::shared_mutex &mutex) { const std::lock_guard lock(mutex); }, [](std::shared_mutex &mutex) { mutex.unlock_shared(); }, std::make_shared<std::shared_mutex>());
}

static Obstacle latch()
{
    return lockObstacle<std::latch>(
        std::make_shared<std::latch>(1), [](std::latch &latch) { latch.wait(); }, [](std::latch &latch) { latch.count_down(); }, std::make_shared<std::latch>(1));
}

static Obstacle barrier()
{
    const auto wait = [](std::barrier<> &barrier) { barrier.arrive_and_wait(); };
    return lockObstacle<std::barrier<>>(std::make_shared<std::barrier<>>(2), wait, wait, std::make_shared<std::barrier<>>(2));
}

// Waits until the value changes.
template <class Value>
static Obstacle atomicObstacle()
{
    using Atomic = std::atomic<Value>;
    return lockObstacle<Atomic>(
        std::make_shared<Atomic>(Value(0)), [](Atomic &atomic) { atomic.wait(Value(0)); },
        [](Atomic &atomic) {
            atomic = Value(1);
            atomic.notify_all();
        },
        std::make_shared<Atomic>(Value(0)));
}

static Obstacle atomicFlag()
{
    return lockObstacle<std::atomic_flag>(
        std::make_shared<std::atomic_flag>(), [](std::atomic_flag &flag) { flag.wait(false); },
        [](std::atomic_flag &flag) {
            flag.test_and_set();
            flag.notify_all();
        },
        std::make_shared<std::atomic_flag>());
}

// A user's class that contains its mutex.
struct Account
{
    int balance = 0;
    std::mutex mutex;
    void lock() { mutex.lock(); }
    void unlock() { mutex.unlock(); }
};

static Obstacle readWriteLock()
{
    const auto lock = std::make_shared<QReadWriteLock>();
    lock->lockForRead();
    return lockObstacle<QReadWriteLock>(
        lock, [](QReadWriteLock &lock) { const QWriteLocker locker(&lock); }, [](QReadWriteLock &lock) { lock.unlock(); }, std::make_shared<QReadWriteLock>());
}

static Obstacle systemSemaphore()
{
    const auto make = [] { return std::make_shared<QSystemSemaphore>(QUuid::createUuid().toString(), 0, QSystemSemaphore::Create); };
    return lockObstacle<QSystemSemaphore>(
        make(), [](QSystemSemaphore &semaphore) { semaphore.acquire(); }, [](QSystemSemaphore &semaphore) { semaphore.release(); }, make());
}

// Waits for a flag with a condition variable of either kind.
template <class Mutex, class Condition, class Waiter, void (Condition::*wakeAll)()>
static Obstacle conditionObstacle()
{
    struct Flag
    {
        Mutex mutex;
        bool isSet = false;
    };
    const auto flag = std::make_shared<Flag>();
    return lockObstacle<Condition>(
        std::make_shared<Condition>(),
        [flag](Condition &condition) {
            Waiter waiter(flag->mutex);
            while (!flag->isSet)
                waiter.wait(condition);
        },
        [flag](Condition &condition) {
            {
                const std::lock_guard lock(flag->mutex);
                flag->isSet = true;
            }
            (condition.*wakeAll)();
        },
        std::make_shared<Condition>());
}

struct QtWaiter
{
    explicit QtWaiter(QMutex &mutex)
        : locker(&mutex)
    {
    }
    void wait(QWaitCondition &condition)
    {
        // Qt's header uses these functions to report each mutex to ThreadSanitizer, but not for a mutex that a wait condition unlocks.
        QMutex *const mutex = locker.mutex();
        QtTsan::mutexPreUnlock(mutex, 0);
        QtTsan::mutexPostUnlock(mutex, 0);
        condition.wait(mutex);
        QtTsan::mutexPreLock(mutex, 0);
        QtTsan::mutexPostLock(mutex, 0, 0);
    }
    QMutexLocker<QMutex> locker;
};

struct StandardWaiter
{
    explicit StandardWaiter(std::mutex &mutex)
        : lock(mutex)
    {
    }
    void wait(auto &condition) { condition.wait(lock); }
    std::unique_lock<std::mutex> lock;
};

QList<NamedObstacle> recognisedLocks()
{
    return {
        { "QMutex", mutexObstacle<QMutex>, "the QMutex at 0x#, in futex" },
        { "QRecursiveMutex", mutexObstacle<QRecursiveMutex>, "the QRecursiveMutex at 0x#, in futex" },
        { "QSemaphore-with-1", semaphoreObstacle<1>, "the QSemaphore at 0x#, in futex" },
        { "QSemaphore-with-2", semaphoreObstacle<2>, "the QSemaphore at 0x#, in futex" },
        { "std-mutex", mutexObstacle<std::mutex>, "the std::mutex at 0x#, in futex" },
        { "std-timed_mutex", mutexObstacle<std::timed_mutex>, "the std::timed_mutex at 0x#, in futex" },
        { "std-recursive_mutex", mutexObstacle<std::recursive_mutex>, "the std::recursive_mutex at 0x#, in futex" },
        { "std-shared_mutex-read", sharedMutexReader, "the std::shared_mutex at 0x#, in futex" },
        { "std-shared_mutex-write", sharedMutexWriter, "the std::shared_mutex at 0x#, in futex" },
        { "std-counting_semaphore", standardSemaphoreObstacle<std::counting_semaphore<>>, "the std::counting_semaphore<#l> at 0x#, in futex" },
        { "std-binary_semaphore", standardSemaphoreObstacle<std::binary_semaphore>, "the std::counting_semaphore<1l> at 0x#, in futex" },
        { "std-latch", latch, "the std::latch at 0x#, in futex" },
        { "std-atomic-int", atomicObstacle<int>, "the std::atomic<int> at 0x#, in futex" },
        { "class-with-a-mutex", mutexObstacle<Account>, "the Account at 0x#, in futex" },
    };
}

QList<NamedObstacle> otherLocks()
{
    static constexpr char text[] = "the lock, condition or semaphore at 0x#, in futex";
    return {
        { "QReadWriteLock", readWriteLock, text },
        { "QWaitCondition", conditionObstacle<QMutex, QWaitCondition, QtWaiter, &QWaitCondition::notify_all>, text },
        { "std-condition_variable", conditionObstacle<std::mutex, std::condition_variable, StandardWaiter, &std::condition_variable::notify_all>, text },
        { "std-condition_variable_any", conditionObstacle<std::mutex, std::condition_variable_any, StandardWaiter, &std::condition_variable_any::notify_all>, text },
        { "std-barrier", barrier, text },
        { "std-atomic-bool", atomicObstacle<bool>, text },
        { "std-atomic-long-long", atomicObstacle<long long>, text },
        { "std-atomic_flag", atomicFlag, text },
        { "QSystemSemaphore", systemSemaphore, "a System V semaphore, in semop|a System V semaphore, in semtimedop" },
    };
}
