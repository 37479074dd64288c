// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

// What an executor receives from its script and reports to its user: events, errors, signals.

#include "../script/errordata_p.h"
#include "executordata_p.h"
#include "messages_p.h"

namespace QSeamstressPrivate {

// After a script has ended, its thread runs no user code except destructors of thread_local variables. The rest takes microseconds. If it
// takes longer, the waiting verb tries again until its own deadline.
static constexpr int joinTimeout = 100; // ms

void ExecutorData::hear()
{
    if (m_mailbox)
        m_mailbox->heard();
}

void ExecutorData::handleEvents()
{
    const Guard alive(m_executor);
    const RealTime realTime;
    while (alive && m_mailbox) {
        const std::optional<ScriptEvent> event = m_mailbox->take();
        if (!event)
            return;
        if (event->type == ScriptEvent::Halted) {
            halt(*event);
        } else if (backend->join(QDeadlineTimer(joinTimeout))) {
            isOver(event->errors);
        } else {
            m_mailbox->putBack(*event);
            return;
        }
        notifications.emitAll();
    }
}

void ExecutorData::halt(const ScriptEvent &event)
{
    if (event.order != m_order)
        return; // it was asked to continue before the owner received this event
    pausePoint = event.point;
    pauseValue = event.value;
    setPhase(QSeamstressExecutor::Paused);
    notifications.add([point = event.point](QSeamstressExecutor *executor) { Q_EMIT executor->paused(point); });
}

void ExecutorData::isOver(const QList<QSeamstressError> &theirErrors)
{
    m_namedLock.reset();
    setPhase(theirErrors.isEmpty() ? QSeamstressExecutor::Finished : QSeamstressExecutor::Failed);
    errors.scriptHas(theirErrors);
    notifications.add(&QSeamstressExecutor::finished);
}

ExecutorData::Outcome ExecutorData::neverPaused()
{
    errors.verbFailed(makeError(QSeamstressError::NeverPaused, neverPausedText(name(), isRunning(), m_target, passedPoints())));
    return Outcome::Failed;
}

ExecutorData::Outcome ExecutorData::doesNotDoThat(const Request &request)
{
    errors.verbFailed(makeError(QSeamstressError::NotBlocked, doesNotDoThatText(name(), request, phase, passedPoints())));
    return Outcome::Failed;
}

QSeamstressError ExecutorData::makeError(QSeamstressError::Code code, const QString &text) const
{
    return ErrorData::make(code, text, m_executor->objectName());
}

ExecutorData::Outcome ExecutorData::misuse(const char *function, const QString &text)
{
    warn(function, text);
    errors.verbFailed(makeError(QSeamstressError::InvalidUse, QStringLiteral("%1 %2.").arg(name(), text)));
    return Outcome::Failed;
}

void ExecutorData::warn(const char *function, const QString &text) const
{
    m_executor->misused(QStringLiteral("%1::%2: %3 %4.").arg(QLatin1String(m_executor->metaObject()->className()), QLatin1String(function), name(), text));
}

void ExecutorData::setPhase(Phase newPhase)
{
    phase = newPhase;
    if (newPhase != QSeamstressExecutor::Paused) {
        pausePoint.clear();
        pauseValue.clear();
    }
    notifications.add([newPhase](QSeamstressExecutor *executor) { Q_EMIT executor->phaseChanged(newPhase); });
}

QString ExecutorData::name() const
{
    const QString name = m_executor->objectName();
    return name.isEmpty() ? QStringLiteral("The unnamed %1").arg(QLatin1String(m_executor->metaObject()->className())) : QStringLiteral("\"%1\"").arg(name);
}

} // namespace QSeamstressPrivate
