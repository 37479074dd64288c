// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

#ifndef C11_P_H
#define C11_P_H

#include <cerrno>

#include <pthread.h>
#include <threads.h>

namespace QSeamstressScheduler {

// The threads of C11 are those of POSIX by other names: glibc casts the objects, too (nptl/cnd_timedwait.c and others).
inline pthread_mutex_t *asPosix(mtx_t *mutex)
{
    return reinterpret_cast<pthread_mutex_t *>(mutex);
}

inline pthread_mutex_t *asPosix(pthread_mutex_t *mutex)
{
    return mutex;
}

inline pthread_cond_t *asPosix(cnd_t *condition)
{
    return reinterpret_cast<pthread_cond_t *>(condition);
}

inline int c11Result(int error)
{
    switch (error) {
    case 0:
        return thrd_success;
    case EBUSY:
        return thrd_busy;
    case ENOMEM:
        return thrd_nomem;
    case ETIMEDOUT:
        return thrd_timedout;
    default:
        return thrd_error;
    }
}

} // namespace QSeamstressScheduler

#endif // C11_P_H
