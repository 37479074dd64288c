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
    Move-constructs a script from \a other, which has no coroutine afterwards.
*/
QSeamstressScript::QSeamstressScript(QSeamstressScript &&other) noexcept
    : m_coroutine(std::exchange(other.m_coroutine, {}))
{
}

/*!
    Swaps the coroutines of this script and \a other, and returns a reference to this script.
*/
QSeamstressScript &QSeamstressScript::operator=(QSeamstressScript &&other) noexcept
{
    std::swap(m_coroutine, other.m_coroutine);
    return *this;
}

/*!
    Destroys the script. If its coroutine is suspended, the coroutine is destroyed with its local variables.
*/
QSeamstressScript::~QSeamstressScript()
{
    destroy();
}

// The maximum number of attempts to destroy a coroutine that continues instead.
static constexpr int maximumOfDestructions = 100;

void QSeamstressScript::destroy()
{
    const auto coroutine = std::exchange(m_coroutine, {});
    if (!coroutine)
        return;
    // If the destructor of a local variable throws, destroy() returns without having destroyed the coroutine: the coroutine catches the
    // exception as if it were running, and is suspended at its end or at a later suspension point. The exception is reported only after
    // the coroutine is destroyed.
    bool isDestroyed = false;
    coroutine.promise().isDestroyed = &isDestroyed;
    ScriptRunner *const runner = coroutine.promise().runner; // not null if the coroutine has run
    std::exception_ptr exception;
    for (int time = 0; !isDestroyed; ++time) {
        if (time == maximumOfDestructions) {
            coroutine.promise().isDestroyed = nullptr;
            exception = std::make_exception_ptr(ScriptFailure(QSeamstressError::InvalidUse,
                                                              QStringLiteral("its coroutine was leaked: each time it was destroyed, it caught an exception that a destructor threw, and continued; do not throw from destructors")));
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
        throw ScriptFailure(QSeamstressError::InvalidUse, QStringLiteral("it awaits a QSeamstressScript that was moved from; create a new one"));
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
    // A watcher, since then() would replace a continuation that the future may already have.
    auto watch = std::make_unique<QFutureWatcher<void>>();
    QObject::connect(watch.get(), &QFutureWatcher<void>::finished, watch.get(), [runner] { runner->setReady(); });
    watch->setFuture(m_future);
    m_watch = std::move(watch);
    runner->suspendAwaiting(coroutine, QStringLiteral("a QFuture"), false);
}

void FutureAwaiterBase::rethrowFailure()
{
    try {
        m_future.waitForFinished(); // it is finished; this throws the exception that it holds
    } catch (const QUnhandledException &unhandled) {
        if (unhandled.exception())
            std::rethrow_exception(unhandled.exception());
        throw;
    }
}

void FutureAwaiterBase::throwNoResult()
{
    throw QSeamstressException(ErrorData::make(QSeamstressError::Exception,
                                               QStringLiteral("the awaited QFuture finished without a result: it was cancelled, or its QPromise was destroyed before finish()")));
}

void QSeamstressPrivate::failSetUp(const char *reason)
{
    throw ScriptFailure(QSeamstressError::SetUpFailed, QStringLiteral("its set-up failed because %1").arg(QString::fromUtf8(reason)));
}
