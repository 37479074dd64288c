// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

#ifndef TASKWATCH_P_H
#define TASKWATCH_P_H

#include <QtCore/QObject>

#include <memory>
#include <vector>

#include "../task/stepwatchdog_p.h"
#include "mechanism_p.h"

namespace QSeamstressPrivate {

// Sees to it that somebody says so if a step of a task, or a call that a script has queued to it, blocks the explorer's thread, which can
// then do nothing itself. As long as orders are run; what it costs does not depend on how many.
class TaskWatch final : public WatchedThread
{
public:
    TaskWatch(const Mechanism &mechanism, int milliseconds);
    ~TaskWatch() override { endWatching(); }

private:
    quint64 step() const override;
    QString text(const Patience &patience, const ActivityReport &activity) const override;
    void hasEventLoop(quint64 step) override;

    QString whatRuns() const;
    const Actor *taskInStep() const;

    std::vector<const Actor *> m_tasks;
    const std::atomic<quint64> &m_serving;
    QObject m_receiver; // in the explorer's thread
    quint64 m_toldStep = noStep;
};

} // namespace QSeamstressPrivate

#endif // TASKWATCH_P_H
