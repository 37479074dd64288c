// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

#include "qseamstressscript.h"

#include <utility>

#include "errordata_p.h"
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
