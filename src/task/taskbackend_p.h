// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

#ifndef TASKBACKEND_P_H
#define TASKBACKEND_P_H

#include "../executor/backend_p.h"

namespace QSeamstressPrivate {

class TaskRun;

// Runs scripts on the event loop of the owner's thread.
class TaskBackend final : public Backend
{
public:
    TaskBackend();
    ~TaskBackend() override;

    QSeamstressError launch(const RunSettings &settings) override;
    void letGo(const Target &target, quint32 order) override;
    void retarget(const Target &target, quint32 order) override;
    bool join(QDeadlineTimer deadline) override;
    void requestInterruption() override { } // a task has no thread of its own to interrupt
    bool cancel(PlainCode plainCode) override;
    void giveUp(const QSeamstressError &error) override;
    QString abandon() override;
    ActivityReport activity(bool isPaused) const override;
    bool isOnTheStack() const override;

private:
    std::shared_ptr<TaskRun> m_run;
};

} // namespace QSeamstressPrivate

#endif // TASKBACKEND_P_H
