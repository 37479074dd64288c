// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

// The functions of the C library that this library defines anew. A program that links it calls ours, which call the real ones.

#ifndef INTERPOSED_P_H
#define INTERPOSED_P_H

#include <cstddef>
#include <ctime>

#include <poll.h>
#include <pthread.h>
#include <semaphore.h>
#include <sys/epoll.h>
#include <sys/select.h>
#include <sys/time.h>
#include <unistd.h>

// What poll() and ppoll() become in a program that is compiled with _FORTIFY_SOURCE.
extern "C" {
int __poll_chk(pollfd *descriptors, nfds_t count, int milliseconds, std::size_t size);
int __ppoll_chk(pollfd *descriptors, nfds_t count, const timespec *timeout, const sigset_t *mask, std::size_t size);
}

// One file defines the functions of one group: interposedclocks.cpp and so on.
#define QSEAMSTRESS_CLOCKS(F) F(clock_gettime) F(gettimeofday) F(time) F(timespec_get)
#define QSEAMSTRESS_SLEEPS(F) F(clock_nanosleep) F(nanosleep) F(sleep) F(usleep)
#define QSEAMSTRESS_DESCRIPTORS(F) \
    F(__poll_chk) F(__ppoll_chk) F(epoll_pwait) F(epoll_pwait2) F(epoll_wait) F(poll) F(ppoll) F(pselect) F(select)
#define QSEAMSTRESS_CONDITIONS(F) \
    F(pthread_cond_broadcast) F(pthread_cond_clockwait) F(pthread_cond_signal) F(pthread_cond_timedwait) F(pthread_cond_wait)
#define QSEAMSTRESS_LOCKS(F) \
    F(pthread_mutex_clocklock) F(pthread_mutex_timedlock) \
    F(pthread_rwlock_clockrdlock) F(pthread_rwlock_clockwrlock) F(pthread_rwlock_timedrdlock) F(pthread_rwlock_timedwrlock) \
    F(sem_clockwait) F(sem_timedwait)
#define QSEAMSTRESS_THREADS(F) F(pthread_clockjoin_np) F(pthread_timedjoin_np)
#define QSEAMSTRESS_FUTEXES(F) F(syscall)
// Those of C11, which are in the same files, are the ones above by other names: cnd_broadcast(), cnd_signal(), cnd_timedwait(), cnd_wait(),
// mtx_timedlock() and thrd_sleep().

#define QSEAMSTRESS_INTERPOSED(F) \
    QSEAMSTRESS_CLOCKS(F) QSEAMSTRESS_SLEEPS(F) QSEAMSTRESS_DESCRIPTORS(F) QSEAMSTRESS_CONDITIONS(F) QSEAMSTRESS_LOCKS(F) \
    QSEAMSTRESS_THREADS(F) QSEAMSTRESS_FUTEXES(F)

// Marks their definitions.
#define QSEAMSTRESS_INTERPOSE extern "C" __attribute__((visibility("default")))

namespace QSeamstressScheduler {

// The C library's own functions.
struct RealFunctions
{
#define QSEAMSTRESS_DECLARE(name) decltype(&::name) name;
    QSEAMSTRESS_INTERPOSED(QSEAMSTRESS_DECLARE)
#undef QSEAMSTRESS_DECLARE
};

extern RealFunctions realFunctions;
void findRealFunctions();

// Other libraries call the interposed functions before this one is initialised.
inline const RealFunctions &real()
{
    if (!realFunctions.syscall) [[unlikely]]
        findRealFunctions();
    return realFunctions;
}

} // namespace QSeamstressScheduler

#endif // INTERPOSED_P_H
