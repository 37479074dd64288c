// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

#include "c11_p.h"
#include "interposed_p.h"
#include "lockuntil_p.h"

using namespace QSeamstressScheduler;

QSEAMSTRESS_INTERPOSE int pthread_mutex_timedlock(pthread_mutex_t *mutex, const timespec *time) noexcept
{
    return lockUntil("pthread_mutex_timedlock", CLOCK_REALTIME, time, [=](const timespec &until) { return real().pthread_mutex_timedlock(mutex, &until); });
}

QSEAMSTRESS_INTERPOSE int pthread_mutex_clocklock(pthread_mutex_t *mutex, clockid_t clock, const timespec *time) noexcept
{
    return lockUntil("pthread_mutex_clocklock", clock, time, [=](const timespec &until) { return real().pthread_mutex_clocklock(mutex, clock, &until); });
}

QSEAMSTRESS_INTERPOSE int mtx_timedlock(mtx_t *mutex, const timespec *time)
{
    return c11Result(lockUntil("mtx_timedlock", CLOCK_REALTIME, time, [=](const timespec &until) { return real().pthread_mutex_timedlock(asPosix(mutex), &until); }));
}

QSEAMSTRESS_INTERPOSE int pthread_rwlock_timedrdlock(pthread_rwlock_t *lock, const timespec *time) noexcept
{
    return lockUntil("pthread_rwlock_timedrdlock", CLOCK_REALTIME, time, [=](const timespec &until) { return real().pthread_rwlock_timedrdlock(lock, &until); });
}

QSEAMSTRESS_INTERPOSE int pthread_rwlock_timedwrlock(pthread_rwlock_t *lock, const timespec *time) noexcept
{
    return lockUntil("pthread_rwlock_timedwrlock", CLOCK_REALTIME, time, [=](const timespec &until) { return real().pthread_rwlock_timedwrlock(lock, &until); });
}

QSEAMSTRESS_INTERPOSE int pthread_rwlock_clockrdlock(pthread_rwlock_t *lock, clockid_t clock, const timespec *time) noexcept
{
    return lockUntil("pthread_rwlock_clockrdlock", clock, time, [=](const timespec &until) { return real().pthread_rwlock_clockrdlock(lock, clock, &until); });
}

QSEAMSTRESS_INTERPOSE int pthread_rwlock_clockwrlock(pthread_rwlock_t *lock, clockid_t clock, const timespec *time) noexcept
{
    return lockUntil("pthread_rwlock_clockwrlock", clock, time, [=](const timespec &until) { return real().pthread_rwlock_clockwrlock(lock, clock, &until); });
}

// These return -1 and set errno.
template <class Call>
static int waitForSemaphore(const char *name, clockid_t clock, const timespec *time, Call call)
{
    const int error = lockUntil(name, clock, time, [&](const timespec &until) { return call(until) == 0 ? 0 : errno; });
    if (error == 0)
        return 0;
    errno = error;
    return -1;
}

QSEAMSTRESS_INTERPOSE int sem_timedwait(sem_t *semaphore, const timespec *time)
{
    return waitForSemaphore("sem_timedwait", CLOCK_REALTIME, time, [=](const timespec &until) { return real().sem_timedwait(semaphore, &until); });
}

QSEAMSTRESS_INTERPOSE int sem_clockwait(sem_t *semaphore, clockid_t clock, const timespec *time)
{
    return waitForSemaphore("sem_clockwait", clock, time, [=](const timespec &until) { return real().sem_clockwait(semaphore, clock, &until); });
}
