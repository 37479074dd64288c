// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

#ifndef TASKWATCH_P_H
#define TASKWATCH_P_H

#include <QtCore/QObject>

#include <atomic>
#include <vector>

#include "../task/stepwatchdog_p.h"
#include "mechanism_p.h"

namespace QSeamstressPrivate {

// Warns if a step of a task, or a call that a script queued to the explorer's thread, blocks that thread, which cannot warn itself then. It
// exists while orders run. Its cost does not depend on their number.
class TaskWatch final : public WatchedThread
{
public:
    TaskWatch(const Mechanism &mechanism, int milliseconds);
    ~TaskWatch() override { endWatching(); }

private:
    quint64 step() const override;
    QString text(const Patience &patience, const ActivityReport &activity) const override;
    void hasEventLoop(quint64 step) override;

    // The calls that run user code in the explorer's thread, one at a time. Each kind has its own counter.
    struct Call
    {
        const std::atomic<quint64> *step;
        QString what;
        QString cure;
    };
    const Call &callOf(quint64 step) const { return m_calls[step % m_calls.size()]; }

    std::vector<Call> m_calls;
    QObject m_receiver; // in the explorer's thread
    quint64 m_toldStep = noStep;
};

} // namespace QSeamstressPrivate

#endif // TASKWATCH_P_H
