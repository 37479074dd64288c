// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

#include "threadbackend_p.h"

#include <QtConcurrent/QtConcurrentRun>
#include <QtCore/QCoreApplication>
#include <QtCore/QDeadlineTimer>
#include <QtCore/QThread>

#include <utility>

#include "../base/patience_p.h"
#include "../base/scriptactivity_p.h"
#include "../base/standingthreads_p.h"
#include "../breakpoint/armedbreakpoints_p.h"
#include "../platform/platform_p.h"
#include "../script/errordata_p.h"
#include "abandonedthreads_p.h"
#include "threadrun_p.h"

namespace QSeamstressPrivate {

// For the time after the last script of a kept thread: the destructors of its thread-local objects.
static constexpr int patienceWithThread = 5000; // ms
// A thread that ended may never seem to be gone, since another thread can have the same ID by then.
static constexpr int patienceWithGoing = 100; // ms

ThreadBackend::ThreadBackend(KeepsThread keepsThread)
    : Backend(QSeamstressError::ThreadStillAlive)
    , m_keepsThread(keepsThread)
{
}

ThreadBackend::~ThreadBackend()
{
    endKeptThread();
}

void ThreadBackend::setThreadPool(QThreadPool *pool)
{
    m_pool = pool;
    m_usesPool = pool;
}

QSeamstressError ThreadBackend::launch(const RunSettings &settings)
{
    const auto refuse = [&settings](const QString &reason) { return ErrorData::make(QSeamstressError::InvalidUse, reason, settings.origin); };
    if (m_usesPool && !m_pool)
        return refuse(QStringLiteral("cannot use its thread pool, which was deleted; keep the pool until the executor is destroyed, or call setThreadPool() again"));
    if (runsWhilePaused() && !QCoreApplication::instance())
        return refuse(QStringLiteral("cannot run an event loop while it is paused, since there is no QCoreApplication; create one in main() or use QSeamstressThread::HaltThread"));

    auto run = std::make_shared<ThreadRun>(settings, runsWhilePaused() ? Gate::WhileHalted::RunEventLoop : Gate::WhileHalted::Sleep);
    if (settings.config) {
        // Shares ownership of the run.
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
    if (m_wasInterrupted)
        endKeptThread(); // otherwise, the interruption request would affect the next script
    if (m_thread) {
        m_thread->execute(run);
        return {};
    }
    const RunSettings &settings = run->settings;
    auto thread = std::make_unique<WorkerThread>(run, m_keepsThread == KeepsThread::Yes);
    if (!settings.origin.isEmpty())
        thread->setObjectName(settings.origin); // gdb and top show this name
    thread->start();
    if (thread->isRunning() || thread->isFinished()) {
        m_thread = std::move(thread);
        return {};
    }
    if (settings.config)
        settings.config->moveBack();
    return ErrorData::make(QSeamstressError::FailedToStart,
                           QStringLiteral("%1 could not start: the system could not create a thread. End other threads, or raise the limits on processes and memory.").arg(settings.name),
                           settings.origin);
}

void ThreadBackend::startOnPool(const std::shared_ptr<ThreadRun> &run)
{
    m_ticket = std::make_shared<PoolTicket>(run);
    // The future is not needed: the run reports its result through the mailbox.
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
    if (m_thread && m_goesToItsEnd && m_keepsThread == KeepsThread::No)
        m_thread->wait(deadline); // events need not wake this thread: the end is handled only after join() anyway
    else // creating a thread takes longer than spinning
        mailbox.waitForEvent(deadline, m_thread && m_thread->threadId() < 0 ? Sleeper::Looks::None : Sleeper::Looks::Shortly);
}

bool ThreadBackend::join(QDeadlineTimer deadline)
{
    if (m_keepsThread == KeepsThread::No && !endThread(deadline)) {
        m_isInDestructors = true;
        return false;
    }
    m_ticket.reset();
    m_run.reset();
    return true;
}

// Returns false if the thread has not ended by the deadline.
bool ThreadBackend::endThread(QDeadlineTimer deadline)
{
    if (m_thread) {
        if (!m_thread->wait(deadline))
            return false;
        // QThread::wait() returns shortly before the system thread is gone, so code that lists threads could still see it.
        for (const QDeadlineTimer end(patienceWithGoing); isThreadThere(m_thread->threadId()) && !end.hasExpired();)
            QThread::yieldCurrentThread();
        m_thread.reset();
    }
    m_wasInterrupted = false;
    return true;
}

void ThreadBackend::endKeptThread()
{
    if (!m_thread)
        return;
    m_thread->quitAfterRun();
    if (waitPatiently(patienceWithThread, [this](QDeadlineTimer deadline) { return endThread(deadline); }))
        return;
    qWarning("QSeamstressExplorer: the thread of \"%s\" did not end within %d ms after its script. It is abandoned; check its thread-local objects, whose destructors run when the thread ends.",
             qPrintable(m_thread->objectName()), patienceWithThread);
    abandon();
}

void ThreadBackend::requestInterruption()
{
    // Not for a pool thread, which has other work to do later.
    if (!m_thread)
        return;
    m_wasInterrupted = true;
    m_thread->requestInterruption();
}

void ThreadBackend::giveUp(const QSeamstressError &error)
{
    m_run->gate.giveUpAwaiting(error);
    takeBackFromPool({ ErrorData::withMessage(error, error.message() + QStringLiteral(" It was therefore withdrawn from the pool, and never ran.")) });
}

// If it has not started.
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

QString ThreadBackend::abandon()
{
    const QString what = m_usesPool ? QStringLiteral("A pool thread receives no interruption request, so it is abandoned.")
                                    : QStringLiteral("It also ignored QThread::requestInterruption(), so its thread is abandoned.");
    const QString loops = m_usesPool ? QStringLiteral("check a flag of your own in its loops")
                                     : QStringLiteral("poll QThread::currentThread()->isInterruptionRequested() in its loops");
    // A blocked thread cannot check anything.
    const bool isBlocked = m_run && activity(false).activity == ActivityReport::Blocked;
    const QString cure = isBlocked ? QString() : loops + QStringLiteral(", and ");
    if (m_thread) {
        m_thread->quitAfterRun();
        m_wasInterrupted = false;
        keepAbandoned(std::move(m_thread));
    } else if (m_usesPool) {
        keepAbandonedInPool(std::weak_ptr<const ThreadRun>(m_run));
    }
    m_ticket.reset();
    m_run.reset();
    return QStringLiteral("%1 Its script, and a config passed as a std::shared_ptr, are kept alive; what the script captured by reference is not. "
                          "To make it end, %2release what it waits for.")
        .arg(what, cure);
}

ActivityReport ThreadBackend::activity(bool isPaused) const
{
    switch (m_run->gate.state()) {
    case Gate::Halted:
        return m_run->gate.runsEventLoop() ? activityInEventLoop({ ActivityReport::Halted, ActivityReport::RunsEventLoop }) : ActivityReport{ ActivityReport::Halted };
    case Gate::Stranded:
        return { ActivityReport::Halted, ActivityReport::HeldForEver };
    case Gate::Awaiting:
        return activityInEventLoop(ActivityReport::awaiting(m_run->gate.awaited()));
    case Gate::Running:
        if (isPaused)
            return { ActivityReport::Halted };
        break;
    }
    if (!m_run->hasBegun && m_usesPool && m_pool && m_pool->activeThreadCount() >= m_pool->maxThreadCount())
        return { ActivityReport::Unknown, ActivityReport::PoolIsBusy, m_pool->maxThreadCount() };
    if (!m_run->hasBegun)
        return { ActivityReport::Unknown, ActivityReport::HasNotBegun };
    if (const QString breakpoint = StandingThreads::instance().pointOf(m_run->id); !breakpoint.isNull())
        return { .activity = ActivityReport::Blocked, .detail = ActivityReport::AtBreakpoint, .waitsFor = ActivityReport::Memory, .what = breakpoint };
    return activityOfScript({ ActivityReport::Computing });
}

// What its thread is doing; returns otherwise if the thread runs library code.
ActivityReport ThreadBackend::activityOfScript(const ActivityReport &otherwise) const
{
    const auto isInOurCode = [this] { return !m_isInDestructors && (m_run->whereabouts.isInOurCode || !m_run->thread); };
    const auto waitsForEvents = [this] { return m_run->eventLoop->isWaiting(); };
    return QSeamstressPrivate::activityOfScript({ m_run->threadId }, isInOurCode, waitsForEvents, otherwise);
}

// What the script is doing, or what a slot in its event loop is doing.
ActivityReport ThreadBackend::activityInEventLoop(const ActivityReport &itself) const
{
    ActivityReport report = activityOfScript(itself);
    if (report.activity != ActivityReport::Blocked && report.activity != ActivityReport::Sleeping)
        return itself;
    report.whileItself = itself.activity;
    return report;
}

bool ThreadBackend::runsWhilePaused() const
{
    return pauseMode == QSeamstressThread::RunEventLoop;
}

qint64 ThreadBackend::threadId() const
{
    return m_thread ? m_thread->threadId() : m_run ? m_run->threadId.load() : -1;
}

qint64 ThreadBackend::stoppedAt() const
{
    return m_run->whereabouts.stoppedAt;
}

QThread *ThreadBackend::thread() const
{
    if (m_thread)
        return m_thread.get();
    return m_run ? m_run->thread.load() : nullptr;
}

} // namespace QSeamstressPrivate
