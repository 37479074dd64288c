// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

#ifndef THREADRUN_P_H
#define THREADRUN_P_H

#include <QtCore/QThread>

#include <atomic>
#include <memory>
#include <mutex>
#include <thread>
#include <utility>

#include "../base/eventloopwatch_p.h"
#include "../base/realtime_p.h"
#include "../base/sleeper_p.h"
#include "../executor/backend_p.h"
#include "../script/gate_p.h"
#include "../script/scriptrunner_p.h"

namespace QSeamstressPrivate {

// One run of a script. Shared with its thread, which may outlive the executor.
class ThreadRun
{
public:
    ThreadRun(const RunSettings &settings, Gate::WhileHalted whileHalted)
        : settings(settings)
        , gate(*settings.mailbox, settings.target, settings.order, whileHalted, whereabouts)
    {
    }

    // Called in the script's thread. Releases the run before reporting the end, so that once the end is known, the executor is the only
    // owner of the script's resources.
    static void execute(std::shared_ptr<ThreadRun> run)
    {
        const std::shared_ptr<Mailbox> mailbox = run->settings.mailbox;
        const QList<QSeamstressError> errors = run->runScript();
        run.reset();
        mailbox->ended(errors);
    }

    const RunSettings settings;
    Whereabouts whereabouts;
    Gate gate;
    std::atomic<QThread *> thread{ nullptr }; // null before and after the script
    std::atomic<bool> hasBegun = false;
    std::atomic<qint64> threadId{ -1 }; // set before hasBegun
    std::thread::id id; // likewise
    std::shared_ptr<const EventLoopWatch> eventLoop; // set before hasBegun

private:
    QList<QSeamstressError> runScript()
    {
        threadId = currentThreadId();
        id = std::this_thread::get_id();
        thread = QThread::currentThread();
        eventLoop = EventLoopWatch::ofCurrentThread();
        hasBegun = true;
        if (settings.config)
            settings.config->moveHere();
        QList<QSeamstressError> errors;
        {
            ScriptRunner runner(settings.source, gate, settings.origin, settings.name);
            gate.run(runner);
            errors = runner.errors();
        }
        if (settings.config)
            settings.config->moveBack();
        thread = nullptr;
        return errors;
    }
};

// Executes one run, or several in sequence.
class WorkerThread : public QThread
{
public:
    WorkerThread(std::shared_ptr<ThreadRun> run, bool waitsForMore)
        : m_run(std::move(run))
        , m_waitsForMore(waitsForMore)
    {
    }
    // Synchronises with the thread in a way that ThreadSanitizer sees: it does not see the synchronisation in QThread::isFinished().
    ~WorkerThread() override { const std::lock_guard lock(m_mutex); }
    Q_DISABLE_COPY_MOVE(WorkerThread)

    void execute(std::shared_ptr<ThreadRun> run) // after the end of the previous run
    {
        std::unique_lock lock(m_mutex);
        m_run = std::move(run);
        m_sleeper.wake(lock);
    }
    void quitAfterRun()
    {
        std::unique_lock lock(m_mutex);
        m_waitsForMore = false;
        m_sleeper.wake(lock);
    }
    qint64 threadId() const { return m_threadId; } // -1 until the thread has started

protected:
    void run() override
    {
        m_threadId = QSeamstressPrivate::currentThreadId();
        std::unique_lock lock(m_mutex);
        do {
            while (!m_run && m_waitsForMore) {
                const RealTime realTime;
                m_sleeper.sleep(lock, QDeadlineTimer::Forever, Sleeper::Looks::Shortly);
            }
            if (std::shared_ptr<ThreadRun> run = std::move(m_run)) {
                lock.unlock();
                ThreadRun::execute(std::move(run)); // frees the resources of an abandoned run as soon as it ends
                lock.lock();
            }
        } while (m_waitsForMore);
    }

private:
    std::mutex m_mutex;
    Sleeper m_sleeper;
    std::shared_ptr<ThreadRun> m_run;
    bool m_waitsForMore;
    std::atomic<qint64> m_threadId{ -1 };
};

// A run that waits for a pool thread. It can be taken once: by the pool thread to execute it, or by the executor to withdraw it.
class PoolTicket
{
public:
    explicit PoolTicket(std::shared_ptr<ThreadRun> run)
        : m_run(std::move(run))
    {
    }
    std::shared_ptr<ThreadRun> take()
    {
        const std::lock_guard lock(m_mutex);
        return std::exchange(m_run, {});
    }

private:
    std::mutex m_mutex;
    std::shared_ptr<ThreadRun> m_run;
};

} // namespace QSeamstressPrivate

#endif // THREADRUN_P_H
