// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

#include "shutdown_p.h"

#include <algorithm>

#include "../base/lookinterval_p.h"
#include "../script/errordata_p.h"
#include "../timeline/failurehandler_p.h"
#include "messages_p.h"

namespace QSeamstressPrivate {

// A destructor waits for at most this time, or for the timeout property if that is longer.
static constexpr int patienceOfDestructor = 5000; // ms

Shutdown::Shutdown(ExecutorData &executor)
    : m_executor(executor)
    , m_total(std::max(executor.timeout, patienceOfDestructor))
    , m_patience(Patience::fromProperty(m_total))
{
}

void Shutdown::endScript()
{
    Backend &backend = *m_executor.backend;
    const bool mustNotGoOn = m_executor.cancelsAfterFailure && hasTheTestFailed();
    const bool isCancelled = mustNotGoOn && m_executor.cancelScript(Backend::PlainCode::Stays);
    if (!isCancelled && m_executor.phase != QSeamstressExecutor::TearingDown)
        m_executor.act({ Verb::Exit, "exit" });
    if (!backend.isOnTheStack() && waitForScript())
        return;
    if (isCancelled && staysForEver()) {
        qWarning("%s stays paused forever, in an abandoned thread: the test has failed, and plain code cannot be ended where it is paused.", qPrintable(m_executor.name()));
        backend.abandon();
    } else {
        abandon();
    }
}

// Returns false if the script could not be ended.
bool Shutdown::waitForScript()
{
    // The last part of the time is for the end of the script after giveUp().
    const int untilGivingUp = m_total / 5 * 4;
    // A script that runs forever but polls isInterruptionRequested() needs time to notice the request.
    const int untilInterruption = m_executor.timeout < 0 ? untilGivingUp : std::min(m_executor.timeout, untilGivingUp);
    if (waitForEnd(untilInterruption))
        return true;
    m_executor.backend->requestInterruption();
    if (waitForEnd(untilGivingUp - untilInterruption))
        return true;
    m_executor.backend->giveUp(stillAlive({}));
    return waitForEnd(m_total - untilGivingUp);
}

bool Shutdown::waitForEnd(int milliseconds)
{
    Patience patience = Patience::fromProperty(milliseconds);
    StuckWatch stuck;
    for (EventWait events;;) {
        m_executor.handleEvents();
        if (!m_executor.isRunning())
            return true;
        m_executor.backend->letGoFromBreakpoints();
        if (!patience.tick() || staysForEver() || stuck.isSure([this] { return m_executor.isStuck(); }))
            return false;
        m_executor.waitStep(events, std::min(patience.nextTick(), stuck.nextLook()));
    }
}

// Whether the script is paused where it cannot be ended.
bool Shutdown::staysForEver() const
{
    return m_executor.backend->activity(false).detail == ActivityReport::HeldForEver;
}

void Shutdown::abandon()
{
    const QSeamstressError error = stillAlive((m_executor.isStuck() ? stuckText() : QString()) + QLatin1Char(' '));
    // A script that has ended, in a thread that has not, has reported what it threw.
    m_executor.errors.addUnseen(m_executor.m_mailbox->disown());
    const QString consequence = m_executor.backend->abandon();
    if (m_executor.errors.isToldAlive())
        qWarning("%s has not ended. %s", qPrintable(m_executor.name()), qPrintable(consequence)); // the rest has been reported
    else
        m_executor.errors.addUnseen({ ErrorData::withMessage(error, error.message() + consequence) });
}

QSeamstressError Shutdown::stillAlive(const QString &consequence) const
{
    const QString text = timedOutText(m_executor.name(), { Verb::Exit, "exit" }, m_executor.m_target, m_patience, m_executor.passedPoints(), m_executor.activity());
    return m_executor.makeError(m_executor.backend->stillAliveCode, text + consequence);
}

} // namespace QSeamstressPrivate
