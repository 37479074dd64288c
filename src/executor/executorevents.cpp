// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

// What an executor hears from its script, and what it tells its user: events, errors, signals.

#include <QtCore/QMetaMethod>

#include <utility>

#include "../script/errordata_p.h"
#include "../timeline/failurehandler_p.h"
#include "executordata_p.h"
#include "messages_p.h"

namespace QSeamstressPrivate {

// A script that has ended is past all of the user's code but the destructors of what its thread stores: what is left takes
// microseconds. Where it takes longer, whoever waits looks again until its own deadline.
static constexpr int joinTimeout = 100; // ms

void ExecutorData::hear()
{
    if (m_mailbox)
        m_mailbox->heard();
}

void ExecutorData::handleEvents()
{
    deliver(Guard(m_executor));
}

void ExecutorData::deliver(const Guard &alive)
{
    while (alive && m_mailbox) {
        const std::optional<ScriptEvent> event = m_mailbox->take();
        if (!event)
            return;
        if (event->type == ScriptEvent::Halted) {
            halt(*event);
        } else if (!end(*event)) {
            m_mailbox->putBack(*event);
            return;
        }
        m_notifications.emitAll();
    }
}

void ExecutorData::halt(const ScriptEvent &event)
{
    if (event.order != m_order)
        return; // it was told to go on before the owner heard of this halt
    pausePoint = event.point;
    pauseValue = event.value;
    setPhase(QSeamstressExecutor::Paused);
    m_notifications.add([point = event.point](QSeamstressExecutor *executor) { Q_EMIT executor->paused(point); });
}

bool ExecutorData::end(const ScriptEvent &event)
{
    if (!backend->join(QDeadlineTimer(joinTimeout)))
        return false;
    isOver(event.errors);
    return true;
}

void ExecutorData::isOver(const QList<QSeamstressError> &theirErrors)
{
    m_namedLock.reset();
    errors = theirErrors;
    m_unseen = errors;
    setPhase(errors.isEmpty() ? QSeamstressExecutor::Finished : QSeamstressExecutor::Failed);
    for (const QSeamstressError &each : std::as_const(errors)) {
        m_notifications.add([this, each](QSeamstressExecutor *executor) {
            static const QMetaMethod signal = QMetaMethod::fromSignal(&QSeamstressExecutor::errorOccurred);
            if (executor->isSignalConnected(signal) && !executor->signalsBlocked())
                m_unseen.removeAll(each);
            Q_EMIT executor->errorOccurred(each);
        });
    }
    tellScriptsErrors();
    m_notifications.add([](QSeamstressExecutor *executor) { Q_EMIT executor->finished(); });
}

// Also where a verb that failed for another reason has told that meanwhile.
void ExecutorData::tellScriptsErrors()
{
    if (errors.isEmpty() || std::exchange(m_isScriptsError, true))
        return;
    error = ErrorData::withMessage(errors.first(), ErrorData::messagesOf(errors));
    m_notifications.add([](QSeamstressExecutor *executor) { Q_EMIT executor->errorChanged(); });
}

void ExecutorData::seeError()
{
    if (m_isScriptsError)
        seeErrors();
}

void ExecutorData::neverPaused()
{
    const PassedPoints passed = passedPoints();
    const QString text = isRunning() ? doesNotHaltText(name(), passed) : neverPausedText(name(), m_target, passed);
    fail(makeError(QSeamstressError::NeverPaused, text));
}

void ExecutorData::doesNotDoThat(const Request &request)
{
    fail(makeError(QSeamstressError::NotBlocked, doesNotDoThatText(name(), request.activity, request.lock, phase, passedPoints())));
}

QSeamstressError ExecutorData::makeError(QSeamstressError::Code code, const QString &text) const
{
    return ErrorData::make(code, text, m_executor->objectName());
}

void ExecutorData::fail(const QSeamstressError &newError)
{
    error = newError;
    m_isScriptsError = false;
    m_notifications.add([newError](QSeamstressExecutor *executor) { Q_EMIT executor->errorOccurred(newError); });
    m_notifications.add([](QSeamstressExecutor *executor) { Q_EMIT executor->errorChanged(); });
}

ExecutorData::Outcome ExecutorData::misuse(const char *function, const QString &text)
{
    warn(function, text);
    fail(makeError(QSeamstressError::InvalidUse, QStringLiteral("%1 %2.").arg(name(), text)));
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
    m_notifications.add([newPhase](QSeamstressExecutor *executor) { Q_EMIT executor->phaseChanged(newPhase); });
}

void ExecutorData::reportUnseenErrors()
{
    if (const QList<QSeamstressError> unseen = std::exchange(m_unseen, {}); !unseen.isEmpty())
        reportFailure(ErrorData::messagesOf(unseen));
}

QString ExecutorData::name() const
{
    const QString name = m_executor->objectName();
    return name.isEmpty() ? QStringLiteral("The %1 without a name").arg(QLatin1String(m_executor->metaObject()->className())) : QStringLiteral("\"%1\"").arg(name);
}

} // namespace QSeamstressPrivate
