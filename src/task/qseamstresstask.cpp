// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

#include "qseamstresstask.h"

#include "taskbackend_p.h"

using namespace QSeamstressPrivate;

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
