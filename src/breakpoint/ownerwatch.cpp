// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

#include "ownerwatch_p.h"

#include <algorithm>
#include <utility>

#include "../executor/locknames_p.h"
#include "../executor/standstill_p.h"
#include "../platform/platform_p.h"
#include "armedbreakpoints_p.h"
#include "threadnames_p.h"

namespace QSeamstressPrivate {

static constexpr int longestInterval = 50; // ms
static constexpr int enoughLooks = 2; // once may be a moment between two others

OwnerWatch::OwnerWatch()
    : m_thread(std::this_thread::get_id())
    , m_threadId(currentThreadId())
    , m_eventLoop(EventLoopWatch::ofCurrentThread())
    , m_verbs(VerbWatch::ofCurrentThread())
{
}

bool OwnerWatch::isCurrentThread() const
{
    return std::this_thread::get_id() == m_thread;
}

OwnerWatch::Looks::Looks(int timeout)
    : m_timeout(timeout)
{
}

std::chrono::system_clock::time_point OwnerWatch::Looks::next()
{
    const int interval = std::exchange(m_interval, std::min(2 * m_interval, longestInterval));
    return std::chrono::system_clock::now() + std::chrono::milliseconds(interval);
}

static QString sentence(QString text)
{
    text[0] = text[0].toUpper();
    return text;
}

static QString letGoText(const QString &point)
{
    return QStringLiteral("So it was let go. Call resume() or disarm() of the breakpoint \"%1\" before the test waits for that thread, or for what it holds.").arg(point);
}

// Where the system does not tell, whoever calls no verb for long may be blocked.
static bool mayBeBlocked(const ActivityReport &report)
{
    return report.activity == QSeamstressExecutor::Blocked || (report.activity == QSeamstressExecutor::Unknown && !isActivityAvailable());
}

QString OwnerWatch::Looks::look(const OwnerWatch &owner, const QString &point)
{
    ActivityReport now = activityOfThread({ owner.m_threadId }, [&owner] { return owner.m_eventLoop->isWaiting(); });
    if (!mayBeBlocked(now) || owner.m_verbs->isInVerb() || owner.m_eventLoop->isWaiting() || isDebuggerAttached()) {
        m_patience.reset();
        return {};
    }
    const bool hasCalled = std::exchange(m_verbs, owner.m_verbs->verbs()) != m_verbs;
    if (std::exchange(m_cpuTime, now.cpuTime) != now.cpuTime || hasCalled || !m_patience) {
        m_patience = Patience::fromProperty(m_timeout);
        m_deadlocks = 0;
    }
    m_deadlocks = isDeadlock(owner) ? m_deadlocks + 1 : 0;
    nameLock(&now);
    const QString doing = now.text.isEmpty() ? QStringLiteral("has called no verb") : now.text;
    if (m_deadlocks == enoughLooks)
        return QStringLiteral("%1 is halted at the breakpoint \"%2\", and the thread of the test %3: nobody but the halted one could free it. %4").arg(sentence(textOfCurrentThread()), point, doing, letGoText(point));
    if (m_patience->isOver())
        return QStringLiteral("%1 is halted at the breakpoint \"%2\", and the thread of the test %3 for %4 ms already, which may be for the halted one. %5 If it only needs longer, raise setTimeout().")
            .arg(sentence(textOfCurrentThread()), point, doing)
            .arg(m_patience->waited())
            .arg(letGoText(point));
    return {};
}

bool OwnerWatch::Looks::isDeadlock(const OwnerWatch &owner) const
{
    const StandStill still;
    const ActivityReport now = activityOfThread({ owner.m_threadId }, [&owner] { return owner.m_eventLoop->isWaiting(); });
    if (now.activity != QSeamstressExecutor::Blocked || now.endsByItself || !now.waitsHere || SharedMemory().contains(now.address))
        return false;
    return still.helpers(threadsAtBreakpoints()).isEmpty();
}

} // namespace QSeamstressPrivate
