// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

#include "taskwatch_p.h"

#include <algorithm>
#include <utility>

#include "../base/activitytext_p.h"
#include "../timeline/failurehandler_p.h"

namespace QSeamstressPrivate {

static quint64 numberOfStep(const Actor *task)
{
    return task->stepHere()->load(std::memory_order_relaxed);
}

TaskWatch::TaskWatch(const Mechanism &mechanism, int milliseconds)
    : WatchedThread(milliseconds)
    , m_serving(mechanism.serving())
{
    for (int script = 0; script < mechanism.count(); ++script) {
        if (mechanism.actor(script).stepHere())
            m_tasks.push_back(&mechanism.actor(script));
    }
    beginWatching();
}

const Actor *TaskWatch::taskInStep() const
{
    const auto task = std::find_if(m_tasks.begin(), m_tasks.end(), [](const Actor *actor) { return numberOfStep(actor) != noStep; });
    return task == m_tasks.end() ? nullptr : *task;
}

// Only one of them is in a step at a time, and no call is served then. Each counts its own.
quint64 TaskWatch::step() const
{
    const std::size_t kinds = m_tasks.size() + 1;
    const quint64 serving = m_serving.load(std::memory_order_relaxed);
    quint64 step = serving != noStep ? serving * kinds + m_tasks.size() : noStep;
    for (std::size_t task = 0; task < m_tasks.size(); ++task) {
        if (const quint64 number = numberOfStep(m_tasks[task]); number != noStep)
            step = number * kinds + task;
    }
    return step;
}

QString TaskWatch::whatRuns() const
{
    const Actor *const task = taskInStep();
    return task ? QStringLiteral("one step of %1").arg(task->quotedName()) : QStringLiteral("a call that a script queued to an object of the explorer's thread");
}

void TaskWatch::hasEventLoop(quint64 nested)
{
    const auto tell = [this, nested] {
        if (step() != nested || std::exchange(m_toldStep, nested) == nested)
            return; // it is over, or was told
        const QString text = QStringLiteral("QSeamstressExplorer: %1 is in a nested event loop, for longer than the time of setTimeout(). explore() and run() get on only when that loop has ended. End it by a "
                                            "timer that is started before, or let the script co_await what it waits for.")
                                 .arg(whatRuns());
        qWarning("%s", qPrintable(text));
        reportFailure(text);
    };
    QMetaObject::invokeMethod(&m_receiver, tell, Qt::QueuedConnection);
}

QString TaskWatch::text(const Patience &patience, const ActivityReport &activity) const
{
    const QString cure = taskInStep() ? QStringLiteral("Let it co_await what it waits for, or add the script by addThread().")
                              : QStringLiteral("Let it not wait for what a script has that is halted, or move the object to another thread.");
    return QStringLiteral("QSeamstressExplorer: %1 has kept the thread of the explorer from running for %2 ms, and the test with it. %3 %4").arg(whatRuns()).arg(patience.waited()).arg(nowText(activity), cure);
}

} // namespace QSeamstressPrivate
