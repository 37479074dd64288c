// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

// The coroutine promise of a script and its awaiters. Not part of the API: include <QSeamstressScript>.

#ifndef QSEAMSTRESSPROMISE_H
#define QSEAMSTRESSPROMISE_H

#include <QtCore/QException>
#include <QtCore/QFuture>

#ifndef Q_MOC_RUN // the moc of Qt 6.4 cannot read it
#include <concepts>
#endif
#include <exception>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <type_traits>
#include <typeinfo>
#include <utility>
#include <variant>

#include "qseamstressscript.h"

namespace QSeamstressPrivate {

// Returns control to the ScriptRunner that resumed the script.
struct QSEAMSTRESS_EXPORT PauseAwaiter : std::suspend_always
{
    void await_suspend(std::coroutine_handle<QSeamstressScript::promise_type> coroutine) const noexcept;
};

// Awaited by a task between two attempts to take a lock: suspends it until a later turn of the event loop.
struct QSEAMSTRESS_EXPORT NextTry : std::suspend_always
{
    void await_suspend(std::coroutine_handle<QSeamstressScript::promise_type> coroutine) const noexcept;
};

// When a sub-script ends, resumes the script that awaits it.
struct QSEAMSTRESS_EXPORT FinalAwaiter : std::suspend_always
{
    void await_suspend(std::coroutine_handle<QSeamstressScript::promise_type> coroutine) const noexcept;
};

// The other awaiters have constructors on purpose: if an awaiter is an aggregate and has a destructor, g++ 12 destroys it twice.

// Runs a sub-script inside the script that awaits it; co_await rethrows its exceptions.
class QSEAMSTRESS_EXPORT SubScriptAwaiter
{
public:
    explicit SubScriptAwaiter(QSeamstressScript &&script);
    bool await_ready() const noexcept { return false; }
    void await_suspend(std::coroutine_handle<QSeamstressScript::promise_type> parent);
    void await_resume();

private:
    QSeamstressScript m_script;
};

// The part of FutureAwaiter that does not depend on the result type.
class QSEAMSTRESS_EXPORT FutureAwaiterBase
{
public:
    explicit FutureAwaiterBase(const QFuture<void> &future);
    Q_DISABLE_COPY_MOVE(FutureAwaiterBase)
    ~FutureAwaiterBase();
    bool await_ready() const;
    void await_suspend(std::coroutine_handle<QSeamstressScript::promise_type> coroutine);

protected:
    void rethrowFailure();
    [[noreturn]] static void throwNoResult();

private:
    QFuture<void> m_future;
    std::unique_ptr<QObject> m_watch;
};

template <class T>
class FutureAwaiter : public FutureAwaiterBase
{
public:
    explicit FutureAwaiter(const QFuture<T> &future)
        : FutureAwaiterBase(QFuture<void>(future))
        , m_future(future)
    {
    }

    T await_resume()
    {
        rethrowFailure();
        if constexpr (!std::is_void_v<T>) {
            if (m_future.resultCount() == 0)
                throwNoResult();
            if constexpr (std::is_copy_constructible_v<T>)
                return m_future.result();
            else
                return m_future.takeResult();
        } else if (m_future.isCanceled()) {
            throwNoResult();
        }
    }

private:
    QFuture<T> m_future;
};

template <class T>
inline constexpr bool isFuture = false;
template <class T>
inline constexpr bool isFuture<QFuture<T>> = true;

template <class T>
concept HasMemberAwait = requires(T &&t) { static_cast<T &&>(t).operator co_await(); };
template <class T>
concept HasFreeAwait = requires(T &&t) { operator co_await(static_cast<T &&>(t)); };
// T is the type of an expression: an lvalue reference for an lvalue.
template <class T>
concept Awaitable = isFuture<T> || HasMemberAwait<T> || HasFreeAwait<T> || requires(std::remove_reference_t<T> &t) { t.await_ready(); };

// Awaitables of other libraries.
template <class T>
concept Foreign = !isFuture<std::remove_cvref_t<T>> && !std::same_as<std::remove_cvref_t<T>, QSeamstressScript>;

class ReadyTeller;

// The state of an awaitable of another library, which may resume its coroutine in any thread. It therefore resumes a separate coroutine,
// the bridge below, which notifies the script's thread when the result is available.
class QSEAMSTRESS_EXPORT ForeignStateBase
{
public:
    explicit ForeignStateBase(ScriptRunner *runner);
    Q_DISABLE_COPY_MOVE(ForeignStateBase)

    void finish(std::exception_ptr exception); // lets the script continue
    bool isFinished() const;
    bool suspend(std::coroutine_handle<QSeamstressScript::promise_type> coroutine, const std::type_info &type); // false if it has finished
    void rethrow();
    const std::shared_ptr<ReadyTeller> &readyTeller() const { return m_readyTeller; }

private:
    mutable std::mutex m_mutex;
    bool m_isFinished = false;
    bool m_isAwaited = false;
    std::exception_ptr m_exception;
    const std::shared_ptr<ReadyTeller> m_readyTeller;
};

// Stores a result until the script takes it.
template <class Result>
using KeptResult = std::conditional_t<std::is_void_v<Result>, std::monostate,
                                      std::conditional_t<std::is_lvalue_reference_v<Result>, std::reference_wrapper<std::remove_reference_t<Result>>, Result>>;

template <class Result>
struct ForeignState : ForeignStateBase
{
    using ForeignStateBase::ForeignStateBase;
    std::optional<KeptResult<Result>> result;
};

struct Bridge
{
    struct promise_type
    {
        Bridge get_return_object() const noexcept { return {}; }
        std::suspend_never initial_suspend() const noexcept { return {}; }
        std::suspend_never final_suspend() const noexcept { return {}; } // never reached
        void return_void() const noexcept { }
        [[noreturn]] void unhandled_exception() const noexcept { std::terminate(); }
    };
};

// Keeps a finished bridge suspended. If an awaitable resumes it again, that is an error of the script and not a crash, since the most
// recent bridges of the program are kept.
class QSEAMSTRESS_EXPORT EndOfBridge
{
public:
    EndOfBridge(const ForeignStateBase &state, const std::type_info &type);
    Q_DISABLE_COPY_MOVE(EndOfBridge)
    bool await_ready() const noexcept { return false; }
    void await_suspend(std::coroutine_handle<> bridge) const;
    void await_resume(); // reports a second resume

private:
    const std::shared_ptr<ReadyTeller> m_readyTeller;
    const std::type_info &m_type;
    bool m_isTold = false;
};

// A plain awaiter is awaited as an lvalue: g++ 12 would copy an xvalue.
template <class T>
using Operand = std::conditional_t<HasMemberAwait<T> || HasFreeAwait<T>, T &&, std::remove_reference_t<T> &>;

template <class Result, class T>
Bridge bridge(T &&awaitable, std::shared_ptr<ForeignState<Result>> state)
{
    EndOfBridge end(*state, typeid(T));
    std::exception_ptr exception;
    try {
        if constexpr (std::is_void_v<Result>)
            co_await static_cast<Operand<T>>(awaitable);
        else
            state->result.emplace(co_await static_cast<Operand<T>>(awaitable));
    } catch (...) {
        exception = std::current_exception();
    }
    // Only after the awaiter is destroyed: the script continues, and destroys the awaitable.
    if (state) // null if the bridge was resumed before it was suspended
        std::exchange(state, {})->finish(std::move(exception));
    else
        end.await_resume();
    for (;;)
        co_await end;
}

template <class T>
struct AwaiterOf
{
    using Type = T;
};
template <HasMemberAwait T>
struct AwaiterOf<T>
{
    using Type = decltype(std::declval<T>().operator co_await());
};
template <HasFreeAwait T>
    requires(!HasMemberAwait<T>)
struct AwaiterOf<T>
{
    using Type = decltype(operator co_await(std::declval<T>()));
};

template <class T>
class ForeignAwaiter
{
public:
    using Result = decltype(std::declval<std::remove_reference_t<typename AwaiterOf<T>::Type> &>().await_resume());
    using Value = std::conditional_t<std::is_rvalue_reference_v<Result>, std::remove_reference_t<Result>, Result>;

    ForeignAwaiter(ScriptRunner *runner, T &&awaitable)
        : m_awaitable(std::forward<T>(awaitable))
        , m_state(std::make_shared<ForeignState<Value>>(runner))
    {
    }
    Q_DISABLE_COPY_MOVE(ForeignAwaiter)

    bool await_ready()
    {
        bridge<Value>(std::forward<T>(m_awaitable), m_state);
        return m_state->isFinished();
    }
    bool await_suspend(std::coroutine_handle<QSeamstressScript::promise_type> coroutine) { return m_state->suspend(coroutine, typeid(T)); }
    Value await_resume()
    {
        m_state->rethrow();
        if constexpr (!std::is_void_v<Value>)
            return static_cast<Value>(*std::move(m_state->result));
    }

private:
    T &&m_awaitable;
    std::shared_ptr<ForeignState<Value>> m_state;
};

} // namespace QSeamstressPrivate

struct QSEAMSTRESS_EXPORT QSeamstressScript::promise_type
{
    promise_type();
    ~promise_type();

    QSeamstressScript get_return_object() noexcept { return QSeamstressScript(std::coroutine_handle<promise_type>::from_promise(*this)); }
    std::suspend_always initial_suspend() const noexcept { return {}; }
    QSeamstressPrivate::FinalAwaiter final_suspend() const noexcept { return {}; }
    void return_void() const noexcept { }
    void unhandled_exception() noexcept { exception = std::current_exception(); }

    QSeamstressPrivate::PauseAwaiter yield_value(const QSeamstress::Pause &pause);

    template <class T>
    QSeamstressPrivate::FutureAwaiter<T> await_transform(const QFuture<T> &future)
    {
        return QSeamstressPrivate::FutureAwaiter<T>(future);
    }
    QSeamstressPrivate::SubScriptAwaiter await_transform(QSeamstressScript &&script) { return QSeamstressPrivate::SubScriptAwaiter(std::move(script)); }
    QSeamstressPrivate::NextTry await_transform(QSeamstressPrivate::NextTry next) noexcept { return next; }
    template <QSeamstressPrivate::Foreign T>
    auto await_transform(T &&awaitable)
    {
        static_assert(QSeamstressPrivate::Awaitable<T>,
                      "QSeamstress: co_await takes a QFuture, another QSeamstressScript, or an awaitable of another library. For a Qt "
                      "object, QCoro provides one: co_await qCoro(object, &Class::signal).");
        if constexpr (QSeamstressPrivate::Awaitable<T>)
            return QSeamstressPrivate::ForeignAwaiter<T>(runner, std::forward<T>(awaitable));
        else
            return std::suspend_never();
    }

    QSeamstressPrivate::ScriptRunner *runner = nullptr;
    std::coroutine_handle<> parent;
    std::exception_ptr exception;
    bool *isDestroyed = nullptr; // set to true by the destructor
};

#endif // QSEAMSTRESSPROMISE_H
