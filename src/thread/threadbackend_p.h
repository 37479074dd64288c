// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

#ifndef THREADBACKEND_P_H
#define THREADBACKEND_P_H

#include <memory>

#include "../executor/backend_p.h"

QT_BEGIN_NAMESPACE
class QThread;
QT_END_NAMESPACE

namespace QSeamstressPrivate {

class ThreadRun;
class WorkerThread;

// Runs each script in a QThread of its own.
class ThreadBackend final : public Backend
{
public:
    ThreadBackend();
    ~ThreadBackend() override;

    QSeamstressError launch(const RunSettings &settings) override;
    void letGo(const Target &target, quint32 order) override;
    void retarget(const Target &target, quint32 order) override;
    bool join(QDeadlineTimer deadline) override;
    void requestInterruption() override;
    void giveUpAwaiting(const QSeamstressError &error) override;
    void abandon() override;
    QString abandonedText() const override;
    ActivityReport activity(bool isPaused) const override;
    bool runsWhilePaused() const override { return false; }
    QSeamstressError::Code stillAliveCode() const override { return QSeamstressError::ThreadStillAlive; }

    QThread *thread() const;

private:
    std::shared_ptr<ThreadRun> m_run;
    std::unique_ptr<WorkerThread> m_thread;
};

} // namespace QSeamstressPrivate

#endif // THREADBACKEND_P_H
