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
                        QStringLiteral("a call that a script queued to an object in the explorer's thread"),
                        QStringLiteral("Do not let it wait for something that a paused script holds, or move the object to another thread.") });
    for (int script = 0; script < mechanism.count(); ++script) {
        const Actor &actor = mechanism.actor(script);
        if (actor.stepHere())
            m_calls.push_back({ actor.stepHere(),
                                QStringLiteral("a step of %1").arg(actor.quotedName()),
                                QStringLiteral("Use co_await to wait in the script, or add the script with addThread().") });
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
            return; // it is over, or has been reported
        const QString text = QStringLiteral("QSeamstressExplorer: %1 has been in a nested event loop for longer than the time of setTimeout(). explore() and run() continue only when that loop ends. End the loop "
                                            "with a timer that is started beforehand, or use co_await to wait in the script.")
                                 .arg(callOf(nested).what);
        qWarning("%s", qPrintable(text));
        reportFailure(text);
    };
    QMetaObject::invokeMethod(&m_receiver, tell, Qt::QueuedConnection);
}

QString TaskWatch::text(const Patience &patience, const ActivityReport &activity) const
{
    const Call &call = callOf(step());
    return QStringLiteral("QSeamstressExplorer: %1 has blocked the explorer's thread, and the test with it, for %2 ms. %3 %4").arg(call.what).arg(patience.waited()).arg(nowText(activity), call.cure);
}

} // namespace QSeamstressPrivate
