// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

#include "scriptrunner_p.h"

#include <QtCore/QCoreApplication>
#include <QtCore/QScopedValueRollback>

#include <utility>
#include <vector>

#include "errordata_p.h"

namespace QSeamstressPrivate {

static thread_local ScriptRunner *currentRunner = nullptr;

void ReadyTeller::tell()
{
    const std::lock_guard lock(m_mutex);
    if (m_gate)
        m_gate->setReady();
}

void ReadyTeller::forget()
{
    const std::lock_guard lock(m_mutex);
    m_gate = nullptr;
}

// Scripts that wait in an awaitable of another library, which may resume them, or never. They are leaked, and stay reachable.
static void leak(QSeamstressScript &&script)
{
    static std::mutex mutex;
    static auto *const scripts = new std::vector<QSeamstressScript>;
    const std::lock_guard lock(mutex);
    scripts->push_back(std::move(script));
}

ScriptRunner::ScriptRunner(const ScriptSource &source, Gate &gate, const QString &origin, const QString &name)
    : m_source(source)
    , m_gate(gate)
    , m_origin(origin)
    , m_name(name)
{
}

ScriptRunner::~ScriptRunner()
{
    if (m_readyTeller)
        m_readyTeller->forget();
}

ScriptRunner *ScriptRunner::current()
{
    return currentRunner;
}

QList<QSeamstressError> ScriptRunner::run()
{
    // Restored afterwards: a script may run another one.
    const QScopedValueRollback<ScriptRunner *> rollback(currentRunner, this);
    try {
        QSeamstressScript script = m_source.makeScript();
        if (!script.m_coroutine)
            throw ScriptFailure(QSeamstressError::InvalidUse,
                                QStringLiteral("its callable returned a QSeamstressScript that was moved from; return a new one each time"));
        resumeToTheEnd(script);
    } catch (...) {
        addException(std::current_exception());
    }
    return m_errors;
}

void ScriptRunner::resumeToTheEnd(QSeamstressScript &script)
{
    script.m_coroutine.promise().runner = this;
    m_next = script.m_coroutine;
    bool goOn = true;
    while (goOn && m_next) {
        m_state = Running;
        std::exchange(m_next, {}).resume();
        if (m_state == AtPausePoint)
            goOn = reach(m_pause.point, m_pause.value, Gate::Halt::InCoroutine);
        else if (m_state == Awaiting)
            goOn = m_gate.awaitReady(m_awaited);
    }
    if (!goOn)
        m_errors.append(stopError());
    if (const std::exception_ptr exception = script.m_coroutine.promise().exception)
        addException(exception);
    if (!goOn && m_state == Awaiting && m_awaitsForeign)
        leak(std::move(script));
    else
        script.destroy(); // here, where what a destructor throws is caught
}

void ScriptRunner::suspendAtPausePoint(std::coroutine_handle<> coroutine)
{
    m_state = AtPausePoint;
    m_next = coroutine;
}

void ScriptRunner::suspendAwaiting(std::coroutine_handle<> coroutine, const QString &what, bool isForeign)
{
    m_state = Awaiting;
    m_next = coroutine;
    m_awaited = what;
    m_awaitsForeign = isForeign;
}

std::shared_ptr<ReadyTeller> ScriptRunner::readyTeller()
{
    if (!m_readyTeller)
        m_readyTeller = std::make_shared<ReadyTeller>(&m_gate);
    return m_readyTeller;
}

void ScriptRunner::requireEventLoop()
{
    if (!QCoreApplication::instance())
        throw ScriptFailure(QSeamstressError::InvalidUse,
                            QStringLiteral("co_await needs an event loop, and there is no QCoreApplication; make one in main()"));
}

QSeamstressError ScriptRunner::stopError() const
{
    const QSeamstressError error = m_gate.stopError();
    if (m_state != Awaiting)
        return error;
    const QString consequence = m_awaitsForeign
        ? QStringLiteral(" So its coroutine was leaked, with its local variables: %1, which it awaits, might still resume it. Make that end before the executor is destroyed.").arg(m_awaited)
        : QStringLiteral(" So its coroutine was destroyed where it waited, with its local variables.");
    return ErrorData::withMessage(error, error.message() + consequence);
}

bool ScriptRunner::reach(const QString &point, const QVariant &value, Gate::Halt where)
{
    m_hasPaused = true;
    m_lastPoint = point;
    return m_gate.reach(point, value, where);
}

void ScriptRunner::pause(const QString &point, const QVariant &value)
{
    reach(point, value, Gate::Halt::InPlainCode);
}

void ScriptRunner::addException(const std::exception_ptr &exception)
{
    QString where = QStringLiteral(" before its first pause point");
    if (m_hasPaused)
        where = m_lastPoint.isEmpty() ? QStringLiteral(" after its last pause point") : QStringLiteral(" after its pause point \"%1\"").arg(m_lastPoint);
    m_errors.append(ErrorData::fromException(exception, m_origin, m_name, where));
}

} // namespace QSeamstressPrivate
