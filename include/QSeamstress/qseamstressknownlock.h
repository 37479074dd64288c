// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

// How a lock is recognised by what a thread waits for. Not part of the API: include <QSeamstressThread>.

#ifndef QSEAMSTRESSKNOWNLOCK_H
#define QSEAMSTRESSKNOWNLOCK_H

#include <QtCore/qglobal.h>

#include <condition_variable>
#include <cstddef>
#include <type_traits>
#include <typeinfo>

QT_BEGIN_NAMESPACE
class QLockFile;
class QReadWriteLock;
class QSystemSemaphore;
class QWaitCondition;
QT_END_NAMESPACE

namespace QSeamstressPrivate {

// Whoever waits for one of these waits at an address outside of it, or not at an address.
template <class Lock>
inline constexpr bool waitsElsewhere = std::is_same_v<Lock, QReadWriteLock> || std::is_same_v<Lock, QWaitCondition> || std::is_same_v<Lock, QLockFile>
    || std::is_same_v<Lock, QSystemSemaphore> || std::is_same_v<Lock, std::condition_variable> || std::is_same_v<Lock, std::condition_variable_any>;

// The memory in which a lock lies: who is blocked on it waits at an address inside.
struct KnownLock
{
    const void *address = nullptr;
    std::size_t size = 0;
    const std::type_info *type = nullptr; // null: no lock
    bool isRecognisable = false;

    bool contains(quintptr waitAddress) const
    {
        const auto begin = reinterpret_cast<quintptr>(address);
        return waitAddress >= begin && waitAddress < begin + size;
    }
};

template <class Lock>
KnownLock knownLock(const Lock *lock)
{
    return { lock, sizeof(Lock), &typeid(Lock), !waitsElsewhere<Lock> };
}

} // namespace QSeamstressPrivate

#endif // QSEAMSTRESSKNOWNLOCK_H
