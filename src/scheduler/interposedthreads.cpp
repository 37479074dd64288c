// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

#include "interposed_p.h"
#include "lockuntil_p.h"

using namespace QSeamstressScheduler;

QSEAMSTRESS_INTERPOSE int pthread_timedjoin_np(pthread_t thread, void **result, const timespec *time)
{
    return lockUntil("pthread_timedjoin_np", CLOCK_REALTIME, time, [=](const timespec &until) { return real().pthread_timedjoin_np(thread, result, &until); });
}

QSEAMSTRESS_INTERPOSE int pthread_clockjoin_np(pthread_t thread, void **result, clockid_t clock, const timespec *time)
{
    return lockUntil("pthread_clockjoin_np", clock, time, [=](const timespec &until) { return real().pthread_clockjoin_np(thread, result, clock, &until); });
}
