// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

#include "qseamstresspromise.h"

#include <QtCore/QFutureWatcher>

#include "errordata_p.h"
#include "exceptiontext_p.h"
#include "scriptrunner_p.h"

using namespace QSeamstressPrivate;

QSeamstressScript::promise_type::promise_type() = default;

QSeamstressScript::promise_type::~promise_type()
{
    if (isDestroyed)
        *isDestroyed = true;
}

QSeamstressScript QSeamstressScript::promise_type::get_return_object() noexcept
{
    return QSeamstressScript(std::coroutine_handle<promise_type>::from_promise(*this));
}

FinalAwaiter QSeamstressScript::promise_type::final_suspend() const noexcept
{
    return FinalAwaiter(runner, parent);
}

void QSeamstressScript::promise_type::unhandled_exception() noexcept
{
    exception = std::current_exception();
}

PauseAwaiter QSeamstressScript::promise_type::yield_value(const QSeamstress::Pause &pause)
{
    return PauseAwaiter(runner, pause);
}

SubScriptAwaiter QSeamstressScript::promise_type::await_transform(QSeamstressScript &&script)
{
    return SubScriptAwaiter(runner, std::move(script));
}

RetryAwaiter QSeamstressScript::promise_type::await_transform(NextTry)
{
    return RetryAwaiter(runner);
}

PauseAwaiter::PauseAwaiter(ScriptRunner *runner, const QSeamstress::Pause &pause)
    : m_runner(runner)
{
    m_runner->setPause(pause);
}

void PauseAwaiter::await_suspend(std::coroutine_handle<> coroutine) const noexcept
{
    m_runner->suspendAtPausePoint(coroutine);
}

RetryAwaiter::RetryAwaiter(ScriptRunner *runner)
    : m_runner(runner)
{
}

void RetryAwaiter::await_suspend(std::coroutine_handle<> coroutine) const noexcept
{
    m_runner->suspendToRetry(coroutine);
}

SubScriptAwaiter::SubScriptAwaiter(ScriptRunner *runner, QSeamstressScript &&script)
    : m_runner(runner)
    , m_script(std::move(script))
{
    if (!m_script.m_coroutine)
        throw ScriptFailure(QSeamstressError::InvalidUse, QStringLiteral("it awaits a QSeamstressScript that was moved from; make a new one"));
}

void SubScriptAwaiter::await_suspend(std::coroutine_handle<> parent)
{
    QSeamstressScript::promise_type &promise = m_script.m_coroutine.promise();
    promise.runner = m_runner;
    promise.parent = parent;
    m_runner->resumeNext(m_script.m_coroutine);
}

void SubScriptAwaiter::await_resume()
{
    if (const std::exception_ptr exception = m_script.m_coroutine.promise().exception)
        std::rethrow_exception(exception);
}

FinalAwaiter::FinalAwaiter(ScriptRunner *runner, std::coroutine_handle<> parent) noexcept
    : m_runner(runner)
    , m_parent(parent)
{
}

void FinalAwaiter::await_suspend(std::coroutine_handle<>) const noexcept
{
    m_runner->resumeNext(m_parent);
}

namespace QSeamstressPrivate {
class FutureWatch : public QFutureWatcher<void>
{
};
}

FutureAwaiterBase::FutureAwaiterBase(ScriptRunner *runner, const QFuture<void> &future)
    : m_runner(runner)
    , m_future(future)
{
}

FutureAwaiterBase::~FutureAwaiterBase() = default;

bool FutureAwaiterBase::await_ready() const
{
    return m_future.isFinished();
}

void FutureAwaiterBase::await_suspend(std::coroutine_handle<> coroutine)
{
    ScriptRunner::requireEventLoop();
    // A watcher, since a continuation by then() would replace the one that the future may have already.
    m_watch = std::make_unique<FutureWatch>();
    QObject::connect(m_watch.get(), &FutureWatch::finished, m_watch.get(), [runner = m_runner] { runner->setReady(); });
    m_watch->setFuture(m_future);
    m_runner->suspendAwaiting(coroutine, QStringLiteral("a QFuture"), false);
}

void FutureAwaiterBase::rethrowFailure()
{
    try {
        m_future.waitForFinished(); // it is; this throws what it holds
    } catch (const QUnhandledException &unhandled) {
        if (unhandled.exception())
            std::rethrow_exception(unhandled.exception());
        throw;
    }
}

void FutureAwaiterBase::throwNoResult()
{
    throw QSeamstressException(ErrorData::make(QSeamstressError::Exception,
                                               QStringLiteral("the awaited QFuture ended without a result: it was cancelled, or its QPromise was destroyed before it was finished")));
}
