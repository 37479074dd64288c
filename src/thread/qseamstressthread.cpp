// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

#include "qseamstressthread.h"

#include <QtCore/QThread>

#include "../executor/executordata_p.h"
#include "threadbackend_p.h"

using namespace QSeamstressPrivate;

/*!
    Makes an executor without a script, as a child of \a parent. Set one by setScript() or setConfig() before enter().
*/
QSeamstressThread::QSeamstressThread(QObject *parent)
    : QSeamstressExecutor(std::make_unique<ThreadBackend>(), parent)
{
}

/*!
    \fn template <class Script> QSeamstressThread::QSeamstressThread(Script script, QObject *parent)

    Makes an executor that runs \a script, as a child of \a parent. \a script is any callable without arguments that is a
    \l{Scripts}{script}.
*/

/*!
    \fn template <class Lock> QSeamstressThread::QSeamstressThread(Lock *lock, QObject *parent)

    Makes an executor whose script locks \a lock, halts, and unlocks it, as a child of \a parent.

    If \a lock is null, enter() fails with QSeamstressError::InvalidUse.
*/

/*!
    Makes an executor that runs \a config, as a child of \a parent.

    The config is not owned. To share its ownership, pass a std::shared_ptr to setConfig().
*/
QSeamstressThread::QSeamstressThread(QSeamstressConfig *config, QObject *parent)
    : QSeamstressThread(parent)
{
    setConfig(config);
}

/*!
    Destroys the executor. A script that is not over runs to its end first, and its thread is joined; see
    \l{The destructor}.
*/
QSeamstressThread::~QSeamstressThread()
{
    shutDown();
}

/*!
    \fn template <class Script> void QSeamstressThread::setScript(Script script)

    Makes \a script the one that runs from the next enter() on, in place of any script or config before. \a script is any callable
    without arguments that is a \l{Scripts}{script}. The executor keeps it, with what it captured, until it has another one or is
    destroyed.

    It cannot be changed while the script runs. That prints a warning, fails with QSeamstressError::InvalidUse, and changes nothing.
*/

/*!
    \enum QSeamstressThread::PauseMode

    What the script's thread does while the script is paused.

    \value HaltThread It stands still: it processes no events. This is the default.
    \value RunEventLoop It runs an event loop: objects that live in it get queued calls, blocking queued calls, timers, and
           deleteLater(). This needs a QCoreApplication. A pause point that a slot reaches meanwhile is passed, since the script is
           halted already.
*/

/*!
    \property QSeamstressThread::pauseMode
    \brief what the script's thread does while the script is paused; HaltThread by default.

    It cannot be changed while the script runs. That prints a warning, fails with QSeamstressError::InvalidUse, and changes nothing.

    \snippet tst_snippets.cpp run event loop
*/
QSeamstressThread::PauseMode QSeamstressThread::pauseMode() const
{
    return static_cast<const ThreadBackend *>(backend())->pauseMode;
}

void QSeamstressThread::setPauseMode(PauseMode mode)
{
    if (mayChange("setPauseMode", "pause mode"))
        static_cast<ThreadBackend *>(backend())->pauseMode = mode;
}

/*!
    Returns the pool in whose threads the script runs; null if it has a thread of its own, or if the pool was deleted.
*/
QThreadPool *QSeamstressThread::threadPool() const
{
    return static_cast<const ThreadBackend *>(backend())->threadPool();
}

/*!
    Makes the script run in a thread of \a pool, from the next enter() on, by QtConcurrent::run(). A null \a pool gives it a thread
    of its own again, which is the default.

    While the script runs, the pool has one thread less for others, also while the script is halted. If all threads of the pool are
    busy, the script waits for its turn; the message of a time-out says so. If the executor is destroyed before its turn comes, the
    script is taken back from the pool and never runs, which is an error with the code QSeamstressError::ThreadStillAlive.

    The pool is not owned. It must outlive the run: QThreadPool's destructor waits for what runs in it, and so for ever for a script
    that is halted. Declare the pool before the executor.

    After exit() timed out, a thread of a pool is not asked to stop, since the request would last beyond this script.

    It cannot be changed while the script runs. That prints a warning, fails with QSeamstressError::InvalidUse, and changes nothing.
*/
void QSeamstressThread::setThreadPool(QThreadPool *pool)
{
    if (mayChange("setThreadPool", "thread pool"))
        static_cast<ThreadBackend *>(backend())->setThreadPool(pool);
}

/*!
    Returns the thread that runs the script, or null if the script is not running. If it waits for its turn on a thread pool, that is
    null too.

    A thread of its own is deleted when the script has ended.
*/
QThread *QSeamstressThread::workerThread() const
{
    return static_cast<const ThreadBackend *>(backend())->thread();
}

/*!
    Returns \c true if the script is blocked this instant: activity() is QSeamstressExecutor::Blocked.

    \sa waitForBlocked(), isActivityAvailable()
*/
bool QSeamstressThread::isBlocked() const
{
    return activity() == Blocked;
}

/*!
    \fn template <class Lock> bool QSeamstressThread::waitForBlockedOn(const Lock *lock)

    Waits until the script is blocked on that very \a lock: a QMutex, a QRecursiveMutex, a QSemaphore, a \c std::mutex and its
    relatives, a \c std::shared_mutex, a \c std::counting_semaphore, a \c std::latch, a \c{std::atomic<int>}, or any object that
    contains one of them.

    Returns \c true if it is. Otherwise returns \c false, with the error codes of waitForBlocked(). Being blocked on something else
    does not count, and the message of a time-out says on what.

    \snippet tst_snippets.cpp blocked-on

    Whoever is blocked waits at an address that lies inside the lock. This is not so for QReadWriteLock, QWaitCondition,
    QSystemSemaphore, and of the standard library for condition variables, \c std::barrier, \c std::atomic_flag, and a \c std::atomic
    that has not the size of an \c int: for these it fails with QSeamstressError::InvalidUse at once, and waitForBlocked() is the way.
    So it does for QLockFile, on which nobody is ever blocked. A class of one's own that keeps its mutex behind a pointer is not
    recognised either: give the address of the mutex.
*/

/*!
    \fn template <class Lock> bool QSeamstressThread::waitForBlockedOn(const Lock *lock, QDeadlineTimer deadline)
    \overload
    Waits until \a deadline at most.
*/

/*!
    Returns \c true if this system tells what a thread does, as Linux does where \c /proc is mounted. Where it is \c false,
    activity() is QSeamstressExecutor::Unknown for a script that is on its way, and waitForBlocked() fails at once: skip such tests.

    It is \c true also while the program has no file descriptor left to look with. Then activity() is QSeamstressExecutor::Unknown,
    and messages say so.
*/
bool QSeamstressThread::isActivityAvailable()
{
    return QSeamstressPrivate::isActivityAvailable();
}
