// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

#include "verbwait_p.h"

#include <QtCore/QCoreApplication>

#include <algorithm>

#include "../base/activitytext_p.h"
#include "../base/lookinterval_p.h"
#include "../platform/platform_p.h"
#include "messages_p.h"

namespace QSeamstressPrivate {

VerbWait::VerbWait(ExecutorData &executor, const Request &request, Patience &patience)
    : m_executor(executor)
    , m_alive(executor.m_executor)
    , m_request(request)
    , m_patience(patience)
    , m_waitsForActivity(request.verb == Verb::WaitForActivity)
{
}

bool VerbWait::wait()
{
    LookInterval interval;
    StuckWatch stuck;
    EventWait events;
    for (bool isLastLook = false;;) {
        const std::optional<bool> result = look();
        if (!m_alive)
            return false;
        if (result)
            return *result;
        const bool isSureToBeStuck = !m_waitsForActivity && stuck.isSure([this] { return m_executor.isStuck(); });
        if (isSureToBeStuck || isLastLook) {
            timedOut(isSureToBeStuck);
            m_executor.notifications.emitAll();
            return false;
        }
        // Also after the deadline: a script on this event loop runs only while this waits, and reports of another process arrive only then.
        isLastLook = !m_patience.tick();
        m_executor.waitStep(events, isLastLook ? QDeadlineTimer() : std::min(m_patience.nextTick(), m_waitsForActivity ? interval.next() : stuck.nextLook()));
    }
}

// Handles new events, and returns whether the verb has succeeded. Empty while the script is still running.
std::optional<bool> VerbWait::look()
{
    if (m_alive) // otherwise an event has deleted it
        m_executor.handleEvents();
    const std::optional<bool> result = m_alive ? verdict() : std::nullopt;
    // The script may have paused since then, and be blocked in a slot.
    if (result.value_or(false) && m_waitsForActivity && m_executor.isRunning() && m_executor.backend->runsWhilePaused())
        m_executor.handleEvents();
    if (m_alive && result)
        m_executor.notifications.emitAll();
    return result;
}

std::optional<bool> VerbWait::verdict()
{
    if (m_waitsForActivity) {
        if (doesThat())
            return true;
        if (m_executor.isRunning() && (m_executor.phase != QSeamstressExecutor::Paused || m_executor.backend->runsWhilePaused()))
            return {};
        if (m_executor.phase != QSeamstressExecutor::Failed)
            m_executor.doesNotDoThat(m_request);
        return false;
    }

    switch (m_executor.phase) {
    case QSeamstressExecutor::Paused:
        if (m_request.verb != Verb::WaitForFinished)
            return true;
        m_executor.misuse(m_request.function, misuseText(m_request.verb, m_executor.phase));
        return false;
    case QSeamstressExecutor::Finished:
        if (waitsForEnd(m_request.verb))
            return true;
        m_executor.neverPaused();
        return false;
    case QSeamstressExecutor::Failed:
        return false;
    default:
        return {};
    }
}

bool VerbWait::doesThat() const
{
    const ActivityReport now = m_executor.activity();
    // As close to blocked as a task gets.
    const bool isTaskThatAwaits = m_executor.backend->runsOnOwnersEventLoop && now.activity == ActivityReport::Awaiting;
    if (publicActivity(now) != m_request.activity && !(m_request.activity == QSeamstressExecutor::Blocked && isTaskThatAwaits))
        return false;
    if (m_request.lock.type && !m_request.lock.contains(now.address))
        return false;
    if (const QString text = waitText(now); !text.isEmpty() && now.activity == ActivityReport::Blocked)
        m_executor.m_mailbox->addToTimeline(text);
    return true;
}

void VerbWait::timedOut(bool isStuck)
{
    const PassedPoints passed = m_executor.passedPoints();
    const ActivityReport now = m_executor.activity();
    m_executor.m_mailbox->addToTimeline(isStuck ? QStringLiteral("found stuck") : QStringLiteral("timed out"));
    const bool mayWaitForThisThread = !m_executor.processesEvents() && QCoreApplication::instance() && now.waitsHere() && isOnStack(now.address, now.stackPointer);

    auto code = QSeamstressError::PauseTimedOut;
    const char *property = "pauseTimeout";
    const char *verb = "waitForPaused()";
    if (m_waitsForActivity) {
        code = QSeamstressError::NotBlocked;
        verb = m_request.activity == QSeamstressExecutor::Blocked ? "waitForBlocked()" : "waitForActivity()";
    } else if (waitsForEnd(m_request.verb)) {
        code = m_executor.backend->stillAliveCode;
        property = "timeout";
        verb = m_request.verb == Verb::Cancel ? "cancel()" : "exit()";
    }
    const QString text = timedOutText(m_executor.name(), m_request, m_executor.m_target, m_patience, passed, now);
    const QString cure = (isStuck ? stuckText() : m_patience.howToWaitLonger(property, verb)) + (mayWaitForThisThread ? eventLoopText() : QString());
    m_executor.errors.verbTimedOut(m_executor.makeError(code, text + cure), isStuck || waitsForEnd(m_request.verb));
    if (m_request.verb == Verb::Exit)
        m_executor.backend->requestInterruption(); // a cancelled script has already been asked
}

} // namespace QSeamstressPrivate
