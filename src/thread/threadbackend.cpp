// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

#include "threadbackend_p.h"

#include <QtCore/QAbstractEventDispatcher>
#include <QtCore/QThread>

#include <algorithm>
#include <atomic>
#include <mutex>
#include <utility>
#include <vector>

#include "../script/errordata_p.h"
#include "../script/scriptrunner_p.h"

namespace QSeamstressPrivate {

// One run of a script. Shared with the thread, which may outlive the executor.
class ThreadRun
{
public:
    explicit ThreadRun(const RunSettings &settings)
        : settings(settings)
        , gate(*settings.mailbox, settings.target, settings.order)
    {
    }

    void execute()
    {
        threadId = currentThreadId();
        QObject watcher; // disconnects at the end
        watchEventLoop(&watcher);
        if (settings.config)
            settings.config->moveHere();
        const QList<QSeamstressError> errors = ScriptRunner(settings.source, gate, settings.origin, settings.name).run();
        if (settings.config)
            settings.config->moveBack();
        settings.mailbox->ended(errors);
    }

    const RunSettings settings;
    Gate gate;
    std::atomic<qint64> threadId{ -1 };
    std::atomic<bool> isInEventLoop = false;

private:
    void watchEventLoop(QObject *watcher)
    {
        const QAbstractEventDispatcher *dispatcher = QAbstractEventDispatcher::instance();
        if (!dispatcher)
            return;
        QObject::connect(
            dispatcher, &QAbstractEventDispatcher::aboutToBlock, watcher, [this] { isInEventLoop = true; }, Qt::DirectConnection);
        QObject::connect(
            dispatcher, &QAbstractEventDispatcher::awake, watcher, [this] { isInEventLoop = false; }, Qt::DirectConnection);
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
    void run() override
    {
        // Of an abandoned run, what it owns goes as soon as it is over.
        const std::shared_ptr<ThreadRun> current = std::move(m_run);
        current->execute();
    }

private:
    std::shared_ptr<ThreadRun> m_run;
};

namespace {

// Threads whose executor is gone: a QThread must not be destroyed while it runs. Those that have ended are freed when the next
// one comes; the rest stay reachable to the end of the program, and are never destroyed, since they may still run then.
void keepAbandoned(std::unique_ptr<WorkerThread> thread)
{
    static std::mutex mutex;
    static auto *const threads = new std::vector<std::unique_ptr<WorkerThread>>;
    const std::lock_guard lock(mutex);
    std::erase_if(*threads, [](const std::unique_ptr<WorkerThread> &abandoned) { return abandoned->isFinished(); });
    threads->push_back(std::move(thread));
}

} // namespace

ThreadBackend::ThreadBackend() = default;
ThreadBackend::~ThreadBackend() = default;

QSeamstressError ThreadBackend::launch(const RunSettings &settings)
{
    auto run = std::make_shared<ThreadRun>(settings);
    if (settings.config) {
        // Shares the ownership of the run.
        const std::shared_ptr<Gate> gate(run, &run->gate);
        if (const QString refusal = settings.config->claim(gate, settings.origin, settings.name); !refusal.isEmpty())
            return ErrorData::make(QSeamstressError::InvalidUse, refusal, settings.origin);
    }
    auto thread = std::make_unique<WorkerThread>(run);
    thread->setObjectName(settings.origin); // also the name that gdb and top show
    thread->start();
    if (!thread->isRunning() && !thread->isFinished()) {
        if (settings.config)
            settings.config->moveBack();
        return ErrorData::make(QSeamstressError::FailedToStart,
                               QStringLiteral("%1 could not start: the system gave no thread. End other threads, or raise the limits of processes and memory.").arg(settings.name),
                               settings.origin);
    }
    m_run = std::move(run);
    m_thread = std::move(thread);
    return {};
}

void ThreadBackend::letGo(const Target &target, quint32 order)
{
    m_run->gate.letGo(target, order);
}

void ThreadBackend::retarget(const Target &target, quint32 order)
{
    m_run->gate.retarget(target, order);
}

bool ThreadBackend::join(QDeadlineTimer deadline)
{
    if (!m_thread->wait(deadline))
        return false;
    m_thread.reset();
    m_run.reset();
    return true;
}

void ThreadBackend::requestInterruption()
{
    m_thread->requestInterruption();
}

void ThreadBackend::giveUpAwaiting(const QSeamstressError &error)
{
    m_run->gate.giveUpAwaiting(error);
}

void ThreadBackend::abandon()
{
    keepAbandoned(std::move(m_thread));
    m_run.reset();
}

QString ThreadBackend::abandonedText() const
{
    return QStringLiteral("It did not heed QThread::requestInterruption() either, so its thread is abandoned. Its script, and a config given as "
                          "std::shared_ptr, are kept alive for it; what the script captured by reference is not. Make it end: poll "
                          "QThread::currentThread()->isInterruptionRequested() in its loops, and free what it waits for.");
}

ActivityReport ThreadBackend::activity(bool isPaused) const
{
    static const ActivityReport halted{ QSeamstressExecutor::Halted, QStringLiteral("is halted") };
    switch (m_run->gate.state()) {
    case Gate::Halted:
        return halted;
    case Gate::Stranded:
        return { QSeamstressExecutor::Halted,
                 QStringLiteral("is held at its pause point for ever, since its config was deleted while one of the config's functions stood there; "
                                "delete the config after exit(), or give it as a std::shared_ptr") };
    case Gate::Awaiting:
        return { QSeamstressExecutor::InEventLoop, QStringLiteral("waits in co_await for a QFuture") };
    case Gate::Running:
        if (isPaused)
            return halted;
        break;
    }
    const qint64 threadId = m_run->threadId;
    if (threadId < 0)
        return { QSeamstressExecutor::Unknown, QStringLiteral("has not begun to run, the system has given its thread no time") };
    return activityOfThread(threadId, m_run->isInEventLoop);
}

QThread *ThreadBackend::thread() const
{
    return m_thread.get();
}

} // namespace QSeamstressPrivate
