// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

#ifndef SLEEPER_P_H
#define SLEEPER_P_H

#include <QtCore/QDeadlineTimer>
#include <QtCore/QThread>

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <mutex>

namespace QSeamstressPrivate {

// One thread waits here until another one wakes it. Both sides call it with the same mutex held.
//
// Not a std::binary_semaphore, whose acquire() calls sched_yield() four times before it sleeps (libstdc++ 12, bits/atomic_wait.h):
// where other programs keep the CPUs busy, each time costs a time slice of theirs.
class Sleeper
{
public:
    // Whether it looks for a moment before it sleeps.
    enum class Looks { None, Shortly };

    // Gives the mutex back meanwhile. False if nobody woke it before the deadline.
    bool sleep(std::unique_lock<std::mutex> &lock, QDeadlineTimer deadline, Looks looks)
    {
        m_state = Looking;
        if (looks == Looks::Shortly) {
            lock.unlock();
            lookShortly();
            lock.lock();
        }
        if (m_state != Woken) {
            m_state = Asleep;
            const auto isWoken = [this] { return m_state == Woken; };
            if (deadline.isForever())
                m_condition.wait(lock, isWoken);
            else
                m_condition.wait_until(lock, deadline.deadline<std::chrono::steady_clock>(), isWoken);
        }
        return m_state.exchange(Gone) == Woken;
    }

    // Wakes whoever sleeps, if any. Unlocks first, so that it does not wake up only to wait for the mutex. True if it was looking, and
    // therefore comes at once.
    bool wake(std::unique_lock<std::mutex> &lock)
    {
        const State state = m_state;
        if (state != Gone)
            m_state = Woken;
        lock.unlock();
        if (state == Asleep)
            m_condition.notify_one();
        return state == Looking;
    }

private:
    enum State { Gone, Looking, Asleep, Woken };

    // For about as long as it takes to sleep and to be woken on a virtual machine: a wait costs at most twice what it would if it were
    // known before which of the two is better (Karlin, Li, Manasse, Owicki: Empirical Studies of Competitive Spinning for a
    // Shared-Memory Multiprocessor, 1991). Less loses the gain for ever: who has gone to sleep must be woken, and by then the other
    // sleeps.
    void lookShortly() const
    {
        static const bool isAlone = QThread::idealThreadCount() == 1; // nobody can come meanwhile
        const auto end = std::chrono::steady_clock::now() + std::chrono::microseconds(20);
        while (!isAlone && m_state != Woken && std::chrono::steady_clock::now() < end) { }
    }

    std::atomic<State> m_state = Gone; // changed under the mutex only
    std::condition_variable m_condition;
};

} // namespace QSeamstressPrivate

#endif // SLEEPER_P_H
