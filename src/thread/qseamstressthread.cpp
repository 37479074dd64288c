// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

#include "qseamstressthread.h"

#include <QtCore/QThread>

#include "../executor/executordata_p.h"
#include "threadbackend_p.h"

using namespace QSeamstressPrivate;

/*!
    Constructs an executor without a script and with the given \a parent. Call setScript() or setConfig() before enter().
*/
QSeamstressThread::QSeamstressThread(QObject *parent)
    : QSeamstressExecutor(std::make_unique<ThreadBackend>(), parent)
{
}

/*!
    \fn template <class Script> QSeamstressThread::QSeamstressThread(Script script, QObject *parent)

    Constructs an executor that runs \a script, with the given \a parent. \a script is any callable without arguments that is a
    \l{Scripts}{script}.
*/

/*!
    \fn template <class Lock> QSeamstressThread::QSeamstressThread(Lock *lock, QObject *parent)

    Constructs an executor with the given \a parent whose script locks \a lock, pauses, and unlocks it.

    If \a lock is null, enter() fails with QSeamstressError::InvalidUse.
*/

/*!
    Constructs an executor that runs \a config, with the given \a parent.

    The executor does not take ownership of the config. To share ownership, pass a std::shared_ptr to setConfig().
*/
QSeamstressThread::QSeamstressThread(QSeamstressConfig *config, QObject *parent)
    : QSeamstressThread(parent)
{
    setConfig(config);
}

/*!
    Destroys the executor. If the script has not ended, the destructor waits until it has run to its end, and joins its thread; see
    \l{The destructor}.
*/
QSeamstressThread::~QSeamstressThread()
{
    shutDown();
}

/*!
    \fn template <class Script> void QSeamstressThread::setScript(Script script)

    Sets \a script as the script that the next enter() starts. It replaces any previous script or config. \a script is any callable
    without arguments that is a \l{Scripts}{script}. The executor keeps the callable and its captures until you set another script or
    config, or until the executor is destroyed.

    You cannot change the script while it runs: the call prints a warning, fails with QSeamstressError::InvalidUse, and changes nothing.
*/

/*!
    \enum QSeamstressThread::PauseMode

    This enum describes what the script's thread does while the script is paused.

    \value HaltThread The thread sleeps and does not process events. This is the default.
    \value RunEventLoop The thread runs an event loop, so that queued calls, blocking queued calls, timers and deleteLater() work for
           objects that live in it. This requires a QCoreApplication. A slot that reaches a pause point passes it, because the
           script is already paused.
*/

/*!
    \property QSeamstressThread::pauseMode
    \brief the behaviour of the script's thread while the script is paused; HaltThread by default.

    You cannot change this property while the script runs: the call prints a warning, fails with QSeamstressError::InvalidUse, and
    changes nothing.

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
    Returns the thread pool that runs the script, or \c nullptr if the script has a thread of its own or the pool was deleted.
*/
QThreadPool *QSeamstressThread::threadPool() const
{
    return static_cast<const ThreadBackend *>(backend())->threadPool();
}

/*!
    Sets \a pool as the thread pool that runs the script, from the next enter() on. The script is started with QtConcurrent::run(). If
    \a pool is \c nullptr, the script has a thread of its own, which is the default.

    The script occupies one thread of the pool for its whole run, even while it is paused. If all threads of the pool are busy, the
    script waits in the pool's queue, and the message of a time-out says so. If the executor is destroyed before the script starts, the
    script is withdrawn from the pool and never runs; this is an error with the code QSeamstressError::ThreadStillAlive.

    The executor does not take ownership of the pool. The pool must outlive the run: the destructor of QThreadPool waits for running
    functions, so it waits forever for a paused script. Declare the pool before the executor.

    If exit() times out, the executor does not call QThread::requestInterruption() for a pool thread, because the request would
    outlast the script and affect what the pool runs next in that thread.

    You cannot change the pool while the script runs: the call prints a warning, fails with QSeamstressError::InvalidUse, and changes
    nothing.
*/
void QSeamstressThread::setThreadPool(QThreadPool *pool)
{
    if (mayChange("setThreadPool", "thread pool"))
        static_cast<ThreadBackend *>(backend())->setThreadPool(pool);
}

/*!
    Returns the thread that runs the script, or \c nullptr if the script is not running or is waiting in the queue of a thread pool.

    If the script has a thread of its own, that thread is deleted after the script has ended.
*/
QThread *QSeamstressThread::workerThread() const
{
    return static_cast<const ThreadBackend *>(backend())->thread();
}

/*!
    Returns \c true if the script is currently blocked, that is, if activity() is QSeamstressExecutor::Blocked.

    \sa waitForBlocked(), isActivityAvailable()
*/
bool QSeamstressThread::isBlocked() const
{
    return activity() == Blocked;
}

/*!
    \fn template <class Lock> bool QSeamstressThread::waitForBlockedOn(const Lock *lock)

    Waits until the script is blocked on \a lock. The lock can be a QMutex, a QRecursiveMutex, a QSemaphore, a \c std::mutex or one of
    its variants, a \c std::shared_mutex, a \c std::counting_semaphore, a \c std::latch, a \c{std::atomic<int>}, or any object that
    contains one of these.

    Returns \c true if the script is blocked on \a lock; otherwise returns \c false, with the same error codes as waitForBlocked(). A
    script that is blocked on something else does not count. The message of a time-out says what it is blocked on.

    \snippet tst_snippets.cpp blocked-on

    This works because a blocked thread waits at an address inside the lock. It does not work for QReadWriteLock, QWaitCondition,
    QSystemSemaphore, the condition variables of the standard library, \c std::barrier, \c std::atomic_flag, and a \c std::atomic that
    does not have the size of an \c int. For these, the function fails immediately with QSeamstressError::InvalidUse; use
    waitForBlocked() instead. It also fails for QLockFile, on which a thread never blocks. A class that keeps its mutex behind a pointer
    is not recognised; pass the address of the mutex instead.
*/

/*!
    \fn template <class Lock> bool QSeamstressThread::waitForBlockedOn(const Lock *lock, QDeadlineTimer deadline)
    \overload
    Waits until \a deadline at the latest.
*/

/*!
    Returns \c true if the system reports what a thread is doing, as Linux does if \c /proc is mounted. If this function returns
    \c false, activity() is QSeamstressExecutor::Unknown for a running script, and waitForBlocked() fails immediately. Skip tests that
    depend on them.

    This function returns \c true even if the program has run out of file descriptors. In that case, activity() is
    QSeamstressExecutor::Unknown, and messages say why.
*/
bool QSeamstressThread::isActivityAvailable()
{
    return QSeamstressPrivate::isActivityAvailable();
}
