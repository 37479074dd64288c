// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

// The lock that scripts of the helper programs hold, and a check whether they have released it.

#ifndef HOLDER_H
#define HOLDER_H

#include <QMutex>

#include <atomic>

inline QMutex sharedLock;
inline std::atomic<int> holders = 0;

// A guard that a script creates and destroys.
class Holder
{
public:
    Holder()
    {
        sharedLock.lock();
        ++holders;
    }
    Q_DISABLE_COPY_MOVE(Holder)
    ~Holder()
    {
        --holders;
        sharedLock.unlock();
    }
};

// True if no script still holds the lock or a guard.
inline bool nothingIsHeld()
{
    const bool isFree = sharedLock.tryLock();
    if (isFree)
        sharedLock.unlock();
    return isFree && holders == 0;
}

#endif // HOLDER_H
