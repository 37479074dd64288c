// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

#include "threadbackend_p.h"

#include <QtConcurrent/QtConcurrentRun>
#include <QtCore/QCoreApplication>
#include <QtCore/QThread>

#include <atomic>
#include <mutex>
#include <thread>
#include <utility>
#include <vector>

#include "../breakpoint/armedbreakpoints_p.h"
#include "../executor/eventloopwatch_p.h"
#include "../executor/scriptactivity_p.h"
#include "../executor/standingthreads_p.h"
#include "../script/errordata_p.h"
#include "../script/gate_p.h"
#include "../script/scriptrunner_p.h"
#include "abandonedthreads_p.h"
#include "startedthread_p.h"

namespace QSeamstressPrivate {

// One run of a script. Shared with the thread, which may outlive the executor.
class ThreadRun
{
public:
    ThreadRun(const RunSettings &settings, Gate::WhileHalted whileHalted)
        : settings(settings)
        , gate(*settings.mailbox, settings.target, settings.order, whileHalted, whereabouts)
        , whileHalted(whileHalted)
    {
    }

    // In the script's thread. The run is let go of before its end is told: whoever hears of the end may rely on it that what the
    // script owns is the executor's alone.
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
    const Gate::WhileHalted whileHalted;
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
        const QList<QSeamstressError> errors = runToTheEnd();
        if (settings.config)
            settings.config->moveBack();
        thread = nullptr;
        return errors;
    }

    QList<QSeamstressError> runToTheEnd()
    {
        ScriptRunner runner(settings.source, gate, settings.origin, settings.name);
        gate.run(runner);
        return runner.errors();
    }
};

class WorkerThread : public QThread
{
public:
    explicit WorkerThread(std::shared_ptr<ThreadRun> run)
        : m_run(std::move(run))
    {
    }

protected:
    // Of an abandoned run, what it owns goes as soon as it is over.
    void run() override { ThreadRun::execute(std::move(m_run)); }

private:
    std::shared_ptr<ThreadRun> m_run;
};

// A run that waits for a thread of a pool. Whoever takes it has it: the pool's thread, to execute it, or the executor, to give up.
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

ThreadBackend::ThreadBackend() = default;
ThreadBackend::~ThreadBackend() = default;

void ThreadBackend::setThreadPool(QThreadPool *pool)
{
    m_pool = pool;
    m_usesPool = pool;
}

QSeamstressError ThreadBackend::launch(const RunSettings &settings)
{
    const auto refuse = [&settings](const QString &reason) { return ErrorData::make(QSeamstressError::InvalidUse, reason, settings.origin); };
    if (m_usesPool && !m_pool)
        return refuse(QStringLiteral("has lost its thread pool, which was deleted; keep the pool longer than the executor, or call setThreadPool() again"));
    if (pauseMode == QSeamstressThread::RunEventLoop && !QCoreApplication::instance())
        return refuse(QStringLiteral("cannot run an event loop while it is paused, since there is no QCoreApplication; make one in main() or use QSeamstressThread::HaltThread"));

    auto run = std::make_shared<ThreadRun>(settings, pauseMode == QSeamstressThread::RunEventLoop ? Gate::WhileHalted::RunEventLoop : Gate::WhileHalted::Sleep);
    if (settings.config) {
        // Shares the ownership of the run.
        const std::shared_ptr<Gate> gate(run, &run->gate);
        if (const QString refusal = settings.config->claim(gate, settings.origin, settings.name, ConfigData::Moves::Yes); !refusal.isEmpty())
            return refuse(refusal);
    }
    if (m_usesPool)
        startOnPool(run);
    else if (const QSeamstressError error = startThread(run))
        return error;
    m_run = std::move(run);
    m_goesToItsEnd = false;
    m_isInDestructors = false;
    return {};
}

QSeamstressError ThreadBackend::startThread(const std::shared_ptr<ThreadRun> &run)
{
    const RunSettings &settings = run->settings;
    auto thread = std::make_unique<WorkerThread>(run);
    if (const QSeamstressError error = QSeamstressPrivate::startThread(*thread, settings.name, settings.origin)) {
        if (settings.config)
            settings.config->moveBack();
        return error;
    }
    m_thread = std::move(thread);
    return {};
}

void ThreadBackend::startOnPool(const std::shared_ptr<ThreadRun> &run)
{
    m_ticket = std::make_shared<PoolTicket>(run);
    // The future is not needed: the run tells by itself what becomes of it.
    static_cast<void>(QtConcurrent::run(m_pool.data(), [ticket = m_ticket] {
        if (std::shared_ptr<ThreadRun> taken = ticket->take())
            ThreadRun::execute(std::move(taken));
    }));
}

void ThreadBackend::letGo(const Target &target, quint32 order)
{
    m_goesToItsEnd = target.kind == Target::End;
    m_run->gate.letGo(target, order);
}

void ThreadBackend::retarget(const Target &target, quint32 order)
{
    m_goesToItsEnd = target.kind == Target::End;
    m_run->gate.retarget(target, order);
}

void ThreadBackend::waitForEvent(Mailbox &mailbox, QDeadlineTimer deadline)
{
    if (m_thread && m_goesToItsEnd)
        m_thread->wait(deadline); // what it tells before need wake nobody: its end is not heard of before join()
    else // to make a thread takes longer than a look
        mailbox.waitForEvent(deadline, m_thread && !m_run->hasBegun ? Sleeper::Looks::None : Sleeper::Looks::Shortly);
}

bool ThreadBackend::join(QDeadlineTimer deadline)
{
    if (m_thread && !joinThread(*m_thread, m_run->threadId, deadline)) {
        m_isInDestructors = true;
        return false;
    }
    m_thread.reset();
    m_ticket.reset();
    m_run.reset();
    return true;
}

void ThreadBackend::requestInterruption()
{
    // Not a thread of a pool, which has other work to do later.
    if (m_thread)
        m_thread->requestInterruption();
}

void ThreadBackend::giveUp(const QSeamstressError &error)
{
    m_run->gate.giveUpAwaiting(error);
    takeBackFromPool({ ErrorData::withMessage(error, error.message() + QStringLiteral(" So it was taken back from the pool, and has not run.")) });
}

// If it has not begun to run.
void ThreadBackend::takeBackFromPool(const QList<QSeamstressError> &errors)
{
    if (!m_ticket || !m_ticket->take())
        return;
    if (m_run->settings.config)
        m_run->settings.config->moveBack();
    m_run->settings.mailbox->ended(errors);
}

bool ThreadBackend::cancel(PlainCode plainCode)
{
    const bool stays = plainCode == PlainCode::Stays && !m_usesPool; // a pool waits for its threads
    if (!m_run->gate.cancelByOwner(stays))
        return false;
    m_goesToItsEnd = true;
    takeBackFromPool({});
    requestInterruption();
    return true;
}

void ThreadBackend::letGoFromBreakpoints()
{
    if (m_run->hasBegun)
        QSeamstressPrivate::letGoFromBreakpoints(m_run->id);
}

bool ThreadBackend::staysForEver() const
{
    return m_run->gate.state() == Gate::Stranded;
}

void ThreadBackend::abandon()
{
    if (m_thread)
        keepAbandoned(std::move(m_thread));
    else if (m_usesPool)
        keepAbandonedInPool(std::weak_ptr<const ThreadRun>(m_run));
    m_ticket.reset();
    m_run.reset();
}

QString ThreadBackend::abandonedText() const
{
    const QString what = m_usesPool ? QStringLiteral("A thread of a pool is not asked to stop, so it is abandoned.")
                                    : QStringLiteral("It did not heed QThread::requestInterruption() either, so its thread is abandoned.");
    const QString loops = m_usesPool ? QStringLiteral("give its loops a flag of their own to look at")
                                     : QStringLiteral("poll QThread::currentThread()->isInterruptionRequested() in its loops");
    // One that is blocked looks at nothing.
    const QString free = QStringLiteral("free what it waits for");
    const QString cure = activity(false).activity == QSeamstressExecutor::Blocked ? free : loops + QStringLiteral(", and ") + free;
    return QStringLiteral("%1 Its script, and a config given as std::shared_ptr, are kept alive for it; what the script captured by reference is not. "
                          "Make it end: %2.")
        .arg(what, cure);
}

ActivityReport ThreadBackend::activity(bool isPaused) const
{
    static const ActivityReport halted{ QSeamstressExecutor::Halted, QStringLiteral("is halted") };
    switch (m_run->gate.state()) {
    case Gate::Halted:
        return m_run->gate.runsEventLoop() ? activityInEventLoop({ QSeamstressExecutor::Halted, QStringLiteral("is halted, and runs its event loop") }, QStringLiteral("is halted")) : halted;
    case Gate::Stranded:
        return { QSeamstressExecutor::Halted,
                 QStringLiteral("is held at its pause point for ever, since its config was deleted while one of the config's functions stood there; "
                                "delete the config after exit(), or give it as a std::shared_ptr") };
    case Gate::Awaiting:
        return activityInEventLoop({ QSeamstressExecutor::Awaiting, QStringLiteral("waits in co_await for %1").arg(m_run->gate.awaited()) }, QStringLiteral("waits in co_await"));
    case Gate::Running:
        if (isPaused)
            return halted;
        break;
    }
    if (!m_run->hasBegun)
        return { QSeamstressExecutor::Unknown, notBegunText() };
    if (const QString breakpoint = StandingThreads::instance().pointOf(m_run->id); !breakpoint.isNull()) {
        ActivityReport report{ QSeamstressExecutor::Blocked, QStringLiteral("is halted at the breakpoint \"%1\", whose resume() lets it go on").arg(breakpoint) };
        report.waitsHere = true;
        return report;
    }
    return activityOfScript({ QSeamstressExecutor::Computing, QStringLiteral("is computing") });
}

// What its thread does; otherwise if that runs our code.
ActivityReport ThreadBackend::activityOfScript(const ActivityReport &otherwise) const
{
    const auto isInOurCode = [this] { return !m_isInDestructors && (m_run->whereabouts.isInOurCode || !m_run->thread); };
    const auto waitsForEvents = [this] { return m_run->eventLoop->isWaiting(); };
    return QSeamstressPrivate::activityOfScript({ m_run->threadId }, isInOurCode, waitsForEvents, otherwise);
}

// What it does, or what a slot does meanwhile.
ActivityReport ThreadBackend::activityInEventLoop(const ActivityReport &itself, const QString &shortly) const
{
    ActivityReport report = activityOfScript(itself);
    if (report.activity != QSeamstressExecutor::Blocked && report.activity != QSeamstressExecutor::Sleeping)
        return itself;
    report.text = QStringLiteral("%1, and in a slot meanwhile it %2").arg(shortly, report.text);
    return report;
}

QString ThreadBackend::notBegunText() const
{
    if (m_usesPool && m_pool && m_pool->activeThreadCount() >= m_pool->maxThreadCount())
        return QStringLiteral("waits for a thread of its pool, which has %1 at most, all of them busy; raise setMaxThreadCount(), or end what they run").arg(m_pool->maxThreadCount());
    return QStringLiteral("has not begun to run, the system has given its thread no time");
}

bool ThreadBackend::runsWhilePaused() const
{
    return m_run->whileHalted == Gate::WhileHalted::RunEventLoop;
}

QThread *ThreadBackend::thread() const
{
    if (m_thread)
        return m_thread.get();
    return m_run ? m_run->thread.load() : nullptr;
}

} // namespace QSeamstressPrivate
