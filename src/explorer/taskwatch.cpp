// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

#include "taskwatch_p.h"

#include <utility>

#include "../base/activitytext_p.h"
#include "../timeline/failurehandler_p.h"

namespace QSeamstressPrivate {

TaskWatch::TaskWatch(const Mechanism &mechanism, int milliseconds)
    : WatchedThread(milliseconds)
{
    m_calls.push_back({ &mechanism.serving(),
                        QStringLiteral("a call that a script queued to an object of the explorer's thread"),
                        QStringLiteral("Let it not wait for what a script has that is halted, or move the object to another thread.") });
    for (int script = 0; script < mechanism.count(); ++script) {
        const Actor &actor = mechanism.actor(script);
        if (actor.stepHere())
            m_calls.push_back({ actor.stepHere(),
                                QStringLiteral("one step of %1").arg(actor.quotedName()),
                                QStringLiteral("Let it co_await what it waits for, or add the script by addThread().") });
    }
    beginWatching();
}

quint64 TaskWatch::step() const
{
    for (std::size_t call = 0; call < m_calls.size(); ++call) {
        if (const quint64 number = m_calls[call].step->load(std::memory_order_relaxed); number != noStep)
            return number * m_calls.size() + call;
    }
    return noStep;
}

void TaskWatch::hasEventLoop(quint64 nested)
{
    const auto tell = [this, nested] {
        if (step() != nested || std::exchange(m_toldStep, nested) == nested)
            return; // it is over, or was told
        const QString text = QStringLiteral("QSeamstressExplorer: %1 is in a nested event loop, for longer than the time of setTimeout(). explore() and run() get on only when that loop has ended. End it by a "
                                            "timer that is started before, or let the script co_await what it waits for.")
                                 .arg(callOf(nested).what);
        qWarning("%s", qPrintable(text));
        reportFailure(text);
    };
    QMetaObject::invokeMethod(&m_receiver, tell, Qt::QueuedConnection);
}

QString TaskWatch::text(const Patience &patience, const ActivityReport &activity) const
{
    const Call &call = callOf(step());
    return QStringLiteral("QSeamstressExplorer: %1 has kept the thread of the explorer from running for %2 ms, and the test with it. %3 %4").arg(call.what).arg(patience.waited()).arg(nowText(activity), call.cure);
}

} // namespace QSeamstressPrivate
