// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

// Recognises a lock by the address that a thread waits at. Not part of the API: include <QSeamstressThread>.

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

// Where a thread that cannot take the lock waits: at an address inside it, at another address, or at none, since it sleeps and retries.
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
// A futex has the size of an int. For other sizes, libstdc++ uses a futex outside the atomic object.
template <class Value>
inline constexpr WaitPlace waitPlace<std::atomic<Value>> = std::is_scalar_v<Value> && sizeof(Value) == sizeof(int) ? WaitPlace::Inside : WaitPlace::Elsewhere;

// The memory of a lock: a thread that is blocked on it waits at an address inside.
struct KnownLock
{
    const void *address = nullptr;
    std::size_t size = 0;
    const std::type_info *type = nullptr; // null if there is no lock
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
