// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

#include "scriptrunner_p.h"

#include <QtCore/QAbstractEventDispatcher>
#include <QtCore/QCoreApplication>
#include <QtCore/QEventLoop>
#include <QtCore/QScopedValueRollback>
#include <QtCore/QThread>

#include "errordata_p.h"

namespace QSeamstressPrivate {

static thread_local ScriptRunner *currentRunner = nullptr;

ScriptRunner::ScriptRunner(const ScriptSource &source, Gate &gate, const QString &origin, const QString &name)
    : m_source(source)
    , m_gate(gate)
    , m_origin(origin)
    , m_name(name)
{
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
            goOn = awaitReady();
    }
    if (!goOn)
        m_errors.append(m_gate.stopError());
    if (const std::exception_ptr exception = script.m_coroutine.promise().exception)
        addException(exception);
    script.destroy(); // here, where what a destructor throws is caught
}

void ScriptRunner::suspendAtPausePoint(std::coroutine_handle<> coroutine)
{
    m_state = AtPausePoint;
    m_next = coroutine;
}

void ScriptRunner::suspendAwaiting(std::coroutine_handle<> coroutine)
{
    m_state = Awaiting;
    m_next = coroutine;
}

void ScriptRunner::requireEventLoop()
{
    if (!QCoreApplication::instance())
        throw ScriptFailure(QSeamstressError::InvalidUse,
                            QStringLiteral("co_await needs an event loop, and there is no QCoreApplication; make one in main()"));
}

bool ScriptRunner::awaitReady()
{
    QEventLoop loop; // makes the thread's dispatcher if it has none yet
    m_gate.beginAwaiting(QAbstractEventDispatcher::instance());
    while (!m_ready && m_gate.mayAwait())
        loop.processEvents(QEventLoop::WaitForMoreEvents);
    m_gate.endAwaiting();
    return std::exchange(m_ready, false);
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
