// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

#ifndef THREADBACKEND_P_H
#define THREADBACKEND_P_H

#include <QtCore/QPointer>
#include <QtCore/QThreadPool>

#include <memory>

#include "../executor/backend_p.h"
#include "qseamstressthread.h"

namespace QSeamstressPrivate {

class PoolTicket;
class ThreadRun;
class WorkerThread;

// Runs each script in its own QThread or in a pool thread.
class ThreadBackend final : public Backend
{
public:
    // Whether a thread is kept for the next run, unless the previous run left it interrupted.
    enum class KeepsThread { No, Yes };
    explicit ThreadBackend(KeepsThread keepsThread = KeepsThread::No);
    ~ThreadBackend() override;

    QSeamstressError launch(const RunSettings &settings) override;
    void letGo(const Target &target, quint32 order) override;
    void retarget(const Target &target, quint32 order) override;
    bool join(QDeadlineTimer deadline) override;
    void letGoFromBreakpoints() override;
    void requestInterruption() override;
    bool cancel(PlainCode plainCode) override;
    void giveUp(const QSeamstressError &error) override;
    QString abandon() override;
    void waitForEvent(Mailbox &mailbox, QDeadlineTimer deadline) override;
    ActivityReport activity(bool isPaused) const override;
    bool runsWhilePaused() const override;
    qint64 threadId() const override;
    qint64 stoppedAt() const override;

    // Called between two runs.
    QThreadPool *threadPool() const { return m_pool; }
    void setThreadPool(QThreadPool *pool); // null: use a thread of its own
    QSeamstressThread::PauseMode pauseMode = QSeamstressThread::HaltThread;

    QThread *thread() const;

private:
    QSeamstressError startThread(const std::shared_ptr<ThreadRun> &run);
    void startOnPool(const std::shared_ptr<ThreadRun> &run);
    void takeBackFromPool(const QList<QSeamstressError> &errors);
    ActivityReport activityOfScript(const ActivityReport &otherwise) const;
    ActivityReport activityInEventLoop(const ActivityReport &itself) const;

    bool endThread(QDeadlineTimer deadline);
    void endKeptThread();

    const KeepsThread m_keepsThread;
    QPointer<QThreadPool> m_pool;
    bool m_usesPool = false;
    std::shared_ptr<ThreadRun> m_run;
    std::unique_ptr<WorkerThread> m_thread; // null if the script uses a pool
    std::shared_ptr<PoolTicket> m_ticket; // null unless the script uses a pool
    bool m_wasInterrupted = false; // m_thread has a pending interruption request
    bool m_goesToItsEnd = false; // will not pause again
    bool m_isInDestructors = false; // of thread-local objects, after the script's end was reported
};

} // namespace QSeamstressPrivate

#endif // THREADBACKEND_P_H
