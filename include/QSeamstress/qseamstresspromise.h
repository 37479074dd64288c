// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

// What the compiler needs to turn a function into a script. Not part of the API: include <QSeamstressScript>.

#ifndef QSEAMSTRESSPROMISE_H
#define QSEAMSTRESSPROMISE_H

#include <QtCore/QException>
#include <QtCore/QFuture>

#include <exception>
#include <memory>
#include <type_traits>

#include "qseamstressscript.h"

namespace QSeamstressPrivate {

class FutureWatch;

// Awaiters have constructors on purpose: g++ 12 destroys a temporary awaiter twice if it is an aggregate.

// Suspends the script and hands it back to the ScriptRunner that resumed it.
class QSEAMSTRESS_EXPORT PauseAwaiter
{
public:
    PauseAwaiter(ScriptRunner *runner, const QSeamstress::Pause &pause);
    bool await_ready() const noexcept { return false; }
    void await_suspend(std::coroutine_handle<> coroutine) const noexcept;
    void await_resume() const noexcept { }

private:
    ScriptRunner *m_runner;
};

// Runs a sub-script inside the script that awaits it; what it throws comes out of the co_await.
class QSEAMSTRESS_EXPORT SubScriptAwaiter
{
public:
    SubScriptAwaiter(ScriptRunner *runner, QSeamstressScript &&script);
    bool await_ready() const noexcept { return false; }
    void await_suspend(std::coroutine_handle<> parent);
    void await_resume();

private:
    ScriptRunner *m_runner;
    QSeamstressScript m_script;
};

// At its end a sub-script hands over to the script that awaits it.
class QSEAMSTRESS_EXPORT FinalAwaiter
{
public:
    FinalAwaiter(ScriptRunner *runner, std::coroutine_handle<> parent) noexcept;
    bool await_ready() const noexcept { return false; }
    void await_suspend(std::coroutine_handle<>) const noexcept;
    void await_resume() const noexcept { }

private:
    ScriptRunner *m_runner;
    std::coroutine_handle<> m_parent;
};

// The part of FutureAwaiter that does not depend on the type of the result.
class QSEAMSTRESS_EXPORT FutureAwaiterBase
{
public:
    FutureAwaiterBase(ScriptRunner *runner, const QFuture<void> &future);
    FutureAwaiterBase(const FutureAwaiterBase &) = delete;
    FutureAwaiterBase &operator=(const FutureAwaiterBase &) = delete;
    ~FutureAwaiterBase();
    bool await_ready() const;
    void await_suspend(std::coroutine_handle<> coroutine);

protected:
    void rethrowFailure();
    [[noreturn]] static void throwNoResult();

private:
    ScriptRunner *m_runner;
    QFuture<void> m_future;
    std::unique_ptr<FutureWatch> m_watch;
};

template <class T>
class FutureAwaiter : public FutureAwaiterBase
{
public:
    FutureAwaiter(ScriptRunner *runner, const QFuture<T> &future)
        : FutureAwaiterBase(runner, QFuture<void>(future))
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

} // namespace QSeamstressPrivate

struct QSEAMSTRESS_EXPORT QSeamstressScript::promise_type
{
    promise_type();
    ~promise_type();

    QSeamstressScript get_return_object() noexcept;
    std::suspend_always initial_suspend() const noexcept { return {}; }
    QSeamstressPrivate::FinalAwaiter final_suspend() const noexcept;
    void return_void() const noexcept { }
    void unhandled_exception() noexcept;

    QSeamstressPrivate::PauseAwaiter yield_value(const QSeamstress::Pause &pause);

    template <class T>
    QSeamstressPrivate::FutureAwaiter<T> await_transform(const QFuture<T> &future)
    {
        return QSeamstressPrivate::FutureAwaiter<T>(runner, future);
    }
    QSeamstressPrivate::SubScriptAwaiter await_transform(QSeamstressScript &&script);

    QSeamstressPrivate::ScriptRunner *runner = nullptr;
    std::coroutine_handle<> parent;
    std::exception_ptr exception;
    bool *endedInstead = nullptr; // of being destroyed, by an exception
};

#endif // QSEAMSTRESSPROMISE_H
