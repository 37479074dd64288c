// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

#include "qseamstressthread.h"

#include <QtCore/QThread>

#include "../executor/executordata_p.h"
#include "threadbackend_p.h"

using namespace QSeamstressPrivate;

/*!
    \class QSeamstressThread
    \inmodule QSeamstress
    \brief Runs a script in another thread, and halts that thread at an exact point.

    \snippet 01-contested-lock/tst_contestedlock.cpp guard

    Each run of the script has a new QThread. While the script is halted, that thread stands still: it processes no events. It has
    the executor's object name, which debuggers and \c top show; on Linux they show its first 15 characters.

    \l{Scripts} tells what can be a script, and QSeamstressExecutor how to start, halt and end one.

    \section1 Locks

    A pointer to an object that has lock() and unlock() makes a script that locks it, halts, and unlocks it: QMutex,
    QRecursiveMutex, std::mutex, QLockFile, and others that satisfy the concept \c QSeamstressLockable. If lock() returns \c bool,
    \c false means that the set-up failed.

    The lock is not owned, and must live as long as the script runs.

    A pointer to something else, such as a QReadWriteLock, is refused by the compiler with the advice to pass a callable that
    returns a guard.
*/

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
    Returns the thread that runs the script, or null if the script is not running.

    The thread is deleted when the script has ended.
*/
QThread *QSeamstressThread::workerThread() const
{
    return static_cast<const ThreadBackend *>(backend())->thread();
}
