// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

// How a lock is recognised by what a thread waits for. Not part of the API: include <QSeamstressThread>.

#ifndef QSEAMSTRESSKNOWNLOCK_H
#define QSEAMSTRESSKNOWNLOCK_H

#include <QtCore/qglobal.h>

#include <atomic>
#include <barrier>
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

// Where somebody waits who cannot get it: at an address inside it, or at another, or nowhere, since he sleeps and tries again.
enum class WaitPlace { Inside, Elsewhere, Asleep };
template <class Lock, class... Others>
inline constexpr bool isOneOf = (std::is_same_v<Lock, Others> || ...);
template <class Lock>
inline constexpr WaitPlace waitPlace = isOneOf<Lock, QReadWriteLock, QWaitCondition, QSystemSemaphore, std::condition_variable, std::condition_variable_any, std::atomic_flag>
    ? WaitPlace::Elsewhere
    : WaitPlace::Inside;
template <>
inline constexpr WaitPlace waitPlace<QLockFile> = WaitPlace::Asleep;
template <class Completion>
inline constexpr WaitPlace waitPlace<std::barrier<Completion>> = WaitPlace::Elsewhere;
// A futex has the size of an int. For other values libstdc++ has one that belongs to none of them.
template <class Value>
inline constexpr WaitPlace waitPlace<std::atomic<Value>> = std::is_scalar_v<Value> && sizeof(Value) == sizeof(int) ? WaitPlace::Inside : WaitPlace::Elsewhere;

// The memory in which a lock lies: who is blocked on it waits at an address inside.
struct KnownLock
{
    const void *address = nullptr;
    std::size_t size = 0;
    const std::type_info *type = nullptr; // null: no lock
    WaitPlace waitPlace = WaitPlace::Inside;

    bool contains(quintptr waitAddress) const
    {
        const auto begin = reinterpret_cast<quintptr>(address);
        return waitAddress >= begin && waitAddress < begin + size;
    }
};

template <class Lock>
KnownLock knownLock(const Lock *lock)
{
    return { lock, sizeof(Lock), &typeid(Lock), waitPlace<Lock> };
}

} // namespace QSeamstressPrivate

#endif // QSEAMSTRESSKNOWNLOCK_H
