// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

// In virtual time a thread that waits for a condition waits on a word of its own, so that it can be woken up alone.

#include <cerrno>
#include <cstring>
#include <optional>
#include <utility>

#include <sys/prctl.h>

#include "ignoredthreads_p.h"
#include "c11_p.h"
#include "interposed_p.h"
#include "thisthread_p.h"
#include "virtualtime_p.h"

using namespace QSeamstressScheduler;

// The clock of pthread_cond_timedwait(), which pthread_condattr_setclock() has set: bit 1 of __wrefs (glibc, nptl/pthread_cond_common.c).
static clockid_t clockOf(const pthread_cond_t *condition)
{
    return (condition->__data.__wrefs & 2U) != 0 ? CLOCK_MONOTONIC : CLOCK_REALTIME;
}

// Another process may wake it up: bit 0.
static bool isShared(const pthread_cond_t *condition)
{
    return (condition->__data.__wrefs & 1U) != 0;
}

static bool isRealTime(const pthread_cond_t *condition)
{
    return thisThread.bypasses() || isShared(condition);
}

// ThreadSanitizer knows the functions of POSIX and not those of C11, so each mutex is locked and unlocked by its own.
static int lock(pthread_mutex_t *mutex)
{
    return ::pthread_mutex_lock(mutex);
}

static int lock(mtx_t *mutex)
{
    return ::mtx_lock(mutex) == thrd_success ? 0 : EINVAL;
}

static int unlock(pthread_mutex_t *mutex)
{
    return ::pthread_mutex_unlock(mutex);
}

static int unlock(mtx_t *mutex)
{
    return ::mtx_unlock(mutex) == thrd_success ? 0 : EPERM;
}

// The mutex of a wait, which is locked again in the end. Also when the thread is cancelled.
template <class Mutex>
class MutexOfWait
{
public:
    explicit MutexOfWait(Mutex *mutex)
        : m_mutex(mutex)
    {
    }
    ~MutexOfWait()
    {
        if (m_isUnlocked)
            ::lock(m_mutex);
    }
    Q_DISABLE_COPY_MOVE(MutexOfWait)
    // Both return the error, for a mutex that checks its use or is robust.
    int unlock()
    {
        const int error = ::unlock(m_mutex);
        m_isUnlocked = error == 0;
        return error;
    }
    int lock()
    {
        m_isUnlocked = false;
        return ::lock(m_mutex);
    }

private:
    Mutex *const m_mutex;
    bool m_isUnlocked = false;
};

// realWait is the call of the program, for real time.
template <class Mutex, class RealWait>
static int waitForCondition(const char *call, pthread_cond_t *condition, Mutex *mutex, const Deadline &deadline, RealWait realWait)
{
    MutexOfWait mutexOfWait(mutex);
    std::optional<Wait> wait(std::in_place, Wait::Place{ call, Wait::Kick::ByWord, Wait::Kick::ByCondition, condition }, deadline);
    if (!wait->isVirtual()) {
        const int error = realWait();
        if (error != ETIMEDOUT && !wait->wasKicked())
            return error;
        // If a clock was created meanwhile, the time has not come yet: the program looks and waits again.
        return wait->isOver() ? ETIMEDOUT : 0;
    }
    if (const int error = mutexOfWait.unlock(); error != 0)
        return error;
    wait->announce();
    while (!wait->isWoken() && !wait->isOver())
        wait->sleep();
    const bool isWoken = wait->isWoken();
    wait.reset(); // Whoever has the mutex now may let time pass.
    const int error = mutexOfWait.lock();
    return error != 0 ? error : isWoken ? 0 : ETIMEDOUT;
}

// QTest's watchdog ends a test that takes too long, in real time.
static bool isWatchdog()
{
    char name[16] = {};
    ::prctl(PR_GET_NAME, name);
    return std::strcmp(name, "QtTest Watchdog") == 0;
}

template <class Mutex>
static int waitUntil(const char *call, pthread_cond_t *condition, Mutex *mutex, clockid_t clock, const timespec *time, const auto &realWait)
{
    if (!std::exchange(thisThread.hasWaitedForCondition, true) && isWatchdog())
        ignoreThisThread();
    if (isRealTime(condition) || !isValid(*time))
        return realWait(*time);
    return waitForCondition(call, condition, mutex, Deadline::at(clock, *time), [&] { return realWait(VirtualTime::instance().clocks().toReal(clock, *time)); });
}

template <class Mutex>
static int waitFor(const char *call, pthread_cond_t *condition, Mutex *mutex)
{
    const auto realWait = [=] { return real().pthread_cond_wait(condition, asPosix(mutex)); };
    if (!Clocks::areVirtualForThisThread() || isRealTime(condition))
        return realWait();
    return waitForCondition(call, condition, mutex, Deadline::none(), realWait);
}

template <class Mutex>
static int timedWait(const char *call, pthread_cond_t *condition, Mutex *mutex, const timespec *time)
{
    return waitUntil(call, condition, mutex, clockOf(condition), time, [=](const timespec &moment) { return real().pthread_cond_timedwait(condition, asPosix(mutex), &moment); });
}

static int wakeOne(pthread_cond_t *condition)
{
    if (Clocks::isReal() || thisThread.isInLayer || !VirtualTime::instance().wakeOne(condition))
        return real().pthread_cond_signal(condition);
    return 0;
}

static int wakeAll(pthread_cond_t *condition)
{
    if (!Clocks::isReal() && !thisThread.isInLayer)
        VirtualTime::instance().wakeAll(condition);
    return real().pthread_cond_broadcast(condition);
}

QSEAMSTRESS_INTERPOSE int pthread_cond_wait(pthread_cond_t *condition, pthread_mutex_t *mutex)
{
    return waitFor("pthread_cond_wait", condition, mutex);
}

QSEAMSTRESS_INTERPOSE int pthread_cond_timedwait(pthread_cond_t *condition, pthread_mutex_t *mutex, const timespec *time)
{
    return timedWait("pthread_cond_timedwait", condition, mutex, time);
}

QSEAMSTRESS_INTERPOSE int pthread_cond_clockwait(pthread_cond_t *condition, pthread_mutex_t *mutex, clockid_t clock, const timespec *time)
{
    return waitUntil("pthread_cond_clockwait", condition, mutex, clock, time, [=](const timespec &moment) { return real().pthread_cond_clockwait(condition, mutex, clock, &moment); });
}

QSEAMSTRESS_INTERPOSE int pthread_cond_signal(pthread_cond_t *condition) noexcept
{
    return wakeOne(condition);
}

QSEAMSTRESS_INTERPOSE int pthread_cond_broadcast(pthread_cond_t *condition) noexcept
{
    return wakeAll(condition);
}

QSEAMSTRESS_INTERPOSE int cnd_wait(cnd_t *condition, mtx_t *mutex)
{
    return c11Result(waitFor("cnd_wait", asPosix(condition), mutex));
}

QSEAMSTRESS_INTERPOSE int cnd_timedwait(cnd_t *condition, mtx_t *mutex, const timespec *time)
{
    return c11Result(timedWait("cnd_timedwait", asPosix(condition), mutex, time));
}

QSEAMSTRESS_INTERPOSE int cnd_signal(cnd_t *condition)
{
    return c11Result(wakeOne(asPosix(condition)));
}

QSEAMSTRESS_INTERPOSE int cnd_broadcast(cnd_t *condition)
{
    return c11Result(wakeAll(asPosix(condition)));
}
