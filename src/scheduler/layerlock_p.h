// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

#ifndef LAYERLOCK_P_H
#define LAYERLOCK_P_H

#include <QtCore/QtGlobal>

#include <atomic>

#include "spinlock_p.h"
#include "thisthread_p.h"

namespace QSeamstressScheduler {

// Holds the lock of the layer between the program and the C library: of all waits, and of the time. A signal handler that runs meanwhile
// finds the real functions. Who holds it calls no code of Qt, which may wait for a thread that waits for this lock.
class LayerLock
{
public:
    LayerLock()
    {
        thisThread.isInLayer = true;
        std::atomic_signal_fence(std::memory_order_seq_cst);
        s_lock.lock();
    }
    ~LayerLock()
    {
        s_lock.unlock();
        std::atomic_signal_fence(std::memory_order_seq_cst);
        thisThread.isInLayer = false;
    }
    Q_DISABLE_COPY_MOVE(LayerLock)

    // In a new child process, which another thread may have left with the lock held.
    static void forget()
    {
        s_lock.unlock();
        thisThread.isInLayer = false;
    }

private:
    static inline constinit SpinLock s_lock;
};

} // namespace QSeamstressScheduler

#endif // LAYERLOCK_P_H
