// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

#include "qseamstressscript.h"

#include <QtCore/QFutureWatcher>

#include <utility>

#include "errordata_p.h"
#include "qseamstressscriptsource.h"
#include "scriptrunner_p.h"

using namespace QSeamstressPrivate;

QSeamstressScript::QSeamstressScript(std::coroutine_handle<promise_type> coroutine) noexcept
    : m_coroutine(coroutine)
{
}

/*!
    Takes over the coroutine of \a other, which has none afterwards.
*/
QSeamstressScript::QSeamstressScript(QSeamstressScript &&other) noexcept
    : m_coroutine(std::exchange(other.m_coroutine, {}))
{
}

/*!
    Exchanges the coroutines of this and \a other, and returns this.
*/
QSeamstressScript &QSeamstressScript::operator=(QSeamstressScript &&other) noexcept
{
    std::swap(m_coroutine, other.m_coroutine);
    return *this;
}

/*!
    Destroys the coroutine, if there is one: its local variables with it, where it is suspended.
*/
QSeamstressScript::~QSeamstressScript()
{
    destroy();
}

// So often one is destroyed that goes on instead.
static constexpr int maximumOfDestructions = 100;

void QSeamstressScript::destroy()
{
    const auto coroutine = std::exchange(m_coroutine, {});
    if (!coroutine)
        return;
    // If the destructor of a local variable throws, destroy() returns, and the coroutine is not destroyed: it has caught the exception, as if
    // it had been running, and is suspended at its end, or where it has gone on to. What it throws is told only when it is gone, since its runner may
    // be in there.
    bool isDestroyed = false;
    coroutine.promise().isDestroyed = &isDestroyed;
    ScriptRunner *const runner = coroutine.promise().runner; // not null if it has run
    std::exception_ptr exception;
    for (int time = 0; !isDestroyed; ++time) {
        if (time == maximumOfDestructions) {
            coroutine.promise().isDestroyed = nullptr;
            exception = std::make_exception_ptr(ScriptFailure(QSeamstressError::InvalidUse,
                                                              QStringLiteral("its coroutine was leaked, since it catches what a destructor in it throws, and goes on, again and again")));
            break;
        }
        coroutine.destroy();
        if (!isDestroyed && coroutine.promise().exception)
            exception = coroutine.promise().exception;
    }
    if (exception)
        runner->addException(exception);
}

QSeamstressScript::promise_type::promise_type() = default;

QSeamstressScript::promise_type::~promise_type()
{
    if (isDestroyed)
        *isDestroyed = true;
}

PauseAwaiter QSeamstressScript::promise_type::yield_value(const QSeamstress::Pause &pause)
{
    runner->setPause(pause);
    return {};
}

void PauseAwaiter::await_suspend(std::coroutine_handle<QSeamstressScript::promise_type> coroutine) const noexcept
{
    coroutine.promise().runner->suspend(ScriptRunner::AtPausePoint, coroutine);
}

void NextTry::await_suspend(std::coroutine_handle<QSeamstressScript::promise_type> coroutine) const noexcept
{
    coroutine.promise().runner->suspend(ScriptRunner::Retrying, coroutine);
}

void FinalAwaiter::await_suspend(std::coroutine_handle<QSeamstressScript::promise_type> coroutine) const noexcept
{
    coroutine.promise().runner->resumeNext(coroutine.promise().parent);
}

SubScriptAwaiter::SubScriptAwaiter(QSeamstressScript &&script)
    : m_script(std::move(script))
{
    if (!m_script.m_coroutine)
        throw ScriptFailure(QSeamstressError::InvalidUse, QStringLiteral("it awaits a QSeamstressScript that was moved from; make a new one"));
}

void SubScriptAwaiter::await_suspend(std::coroutine_handle<QSeamstressScript::promise_type> parent)
{
    QSeamstressScript::promise_type &promise = m_script.m_coroutine.promise();
    promise.runner = parent.promise().runner;
    promise.parent = parent;
    promise.runner->resumeNext(m_script.m_coroutine);
}

void SubScriptAwaiter::await_resume()
{
    if (const std::exception_ptr exception = m_script.m_coroutine.promise().exception)
        std::rethrow_exception(exception);
}

FutureAwaiterBase::FutureAwaiterBase(const QFuture<void> &future)
    : m_future(future)
{
}

FutureAwaiterBase::~FutureAwaiterBase() = default;

bool FutureAwaiterBase::await_ready() const
{
    return m_future.isFinished();
}

void FutureAwaiterBase::await_suspend(std::coroutine_handle<QSeamstressScript::promise_type> coroutine)
{
    ScriptRunner::requireEventLoop();
    ScriptRunner *const runner = coroutine.promise().runner;
    // A watcher, since a continuation by then() would replace the one that the future may have already.
    auto watch = std::make_unique<QFutureWatcher<void>>();
    QObject::connect(watch.get(), &QFutureWatcher<void>::finished, watch.get(), [runner] { runner->setReady(); });
    watch->setFuture(m_future);
    m_watch = std::move(watch);
    runner->suspendAwaiting(coroutine, QStringLiteral("a QFuture"), false);
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

void QSeamstressPrivate::failSetUp(const char *reason)
{
    throw ScriptFailure(QSeamstressError::SetUpFailed, QStringLiteral("its set-up failed, since %1").arg(QString::fromUtf8(reason)));
}
