// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

#ifndef LOCKUNTIL_P_H
#define LOCKUNTIL_P_H

#include <algorithm>
#include <cerrno>

#include "interposed_p.h"
#include "thisthread_p.h"
#include "wait_p.h"

namespace QSeamstressScheduler {

// Waits with a time-out for something that only the C library knows: who may have a lock, or whether a thread has ended. Tries the real
// function for a short real time, again and again, and looks at the time in between. Nothing else ends such a wait.
//
// tryUntil(clock, time) makes the call of the program with another time, and returns its error: ETIMEDOUT if that has passed.
template <class TryUntil>
int lockUntil(const char *call, clockid_t clock, const timespec *time, TryUntil tryUntil)
{
    static constexpr qint64 slice = millisecond;
    static constexpr qint64 sliceInRealTime = 50 * millisecond; // a clock may come
    static constexpr timespec past{};
    if (thisThread.bypasses() || !isValid(*time))
        return tryUntil(*time);
    if (const int error = tryUntil(past); error != ETIMEDOUT) // it is free, or refused
        return error;
    Wait wait({ call, Wait::Kick::NotAtAll }, Deadline::at(clock, *time));
    wait.announce();
    for (;;) {
        const bool isOver = wait.isOver();
        timespec now{};
        real().clock_gettime(clock, &now);
        const qint64 remaining = wait.remaining();
        const qint64 rest = wait.isVirtual() ? slice : remaining < 0 ? sliceInRealTime : std::min(remaining, sliceInRealTime);
        const int error = tryUntil(isOver ? past : toTimespec(sum(nanoseconds(now), rest)));
        if (error != ETIMEDOUT || isOver)
            return error;
    }
}

} // namespace QSeamstressScheduler

#endif // LOCKUNTIL_P_H
