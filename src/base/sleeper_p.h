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

// One thread waits here until another one wakes it up. Both call it with the same mutex locked.
//
// Not a std::binary_semaphore, whose acquire() calls sched_yield() four times before it sleeps (libstdc++ 12, bits/atomic_wait.h): while
// other programs keep the CPUs busy, each call costs one of their time slices.
class Sleeper
{
public:
    // Whether it spins for a moment before it sleeps.
    enum class Looks { None, Shortly };

    // Releases the mutex while it waits. Returns false if it was not woken up before the deadline.
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

    // Wakes up the waiting thread, if any. Unlocks first, so that the thread does not wake up only to block on the mutex. Returns true if
    // it was spinning, and therefore continues at once.
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

    // Spins for about as long as it takes to sleep and to wake up on a virtual machine: a wait then costs at most twice as much as if the
    // better choice were known in advance (Karlin, Li, Manasse, Owicki: Empirical Studies of Competitive Spinning for a Shared-Memory
    // Multiprocessor, 1991). A shorter time loses the gain forever: a thread that has gone to sleep must be woken up, and by then the
    // other one is asleep.
    void lookShortly() const
    {
        static const bool isAlone = QThread::idealThreadCount() == 1; // no other thread can run in the meantime
        const auto end = std::chrono::steady_clock::now() + std::chrono::microseconds(20);
        while (!isAlone && m_state != Woken && std::chrono::steady_clock::now() < end) { }
    }

    std::atomic<State> m_state = Gone; // changed only with the mutex locked
    std::condition_variable m_condition;
};

} // namespace QSeamstressPrivate

#endif // SLEEPER_P_H
