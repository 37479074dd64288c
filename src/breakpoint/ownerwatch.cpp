// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

#include "ownerwatch_p.h"

#include <algorithm>
#include <utility>

#ifdef Q_OS_LINUX
#    include <pthread.h>
#endif

#include "../base/activitytext_p.h"
#include "../base/locknames_p.h"
#include "../base/standingthreads_p.h"
#include "../base/standstill_p.h"
#include "../platform/platform_p.h"
#include "threadnames_p.h"

namespace QSeamstressPrivate {

static constexpr int defaultTimeout = 5000; // ms
static constexpr int longestInterval = 50; // ms
static constexpr int enoughLooks = 2; // a single one may be a moment between two states

OwnerWatch::OwnerWatch()
    : m_thread(std::this_thread::get_id())
    , m_threadId(currentThreadId())
    , m_eventLoop(EventLoopWatch::ofCurrentThread())
    , m_verbs(VerbWatch::ofCurrentThread())
{
}

bool OwnerWatch::isCurrentThread() const
{
    return std::this_thread::get_id() == m_thread && !m_verbs->hasEnded(); // another thread may have reused its id
}

bool OwnerWatch::isUpToDate() const
{
    return m_eventLoop == EventLoopWatch::ofCurrentThread();
}

OwnerWatch::Looks::Looks(int timeout)
    : m_timeout(timeout == 0 ? defaultTimeout : timeout)
{
}

std::chrono::system_clock::time_point OwnerWatch::Looks::next()
{
    const int interval = std::exchange(m_interval, std::min(2 * m_interval, longestInterval));
    return std::chrono::system_clock::now() + std::chrono::milliseconds(interval);
}

namespace {

// The thread may be terminated by QThread::terminate() while it waits, but not during a look, whose functions do not expect that.
class WithoutCancellation
{
#ifdef Q_OS_LINUX
public:
    WithoutCancellation() { pthread_setcancelstate(PTHREAD_CANCEL_DISABLE, &m_before); }
    ~WithoutCancellation() { pthread_setcancelstate(m_before, nullptr); }
    Q_DISABLE_COPY_MOVE(WithoutCancellation)

private:
    int m_before = 0;
#endif
};

} // namespace

// If the system does not report activities, or no file descriptor is free, a thread that has not called a verb for a long time may be
// blocked.
static bool mayBeBlocked(const ActivityReport &report)
{
    return report.activity == ActivityReport::Blocked || report.activity == ActivityReport::Unknown;
}

QString OwnerWatch::Looks::look(const OwnerWatch &owner, const QString &point, bool isFirst)
{
    const WithoutCancellation withoutCancellation;
    QString halted = QStringLiteral("%1 is paused at the breakpoint \"%2\"").arg(textOfCurrentThread(), point);
    halted[0] = halted[0].toUpper();
    if (owner.m_verbs->hasEnded())
        return QStringLiteral("%1, and the thread that owns the breakpoint has ended, so nothing else could resume it. It was resumed automatically. Destroy the breakpoint before its thread ends.").arg(halted);
    ActivityReport now = activityOfThread({ owner.m_threadId }, [&owner] { return owner.m_eventLoop->isWaiting(); });
    const bool stands = !StandingThreads::instance().pointOf(owner.m_thread).isNull(); // at another breakpoint
    if (!stands && (!mayBeBlocked(now) || owner.m_verbs->isInVerb() || owner.m_eventLoop->isWaiting() || isDebuggerAttached())) {
        m_patience.reset();
        return {};
    }
    const bool hasCalled = std::exchange(m_verbs, owner.m_verbs->verbs()) != m_verbs;
    const bool hasRun = std::exchange(m_cpuTime, now.cpuTime) != now.cpuTime && !stands;
    if (hasRun || hasCalled || !m_patience) {
        m_patience = Patience::fromProperty(m_timeout);
        m_deadlocks = 0;
    }
    if (!std::exchange(m_isFirst, isFirst) && isFirst)
        m_interval = 1; // this thread has not checked for a deadlock yet
    m_deadlocks = isFirst && !stands && isDeadlock(owner) ? m_deadlocks + 1 : 0;
    if (now.waitsHere())
        now.lockName = lockNameAt(now.address);
    const QString text = activityText(now);
    const QString doing = stands ? QStringLiteral("is paused at another breakpoint") : text.isEmpty() ? QStringLiteral("has called no verb") : text;
    const QString letGo = QStringLiteral("The paused thread was resumed automatically. Call resume() or disarm() of the breakpoint \"%1\" before the test waits for that thread, or for what it holds.").arg(point);
    if (m_deadlocks == enoughLooks)
        return QStringLiteral("%1, and the thread of the test %2: only the paused thread could unblock it. %3").arg(halted, doing, letGo);
    if (!m_patience->tick())
        return QStringLiteral("%1, and the thread of the test %2 (for %3 ms so far); it may be waiting for the paused thread. %4 If it only needs more time, raise setTimeout().")
            .arg(halted, doing, QString::number(m_patience->waited()), letGo);
    return {};
}

bool OwnerWatch::Looks::isDeadlock(const OwnerWatch &owner) const
{
    const StandStill still;
    return still.isStuck(activityOfThread({ owner.m_threadId }, [&owner] { return owner.m_eventLoop->isWaiting(); }));
}

} // namespace QSeamstressPrivate
