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

// Runs each script in a QThread of its own, or in one of a pool.
class ThreadBackend final : public Backend
{
public:
    // Whether a thread of its own waits for the next run, as far as the one before has left it as it was.
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

    // Between two runs.
    QThreadPool *threadPool() const { return m_pool; }
    void setThreadPool(QThreadPool *pool); // null: a thread of its own
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
    std::unique_ptr<WorkerThread> m_thread; // null on a pool
    std::shared_ptr<PoolTicket> m_ticket; // null off a pool
    bool m_wasInterrupted = false; // the thread
    bool m_goesToItsEnd = false; // halts nowhere any more
    bool m_isInDestructors = false; // of what its thread stores: its end has been told
};

} // namespace QSeamstressPrivate

#endif // THREADBACKEND_P_H
