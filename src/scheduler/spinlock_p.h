// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

#ifndef SPINLOCK_P_H
#define SPINLOCK_P_H

#include <atomic>

#include <sched.h>

namespace QSeamstressScheduler {

// Not a mutex: a thread that waits for a mutex sleeps in the kernel and would be taken for one that waits for the code under test.
class SpinLock
{
public:
    void lock()
    {
        for (int tries = 0; m_isLocked.exchange(true, std::memory_order_acquire); ++tries) {
            if (tries > 100)
                ::sched_yield(); // the owner may need this CPU
        }
    }
    void unlock() { m_isLocked.store(false, std::memory_order_release); }

private:
    std::atomic<bool> m_isLocked = false;
};

} // namespace QSeamstressScheduler

#endif // SPINLOCK_P_H
