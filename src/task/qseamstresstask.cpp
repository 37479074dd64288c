// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

#include "qseamstresstask.h"

#include "taskbackend_p.h"

using namespace QSeamstressPrivate;

/*!
    \class QSeamstressTask
    \inmodule QSeamstress
    \brief Runs a script on the event loop of its own thread, and halts it between two turns of that loop.

    \snippet tst_snippets.cpp task

    Half of Qt's concurrency is on one event loop: queued slots, timers, sockets, futures, coroutines. A task is one of these. Its
    set-up, each step between two pause points, and its tear-down are turns of the event loop of the thread that owns the executor.
    Other tasks, timers and sockets go on in between, and also while it is halted.

    A verb processes the events of the thread while it waits, whatever \l waitMode says, so \l waitMode is always ProcessEvents. It
    works in a test function, in a slot, in a QThread, while QCoreApplication::exec() runs, and after QCoreApplication::quit(). In a
    thread that has no event loop, such as a \c std::thread, enter() fails with QSeamstressError::NoRunningEventLoop, and so it does
    without a QCoreApplication.

    start(), resume() and finish() return before the script has done anything: it gets on when the event loop runs.

    \l{Scripts} tells what can be a script, and QSeamstressExecutor how to start, halt and end one.

    \section1 Waiting in a task

    A step must not wait by blocking, since the test runs in the same thread. Let the script \c co_await a QFuture, another script, or
    an awaitable of another library such as QCoro: then other events are processed meanwhile. What never comes ends a verb with
    QSeamstressError::PauseTimedOut or QSeamstressError::TaskStillExecuting. The destructor then destroys the coroutine where it waits,
    with its local variables. In an awaitable of another library, which might still resume it, it is leaked and reported instead.

    While one step blocks, no verb can time out. If it takes longer than \l pauseTimeout, at least 100 ms, a thread of the library
    prints a warning that names the script and what it does. The warning comes once a step, and not while a debugger is attached.

    A step that runs an event loop of its own, as QDialog::exec() does, does not end before that loop does. No verb that waits for the task
    can return earlier, since it stands above the loop on the stack. When its deadline is over, and \l pauseTimeout since the step began, a
    warning and a failure of the test say so, once a step. Let a timer that is started before end the loop:

    \snippet tst_dialogsnippet.cpp dialog

    A verb that a step calls on its own executor would wait for itself: it fails with QSeamstressError::InvalidUse. Verbs of other
    executors work.

    \section1 Pause points in plain code

    A function that QSeamstress::pause() or QSEAMSTRESS_PAUSE_POINT() stands in cannot be suspended in the middle, and so a task cannot
    halt there. The point is passed, and shown in the timeline. So production code with pause points can be used in tasks. If the
    script itself is a plain function that returns \c void, to reach a pause point is an error: QSeamstressError::InvalidUse.

    \section1 Locks

    A pointer to an object that has lock(), unlock() and try_lock() makes a script that locks it, halts, and unlocks it: QMutex,
    std::mutex, QReadWriteLock from Qt 6.11 on, which is locked for writing, and others that satisfy the concept
    \c QSeamstressTryLockable. The script calls try_lock() every millisecond until it succeeds, and is
    \l{QSeamstressExecutor::Blocked}{Blocked} meanwhile. The lock is taken by the thread that owns the executor: a recursive mutex that
    this thread has locked is not refused to it, and to try a \c std::mutex that it has locked is undefined.

    The lock is not owned, and must live as long as the script runs.
*/

/*!
    Makes an executor without a script, as a child of \a parent. Set one by setScript() or setConfig() before enter().
*/
QSeamstressTask::QSeamstressTask(QObject *parent)
    : QSeamstressExecutor(std::make_unique<TaskBackend>(), parent)
{
}

/*!
    \fn template <class Script> QSeamstressTask::QSeamstressTask(Script script, QObject *parent)

    Makes an executor that runs \a script, as a child of \a parent. \a script is any callable without arguments that is a
    \l{Scripts}{script}.
*/

/*!
    \fn template <class Lock> QSeamstressTask::QSeamstressTask(Lock *lock, QObject *parent)

    Makes an executor whose script locks \a lock, halts, and unlocks it, as a child of \a parent.

    If \a lock is null, enter() fails with QSeamstressError::InvalidUse.
*/

/*!
    Makes an executor that runs \a config, as a child of \a parent.

    The config is not owned. To share its ownership, pass a std::shared_ptr to setConfig(). Its functions run in the thread of the
    executor, in which it must live. Override QSeamstressConfig::script() for a set-up that has to wait.
*/
QSeamstressTask::QSeamstressTask(QSeamstressConfig *config, QObject *parent)
    : QSeamstressTask(parent)
{
    setConfig(config);
}

/*!
    Destroys the executor. A script that is not over runs to its end first, while the events of the thread are processed; see
    \l{The destructor}.

    Do not destroy it in a step of its own script, nor in another thread: both are reported, and the script goes on to its end by
    itself.
*/
QSeamstressTask::~QSeamstressTask()
{
    shutDown();
}

/*!
    \fn template <class Script> void QSeamstressTask::setScript(Script script)

    Makes \a script the one that runs from the next enter() on, in place of any script or config before. \a script is any callable
    without arguments that is a \l{Scripts}{script}. The executor keeps it, with what it captured, until it has another one or is
    destroyed.

    It cannot be changed while the script runs. That prints a warning, fails with QSeamstressError::InvalidUse, and changes nothing.
*/
