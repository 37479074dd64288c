// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

// What the scripts of the helper programs hold, so that one can see afterwards whether they let it go.

#ifndef HOLDER_H
#define HOLDER_H

#include <QMutex>

#include <atomic>

inline QMutex sharedLock;
inline std::atomic<int> holders = 0;

// A guard: made and destroyed by a script.
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

// True if no script is left, and none of them kept the lock.
inline bool nothingIsHeld()
{
    const bool isFree = sharedLock.tryLock();
    if (isFree)
        sharedLock.unlock();
    return isFree && holders == 0;
}

#endif // HOLDER_H
