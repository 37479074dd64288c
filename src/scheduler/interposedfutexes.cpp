// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

// Qt, the C++ library and GLib make the system call of their locks, semaphores and atomic waits by syscall().

#include <atomic>
#include <cerrno>
#include <cstdarg>

#include <linux/futex.h>
#include <sys/syscall.h>

#include "interposed_p.h"
#include "thisthread_p.h"
#include "virtualtime_p.h"

using namespace QSeamstressScheduler;

static long waitForFutex(quint32 *word, int operation, quint32 value, const timespec *time, long second, long third)
{
    const auto call = [=](const timespec *timeout) { return real().syscall(SYS_futex, word, operation, value, timeout, second, third); };
    if (thisThread.bypasses() || (time && !isValid(*time)) || (!time && !Clocks::areVirtualForThisThread()))
        return call(time);
    // FUTEX_WAIT takes a duration, FUTEX_WAIT_BITSET a moment.
    const bool isMoment = (operation & FUTEX_CMD_MASK) == FUTEX_WAIT_BITSET;
    const clockid_t clock = (operation & FUTEX_CLOCK_REALTIME) != 0 ? CLOCK_REALTIME : CLOCK_MONOTONIC;
    const Deadline deadline = !time ? Deadline::none() : isMoment ? Deadline::at(clock, *time) : Deadline::in(*time);
    Wait wait({ "futex", Wait::Kick::ByFutex, Wait::Kick::ByFutex, word, operation }, deadline);
    const auto hasChanged = [=] { return std::atomic_ref(*word).load() != value; };
    bool isFirst = true;
    if (wait.isVirtual() && !hasChanged())
        wait.announce();
    while (!wait.isOver()) {
        timespec moment{};
        const timespec *until = nullptr;
        int itsOperation = operation;
        if (isFirst && !wait.isVirtual() && time) {
            moment = isMoment ? VirtualTime::instance().clocks().toReal(clock, *time) : *time;
            until = &moment;
        } else if (const qint64 remaining = wait.remaining(); remaining >= 0) { // a clock has come or gone
            moment = toTimespec(isMoment ? sum(remaining, Clocks::realNow()) : remaining);
            itsOperation &= ~FUTEX_CLOCK_REALTIME;
            until = &moment;
        }
        isFirst = false;
        const long result = real().syscall(SYS_futex, word, itsOperation, value, until, second, third);
        const int error = result == 0 ? 0 : errno;
        if (wait.isOver())
            break;
        if (error != ETIMEDOUT && (error != 0 || !wait.wasKicked()))
            return result;
    }
    errno = hasChanged() ? EAGAIN : ETIMEDOUT;
    return -1;
}

QSEAMSTRESS_INTERPOSE long syscall(long number, ...) noexcept
{
    std::va_list list;
    va_start(list, number);
    long arguments[6];
    for (long &argument : arguments)
        argument = va_arg(list, long);
    va_end(list);
    if (number == SYS_futex) {
        const auto command = static_cast<int>(arguments[1]) & FUTEX_CMD_MASK;
        if (command == FUTEX_WAIT || command == FUTEX_WAIT_BITSET)
            return waitForFutex(reinterpret_cast<quint32 *>(arguments[0]), static_cast<int>(arguments[1]), static_cast<quint32>(arguments[2]), reinterpret_cast<const timespec *>(arguments[3]),
                                arguments[4], arguments[5]);
    } else if (number == SYS_clock_gettime && !Clocks::isReal()) {
        if (VirtualTime::instance().read(static_cast<clockid_t>(arguments[0]), *reinterpret_cast<timespec *>(arguments[1])))
            return 0;
    }
    return real().syscall(number, arguments[0], arguments[1], arguments[2], arguments[3], arguments[4], arguments[5]);
}
