// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

#ifndef SLEEPER_P_H
#define SLEEPER_P_H

#include <QtCore/QDeadlineTimer>

#include <mutex>
#include <semaphore>
#include <utility>

namespace QSeamstressPrivate {

// One thread sleeps here until another one wakes it: a condition variable for a single sleeper, at the price of one futex call a
// side. Both sides call it with the same mutex held. The semaphore never holds more than one token and never has more than one
// waiter: with more, that of libstdc++ can lose a wake-up (GCC bugs 98033 and 104928).
class Sleeper
{
public:
    // Gives the mutex back while it sleeps. False if nobody woke it before the deadline.
    bool sleep(std::unique_lock<std::mutex> &lock, QDeadlineTimer deadline)
    {
        m_asleep = true;
        lock.unlock();
        bool woken = true;
        if (deadline.isForever())
            m_semaphore.acquire();
        else
            woken = m_semaphore.try_acquire_until(deadline.deadline<std::chrono::steady_clock>());
        lock.lock();
        if (!woken && !m_asleep) {
            // Woken after the deadline but before the lock: the token is on its way, and must not end the next sleep.
            m_semaphore.acquire();
            woken = true;
        }
        m_asleep = false;
        return woken;
    }

    // Wakes the sleeper, if any. Unlocks first, so that it does not wake up only to wait for the mutex.
    void wake(std::unique_lock<std::mutex> &lock)
    {
        const bool asleep = std::exchange(m_asleep, false);
        lock.unlock();
        if (asleep)
            m_semaphore.release();
    }

    bool isAsleep() const { return m_asleep; }

private:
    bool m_asleep = false;
    std::binary_semaphore m_semaphore{ 0 };
};

} // namespace QSeamstressPrivate

#endif // SLEEPER_P_H
