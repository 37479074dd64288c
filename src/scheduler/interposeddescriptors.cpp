// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

#include <QtCore/QVarLengthArray>

#include <cerrno>
#include <csignal>
#include <cstring>
#include <optional>

#include "interposed_p.h"
#include "kicksignal_p.h"
#include "thisthread_p.h"
#include "virtualtime_p.h"

using namespace QSeamstressScheduler;

static bool isRealTime()
{
    return thisThread.bypasses();
}

// look(timeout) makes the call of the program, with this many nanoseconds until its time-out; -1: none. given: what the program gave.
template <class Look>
static int waitFor(const char *call, const Descriptors &descriptors, qint64 given, Look look)
{
    if (isRealTime())
        return look(given);
    if (given == 0) {
        if (Clocks::isVirtual())
            VirtualTime::instance().emptyPoll(descriptors);
        return look(0);
    }
    Wait wait({ .call = call, .kick = Wait::Kick::BySignal, .descriptors = descriptors }, given < 0 ? Deadline::none() : Deadline::in(given));
    if (wait.isVirtual()) {
        // The descriptors come before the time.
        if (const int result = look(0); result != 0)
            return result;
        wait.announce();
        if (wait.isOver())
            return 0;
    }
    for (qint64 timeout = wait.isVirtual() ? -1 : given;; timeout = wait.remaining()) {
        const int result = look(timeout);
        if (result > 0 || (result < 0 && (errno != EINTR || !wait.wasKicked())))
            return result;
        if (wait.isOver())
            return 0;
    }
}

static qint64 timeout(int milliseconds)
{
    return milliseconds < 0 ? -1 : milliseconds * millisecond;
}

// Rounded up, so that no wait ends early.
static int inMilliseconds(qint64 time)
{
    return time < 0 ? -1 : static_cast<int>(std::min<qint64>((time + millisecond - 1) / millisecond, INT_MAX));
}

static qint64 timeout(const timespec *time)
{
    return time ? nanoseconds(*time) : -1;
}

// A time-out for the kernel, null if there is none.
class KernelTime
{
public:
    explicit KernelTime(qint64 nanoseconds)
        : m_time(toTimespec(std::max<qint64>(0, nanoseconds)))
        , m_isThere(nanoseconds >= 0)
    {
    }
    const timespec *get() const { return m_isThere ? &m_time : nullptr; }

private:
    const timespec m_time;
    const bool m_isThere;
};

// The mask of the program, which does not keep the signal away that ends the wait.
class Mask
{
public:
    explicit Mask(const sigset_t *mask)
        : m_mask(mask ? std::optional(KickSignal::unblocked(*mask)) : std::nullopt)
    {
    }
    const sigset_t *get() const { return m_mask ? &*m_mask : nullptr; }

private:
    const std::optional<sigset_t> m_mask;
};

QSEAMSTRESS_INTERPOSE int poll(pollfd *descriptors, nfds_t count, int milliseconds)
{
    return waitFor("poll", { descriptors, count }, timeout(milliseconds), [=](qint64 timeout) { return real().poll(descriptors, count, inMilliseconds(timeout)); });
}

QSEAMSTRESS_INTERPOSE int ppoll(pollfd *descriptors, nfds_t count, const timespec *time, const sigset_t *signalMask)
{
    if (isRealTime() || (time && !isDuration(*time)))
        return real().ppoll(descriptors, count, time, signalMask);
    const Mask mask(signalMask);
    return waitFor("ppoll", { descriptors, count }, timeout(time),
                   [&](qint64 timeout) { return real().ppoll(descriptors, count, KernelTime(timeout).get(), mask.get()); });
}

QSEAMSTRESS_INTERPOSE int __poll_chk(pollfd *descriptors, nfds_t count, int milliseconds, std::size_t size)
{
    if (size / sizeof(pollfd) < count)
        return real().__poll_chk(descriptors, count, milliseconds, size); // ends the program
    return ::poll(descriptors, count, milliseconds);
}

QSEAMSTRESS_INTERPOSE int __ppoll_chk(pollfd *descriptors, nfds_t count, const timespec *time, const sigset_t *mask, std::size_t size)
{
    if (size / sizeof(pollfd) < count)
        return real().__ppoll_chk(descriptors, count, time, mask, size);
    return ::ppoll(descriptors, count, time, mask);
}

QSEAMSTRESS_INTERPOSE int epoll_wait(int epoll, epoll_event *events, int maximum, int milliseconds)
{
    return waitFor("epoll_wait", { .epoll = epoll }, timeout(milliseconds), [=](qint64 timeout) { return real().epoll_wait(epoll, events, maximum, inMilliseconds(timeout)); });
}

QSEAMSTRESS_INTERPOSE int epoll_pwait(int epoll, epoll_event *events, int maximum, int milliseconds, const sigset_t *signalMask)
{
    const Mask mask(signalMask);
    return waitFor("epoll_pwait", { .epoll = epoll }, timeout(milliseconds),
                   [&](qint64 timeout) { return real().epoll_pwait(epoll, events, maximum, inMilliseconds(timeout), mask.get()); });
}

QSEAMSTRESS_INTERPOSE int epoll_pwait2(int epoll, epoll_event *events, int maximum, const timespec *time, const sigset_t *signalMask)
{
    if (isRealTime() || (time && !isDuration(*time)))
        return real().epoll_pwait2(epoll, events, maximum, time, signalMask);
    const Mask mask(signalMask);
    return waitFor("epoll_pwait2", { .epoll = epoll }, timeout(time),
                   [&](qint64 timeout) { return real().epoll_pwait2(epoll, events, maximum, KernelTime(timeout).get(), mask.get()); });
}

namespace {

// The three sets of select(), which are also its result.
class Sets
{
public:
    Sets(int count, fd_set *read, fd_set *write, fd_set *except)
        : m_sets{ read, write, except }
        , m_size((static_cast<std::size_t>(count) + NFDBITS - 1) / NFDBITS * sizeof(fd_mask))
    {
        for (std::size_t index = 0; index < m_sets.size(); ++index) {
            if (m_sets[index])
                std::memcpy(&m_given[index], m_sets[index], m_size);
        }
        for (int descriptor = 0; descriptor < count; ++descriptor) {
            for (std::size_t index = 0; index < m_sets.size(); ++index) {
                if (m_sets[index] && FD_ISSET(descriptor, &m_given[index])) {
                    m_polled.append({ descriptor, 0, 0 });
                    break;
                }
            }
        }
    }
    Descriptors descriptors() const { return { m_polled.constData(), static_cast<nfds_t>(m_polled.size()) }; }
    // For another call.
    void restore()
    {
        for (std::size_t index = 0; index < m_sets.size(); ++index) {
            if (m_sets[index])
                std::memcpy(m_sets[index], &m_given[index], m_size);
        }
    }
    // What is stored if the time is over.
    void clear()
    {
        for (fd_set *const set : m_sets) {
            if (set)
                std::memset(set, 0, m_size);
        }
    }

private:
    const std::array<fd_set *, 3> m_sets;
    const std::size_t m_size; // of the part of each that the program has
    std::array<fd_set, 3> m_given;
    QVarLengthArray<pollfd, 64> m_polled;
};

} // namespace

QSEAMSTRESS_INTERPOSE int pselect(int count, fd_set *read, fd_set *write, fd_set *except, const timespec *time, const sigset_t *signalMask)
{
    if (isRealTime() || (time && !isDuration(*time)) || count < 0 || count > FD_SETSIZE)
        return real().pselect(count, read, write, except, time, signalMask);
    const Mask mask(signalMask);
    Sets sets(count, read, write, except);
    const int result = waitFor("pselect", sets.descriptors(), timeout(time), [&](qint64 timeout) {
        sets.restore();
        return real().pselect(count, read, write, except, KernelTime(timeout).get(), mask.get());
    });
    if (result == 0)
        sets.clear();
    return result;
}

QSEAMSTRESS_INTERPOSE int select(int count, fd_set *read, fd_set *write, fd_set *except, timeval *time)
{
    if (isRealTime() || (time && (time->tv_sec < 0 || time->tv_usec < 0)) || count < 0 || count > FD_SETSIZE)
        return real().select(count, read, write, except, time);
    const qint64 given = time ? sum(nanoseconds({ time->tv_sec, 0 }), time->tv_usec * 1000) : -1;
    const qint64 begin = time ? VirtualTime::instance().clocks().now() : 0;
    Sets sets(count, read, write, except);
    const int result = waitFor("select", sets.descriptors(), given, [&](qint64 timeout) {
        sets.restore();
        timeval forKernel{};
        if (timeout >= 0)
            forKernel = { static_cast<time_t>(timeout / second), static_cast<suseconds_t>((timeout % second + 999) / 1000) };
        if (forKernel.tv_usec == 1'000'000)
            forKernel = { forKernel.tv_sec + 1, 0 };
        return real().select(count, read, write, except, timeout < 0 ? nullptr : &forKernel);
    });
    if (result == 0)
        sets.clear();
    if (time) { // Linux stores the time that was left
        const qint64 left = std::max<qint64>(0, given - (VirtualTime::instance().clocks().now() - begin));
        *time = { static_cast<time_t>(left / second), static_cast<suseconds_t>(left % second / 1000) };
    }
    return result;
}
