// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

#include "taskwatch_p.h"

#include <algorithm>

#include "../executor/messages_p.h"

namespace QSeamstressPrivate {

static bool runsHere(const std::unique_ptr<Actor> &actor)
{
    return actor->stepHere() != nullptr;
}

static quint64 numberOfStep(const Actor *task)
{
    return task->stepHere()->load(std::memory_order_relaxed);
}

TaskWatch::TaskWatch(const std::vector<std::unique_ptr<Actor>> &actors, int milliseconds)
    : WatchedThread(std::any_of(actors.begin(), actors.end(), &runsHere) ? milliseconds : -1)
{
    for (const std::unique_ptr<Actor> &actor : actors) {
        if (runsHere(actor))
            m_tasks.push_back(actor.get());
    }
    beginWatching();
}

const Actor *TaskWatch::taskInStep() const
{
    const auto task = std::find_if(m_tasks.begin(), m_tasks.end(), [](const Actor *actor) { return numberOfStep(actor) != noStep; });
    return task == m_tasks.end() ? nullptr : *task;
}

// Only one of them is in a step at a time. Each counts its own.
quint64 TaskWatch::step() const
{
    quint64 step = noStep;
    for (std::size_t task = 0; task < m_tasks.size(); ++task) {
        if (const quint64 number = numberOfStep(m_tasks[task]); number != noStep)
            step = number * m_tasks.size() + task;
    }
    return step;
}

QString TaskWatch::text(const Patience &patience, const ActivityReport &activity) const
{
    const Actor *const task = taskInStep();
    return QStringLiteral("QSeamstressExplorer: one step of %1 has kept the thread of the explorer from running for %2 ms, and the test with it. %3 "
                          "Let it co_await what it waits for, or add the script by addThread().")
        .arg(task ? task->quotedName() : QStringLiteral("a task"))
        .arg(patience.waited())
        .arg(activityText(activity));
}

} // namespace QSeamstressPrivate
