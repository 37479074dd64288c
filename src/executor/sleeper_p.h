// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

#ifndef SLEEPER_P_H
#define SLEEPER_P_H

#include <QtCore/QDeadlineTimer>

#include <condition_variable>
#include <mutex>
#include <utility>

namespace QSeamstressPrivate {

// One thread sleeps here until another one wakes it. Both sides call it with the same mutex held.
//
// Not a std::binary_semaphore, whose acquire() calls sched_yield() four times before it sleeps (libstdc++ 12, bits/atomic_wait.h):
// where other programs keep the CPUs busy, each time costs a time slice of theirs.
class Sleeper
{
public:
    // Gives the mutex back while it sleeps. False if nobody woke it before the deadline.
    bool sleep(std::unique_lock<std::mutex> &lock, QDeadlineTimer deadline)
    {
        m_asleep = true;
        const auto woken = [this] { return !m_asleep; };
        if (deadline.isForever())
            m_condition.wait(lock, woken);
        else
            m_condition.wait_until(lock, deadline.deadline<std::chrono::steady_clock>(), woken);
        return !std::exchange(m_asleep, false);
    }

    // Wakes the sleeper, if any. Unlocks first, so that it does not wake up only to wait for the mutex.
    void wake(std::unique_lock<std::mutex> &lock)
    {
        const bool asleep = std::exchange(m_asleep, false);
        lock.unlock();
        if (asleep)
            m_condition.notify_one();
    }

private:
    bool m_asleep = false;
    std::condition_variable m_condition;
};

} // namespace QSeamstressPrivate

#endif // SLEEPER_P_H
