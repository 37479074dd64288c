// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

// How an executor ends: what its destructor does with a script that is not over, and with errors that nobody has seen.

#include <QtCore/QThread>

#include <algorithm>

#include "../base/stuckwatch_p.h"
#include "../script/errordata_p.h"
#include "../timeline/failurehandler_p.h"
#include "executordata_p.h"
#include "messages_p.h"

namespace QSeamstressPrivate {

// A destructor waits at most so long, or as long as the timeout property says if that is longer.
static constexpr int patienceOfDestructor = 5000; // ms

void ExecutorData::shutDown()
{
    // A slot that deletes the executor when it hears of a new phase must not hear of another one from the destructor.
    m_silent = true;
    m_notifications.clear();
    if (QThread::currentThread() != m_executor->thread()) {
        qWarning("%s: destroyed in a thread that does not own it. Delete it in its own thread, for example by deleteLater().",
                 m_executor->metaObject()->className());
        waitMode = QSeamstressExecutor::Blocking;
    }
    // Never ended: whoever calls a verb while events are processed is told that one is active.
    beginWaiting();
    if (isRunning())
        endScript();
    if (m_mailbox)
        m_unseen.append(m_mailbox->disown());
    reportUnseenErrors();
    Timeline::instance().executorDestroyed();
}

void ExecutorData::endScript()
{
    const bool mustNotGoOn = cancelsAfterFailure && hasTheTestFailed();
    const bool isCancelled = mustNotGoOn && cancelScript(Backend::PlainCode::Stays);
    if (!isCancelled && phase != QSeamstressExecutor::TearingDown)
        act({ Verb::Exit, "exit" });
    const int total = std::max(timeout, patienceOfDestructor);
    const Patience patience = Patience::fromProperty(total);
    if (!backend->isOnTheStack() && waitForScript(total, patience))
        return;
    if (isCancelled && backend->staysForEver()) {
        qWarning("%s stays at its pause point for ever, in a thread that is abandoned: the test has failed, and plain code cannot be ended where it is halted.", qPrintable(name()));
        backend->abandon();
    } else {
        abandon(patience);
    }
}

// False if it could not be ended.
bool ExecutorData::waitForScript(int total, const Patience &patience)
{
    // The last part of the time is for what remains to be done then.
    const int untilGivingUp = total / 5 * 4;
    // A script that would go on for ever but polls isInterruptionRequested() needs some time to see it.
    const int untilInterruption = timeout < 0 ? untilGivingUp : std::min(timeout, untilGivingUp);
    if (waitForEnd(untilInterruption))
        return true;
    backend->requestInterruption();
    if (waitForEnd(untilGivingUp - untilInterruption))
        return true;
    backend->giveUp(stillAlive(patience, {}));
    return waitForEnd(total - untilGivingUp);
}

bool ExecutorData::waitForEnd(int milliseconds)
{
    const Guard alive(m_executor);
    Patience patience = Patience::fromProperty(milliseconds);
    for (StuckWatch stuck;;) {
        deliver(alive);
        if (!isRunning())
            return true;
        backend->letGoFromBreakpoints();
        if (patience.isOver() || backend->staysForEver() || stuck.isSure([this] { return isStuck(); }))
            return false;
        waitOnce(std::min(patience.nextLook(), stuck.nextLook()));
    }
}

void ExecutorData::abandon(const Patience &patience)
{
    const QString consequence = backend->abandonedText();
    const QSeamstressError error = stillAlive(patience, (isStuck() ? stuckText() : QString()) + QLatin1Char(' ') + consequence);
    // A script that is over, in a thread that is not, has told what it threw.
    m_unseen.append(m_mailbox->disown());
    backend->abandon();
    if (m_isToldAlive && errorWasRead && hasFailedTheTest(this->error.message()))
        qWarning("%s has not ended. %s", qPrintable(name()), qPrintable(consequence)); // the rest has been told
    else
        m_unseen.append(error);
}

QSeamstressError ExecutorData::stillAlive(const Patience &patience, const QString &consequence) const
{
    const QString text = stillAliveText(name(), patience, passedPoints(), activity());
    return makeError(backend->stillAliveCode(), text + consequence);
}

void ExecutorData::reportUnseenErrors()
{
    if (const QList<QSeamstressError> unseen = std::exchange(m_unseen, {}); !unseen.isEmpty())
        reportFailure(ErrorData::messagesOf(unseen));
}

} // namespace QSeamstressPrivate
