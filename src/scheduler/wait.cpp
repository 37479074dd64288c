// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

#include "wait_p.h"

#include <cerrno>
#include <climits>
#include <csignal>

#include <linux/futex.h>
#include <pthread.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "interposed_p.h"
#include "kicksignal_p.h"
#include "layerlock_p.h"
#include "virtualtime_p.h"

namespace QSeamstressScheduler {

static qint64 orNever(qint64 time)
{
    return time > latest ? never : time;
}

Deadline Deadline::in(qint64 nanoseconds)
{
    return { orNever(sum(VirtualTime::instance().clocks().now(), nanoseconds)) };
}

Deadline Deadline::in(const timespec &duration)
{
    return in(nanoseconds(duration));
}

Deadline Deadline::at(clockid_t clock, const timespec &time)
{
    const qint64 moment = nanoseconds(time);
    switch (clock) {
    case CLOCK_MONOTONIC:
        return { orNever(moment) };
    case CLOCK_REALTIME:
        return { orNever(moment), moment <= latest };
    default:
        break;
    }
    const Clocks &clocks = VirtualTime::instance().clocks();
    const LayerLock lock;
    return { orNever(sum(moment, -clocks.shift(clock))) };
}

Wait::Wait(const Place &itsPlace, const Deadline &deadline)
    : place(itsPlace)
    , m_deadline(deadline)
    , m_kick(place.kickInRealTime)
    , m_thread(thisThread.threadId())
{
    VirtualTime::instance().add(*this);
    if (m_kick == Kick::BySignal && m_isVirtual)
        KickSignal::unblock();
    else if (m_kick == Kick::BySignal)
        KickSignal::unblockOnce();
}

Wait::~Wait()
{
    VirtualTime::instance().remove(*this);
}

bool Wait::wasKicked()
{
    const quint32 kicks = m_kicks;
    return std::exchange(m_kicksSeen, kicks) != kicks;
}

bool Wait::isOver()
{
    const LayerLock lock;
    m_isVirtual = Clocks::areVirtualForThisThread();
    if (m_state != Waits)
        return m_state == TimedOut;
    const VirtualTime &time = VirtualTime::instance();
    return !m_isVirtual && time.due(*this) <= time.clocks().programNow();
}

qint64 Wait::remaining() const
{
    if (m_isVirtual)
        return -1;
    const LayerLock lock;
    const VirtualTime &time = VirtualTime::instance();
    const qint64 due = time.due(*this);
    return due == never ? -1 : std::max<qint64>(0, due - time.clocks().programNow());
}

static long futex(std::atomic<quint32> *word, int operation, quint32 value, const timespec *timeout = nullptr)
{
    return real().syscall(SYS_futex, word, operation, value, timeout);
}

bool Wait::sleep()
{
    static constexpr qint64 year = 365 * 24 * 3600 * second;
    {
        const LayerLock lock;
        m_kick = Kick::ByWord;
    }
    for (;;) {
        const quint32 word = m_word;
        if (isOver() || m_state != Waits)
            return true;
        // Without a time-out the call would go on by itself after a signal handler.
        const qint64 nanoseconds = remaining();
        const timespec timeout = toTimespec(nanoseconds < 0 ? year : nanoseconds);
        // As in the functions for which this stands, the thread may be cancelled here: by QThread::terminate().
        int cancelType = 0;
        ::pthread_setcanceltype(PTHREAD_CANCEL_ASYNCHRONOUS, &cancelType);
        const bool isInterrupted = futex(&m_word, FUTEX_WAIT_PRIVATE, word, &timeout) != 0 && errno == EINTR;
        ::pthread_setcanceltype(cancelType, nullptr);
        if (isInterrupted)
            return m_state != Waits;
    }
}

// With the lock of the layer, so that the wait and what it is for exist.
void Wait::kick()
{
    ++m_kicks;
    ++m_word;
    switch (m_kick) {
    case Kick::ByWord:
        futex(&m_word, FUTEX_WAKE_PRIVATE, 1);
        break;
    case Kick::ByFutex: // all that wait there: the others find that nothing has changed, and wait on
        real().syscall(SYS_futex, place.object, FUTEX_WAKE | (place.futexFlags & FUTEX_PRIVATE_FLAG), INT_MAX);
        break;
    case Kick::ByCondition:
        real().pthread_cond_broadcast(static_cast<pthread_cond_t *>(place.object));
        break;
    case Kick::BySignal:
        ::syscall(SYS_tgkill, ::getpid(), m_thread, KickSignal::number());
        break;
    case Kick::NotAtAll: // it looks for itself
        break;
    }
}

void Wait::announce()
{
    if (m_isVirtual && m_state == Waits)
        VirtualTime::instance().announce(*this);
}

} // namespace QSeamstressScheduler
