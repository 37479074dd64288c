// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

#include "interposed_p.h"
#include "virtualtime_p.h"

using namespace QSeamstressScheduler;

QSEAMSTRESS_INTERPOSE int clock_gettime(clockid_t clock, timespec *time) noexcept
{
    if (Clocks::isReal() || !VirtualTime::instance().read(clock, *time)) [[likely]]
        return real().clock_gettime(clock, time);
    return 0;
}

QSEAMSTRESS_INTERPOSE int gettimeofday(timeval *time, void *zone) noexcept
{
    timespec precise;
    if (Clocks::isReal() || !VirtualTime::instance().read(CLOCK_REALTIME, precise))
        return real().gettimeofday(time, zone);
    time->tv_sec = precise.tv_sec;
    time->tv_usec = precise.tv_nsec / 1000;
    return 0;
}

QSEAMSTRESS_INTERPOSE time_t time(time_t *result) noexcept
{
    timespec precise;
    if (Clocks::isReal() || !VirtualTime::instance().read(CLOCK_REALTIME, precise))
        return real().time(result);
    if (result)
        *result = precise.tv_sec;
    return precise.tv_sec;
}

QSEAMSTRESS_INTERPOSE int timespec_get(timespec *time, int base) noexcept
{
    if (base != TIME_UTC || Clocks::isReal() || !VirtualTime::instance().read(CLOCK_REALTIME, *time))
        return real().timespec_get(time, base);
    return base;
}
