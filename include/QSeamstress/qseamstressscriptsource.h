// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

// Turns each form of script into a coroutine. Not part of the API: include <QSeamstressThread> or another executor.

#ifndef QSEAMSTRESSSCRIPTSOURCE_H
#define QSEAMSTRESSSCRIPTSOURCE_H

#include <QtCore/QFuture>

#ifndef Q_MOC_RUN // the moc of Qt 6.4 cannot read it
#include <concepts>
#endif
#include <functional>
#include <memory>
#include <type_traits>
#include <utility>

#include "qseamstressconfig.h"
#include "qseamstressknownlock.h"
#include "qseamstressscript.h"

template <class T>
concept QSeamstressLockable = requires(T &lock) {
    lock.lock();
    lock.unlock();
} && !std::derived_from<T, QSeamstressConfig>;

template <class T>
concept QSeamstressTryLockable = QSeamstressLockable<T> && requires(T &lock) {
    { lock.try_lock() } -> std::convertible_to<bool>;
};

namespace QSeamstressPrivate {

struct RemoteScript;

// A script that can run any number of times, here or in another process, or the reason why it cannot.
struct ScriptSource
{
    bool isNull() const { return !makeScript && !remote; }

    std::function<QSeamstressScript()> makeScript;
    QString refusal;
    KnownLock lock = {}; // the lock, if the script is one
    bool isPlainCode = false; // it pauses only where it calls QSeamstress::pause()
    std::shared_ptr<const RemoteScript> remote = {}; // data for another process that runs it
};

[[noreturn]] QSEAMSTRESS_EXPORT void failSetUp(const char *reason);

// A lock, or an object that was passed by mistake in place of one.
template <class T>
concept MeantAsLock = QSeamstressLockable<T> || (std::is_object_v<T> && !std::derived_from<T, QObject>);

template <class T>
inline constexpr bool mayBeNull = std::is_pointer_v<T>;
template <class Signature>
inline constexpr bool mayBeNull<std::function<Signature>> = true;

template <class Script>
QSeamstressScript coroutineOf(std::shared_ptr<Script> script)
{
    using Result = std::invoke_result_t<Script &>;
    if constexpr (std::is_void_v<Result>) {
        std::invoke(*script);
        co_return;
    } else if constexpr (std::is_same_v<std::remove_cvref_t<Result>, bool>) {
        if (!std::invoke(*script))
            failSetUp("its callable returned false");
        co_yield QSeamstress::Pause();
    } else {
        [[maybe_unused]] auto &&guard = std::invoke(*script);
        co_yield QSeamstress::Pause();
    }
}

// Also unlocks when the coroutine is destroyed while it is suspended.
template <class Lock>
struct Unlocker
{
    Lock *lock;
    ~Unlocker() noexcept(noexcept(lock->unlock())) { lock->unlock(); }
};

template <QSeamstressLockable Lock>
QSeamstressScript lockScript(Lock *lock)
{
    if constexpr (std::is_same_v<decltype(lock->lock()), bool>) {
        if (!lock->lock())
            failSetUp("lock() returned false");
    } else {
        lock->lock();
    }
    const Unlocker<Lock> unlocker{ lock };
    co_yield QSeamstress::Pause();
}

// For a task, which must not wait in lock(): that would block the test itself.
template <QSeamstressTryLockable Lock>
QSeamstressScript tryLockScript(Lock *lock)
{
    while (!lock->try_lock())
        co_await NextTry();
    const Unlocker<Lock> unlocker{ lock };
    co_yield QSeamstress::Pause();
}

template <class Script>
ScriptSource scriptSource(Script script)
{
    using Result = std::invoke_result_t<Script &>;
    using Guard = std::remove_cvref_t<Result>;
    static_assert(!std::is_pointer_v<Guard>,
                  "QSeamstress: a script must not return a raw pointer, which nothing would delete. Return an object whose destructor "
                  "does the tear-down: std::unique_ptr, QMutexLocker, qScopeGuard(...).");
    static_assert(std::is_same_v<Guard, QSeamstressScript> || !Awaitable<Guard>,
                  "QSeamstress: a script must not return a QFuture or another awaitable, which nothing would await. Make the script a "
                  "coroutine that returns QSeamstressScript, and co_await it there.");

    if constexpr (mayBeNull<Script>) {
        if (!script)
            return { {}, QString::fromLatin1("was given a null function as its script; pass one that can be called") };
    }
    // The callable is shared to support move-only callables, and so that its captures outlive the coroutine.
    return { [script = std::make_shared<Script>(std::move(script))] {
                if constexpr (std::is_same_v<Guard, QSeamstressScript>)
                    return QSeamstressScript(std::invoke(*script));
                else
                    return coroutineOf(script);
            },
             {}, {}, std::is_void_v<Result>, {} };
}

template <class Lock>
ScriptSource lockSource(Lock *lock, QSeamstressScript (*script)(Lock *))
{
    if (!lock)
        return { {}, QString::fromLatin1("was given a null pointer as its lock; pass the address of a lock that outlives the script") };
    return { [lock, script] { return script(lock); }, {}, knownLock(lock) };
}

} // namespace QSeamstressPrivate

#endif // QSEAMSTRESSSCRIPTSOURCE_H
