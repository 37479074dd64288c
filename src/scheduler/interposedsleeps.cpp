// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

#include <cerrno>

#include <threads.h>

#include "interposed_p.h"
#include "thisthread_p.h"
#include "virtualtime_p.h"

using namespace QSeamstressScheduler;

namespace {

// QTest::qWait(), and all that use it, look at the descriptors of the event loop and sleep for 10 ms, again and again. They wait for these
// descriptors.
class PolledBefore
{
public:
    explicit PolledBefore(const Deadline &deadline)
    {
        static constexpr qint64 mostOfQTest = 10 * millisecond;
        if (thisThread.polledCount == 0 || deadline.time - VirtualTime::instance().clocks().now() > mostOfQTest)
            return;
        m_polled = thisThread.polled;
        m_count = thisThread.polledCount;
    }
    Descriptors descriptors() const { return { m_polled.data(), m_count }; }

private:
    std::array<pollfd, 32> m_polled;
    nfds_t m_count = 0;
};

} // namespace

// Returns 0, or the error. realSleep is the call of the program, for real time.
template <class RealSleep>
static int sleepUntil(const char *call, const Deadline &deadline, timespec *rest, RealSleep realSleep)
{
    const PolledBefore polledBefore(deadline);
    Wait wait({ .call = call, .kick = Wait::Kick::ByWord, .kickInRealTime = Wait::Kick::BySignal, .descriptors = polledBefore.descriptors() }, deadline);
    if (!wait.isVirtual()) {
        const int error = realSleep();
        if (error == EINTR ? !wait.wasKicked() : error != 0)
            return error;
    } else {
        wait.announce();
    }
    while (!wait.isOver()) {
        if (wait.sleep())
            continue;
        if (rest)
            *rest = toTimespec(std::max<qint64>(0, sum(deadline.time, -VirtualTime::instance().clocks().now())));
        return EINTR;
    }
    return 0;
}

static bool isRealSleep(const timespec *time)
{
    return thisThread.bypasses() || !time || !isDuration(*time);
}

QSEAMSTRESS_INTERPOSE int nanosleep(const timespec *duration, timespec *rest)
{
    if (isRealSleep(duration))
        return real().nanosleep(duration, rest);
    const int error = sleepUntil("nanosleep", Deadline::in(*duration), rest, [&] { return real().nanosleep(duration, rest) == 0 ? 0 : errno; });
    if (error == 0)
        return 0;
    errno = error;
    return -1;
}

QSEAMSTRESS_INTERPOSE int clock_nanosleep(clockid_t clock, int flags, const timespec *time, timespec *rest)
{
    const bool isPassing = clock == CLOCK_REALTIME || clock == CLOCK_MONOTONIC || clock == CLOCK_BOOTTIME || clock == CLOCK_TAI;
    if (isRealSleep(time) || !isPassing)
        return real().clock_nanosleep(clock, flags, time, rest);
    const bool isMoment = (flags & TIMER_ABSTIME) != 0;
    const Deadline deadline = isMoment ? Deadline::at(clock, *time) : Deadline::in(*time);
    return sleepUntil("clock_nanosleep", deadline, isMoment ? nullptr : rest, [&] {
        const timespec realMoment = isMoment ? VirtualTime::instance().clocks().toReal(clock, *time) : *time;
        return real().clock_nanosleep(clock, flags, &realMoment, rest);
    });
}

QSEAMSTRESS_INTERPOSE int usleep(useconds_t microseconds)
{
    if (thisThread.bypasses())
        return real().usleep(microseconds);
    const timespec duration = toTimespec(static_cast<qint64>(microseconds) * 1000);
    return ::nanosleep(&duration, nullptr);
}

QSEAMSTRESS_INTERPOSE unsigned sleep(unsigned seconds)
{
    if (thisThread.bypasses())
        return real().sleep(seconds);
    const timespec duration{ static_cast<time_t>(seconds), 0 };
    timespec rest{};
    return ::nanosleep(&duration, &rest) == 0 ? 0 : static_cast<unsigned>(rest.tv_sec + (rest.tv_nsec > 0 ? 1 : 0));
}

QSEAMSTRESS_INTERPOSE int thrd_sleep(const timespec *duration, timespec *rest)
{
    const int error = ::clock_nanosleep(CLOCK_REALTIME, 0, duration, rest);
    return error == 0 ? 0 : error == EINTR ? -1 : -2;
}
