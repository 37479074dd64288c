// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

#include "qseamstresstask.h"

#include "taskbackend_p.h"

using namespace QSeamstressPrivate;

/*!
    Constructs an executor without a script and with the given \a parent. Call setScript() or setConfig() before enter().
*/
QSeamstressTask::QSeamstressTask(QObject *parent)
    : QSeamstressExecutor(std::make_unique<TaskBackend>(), parent)
{
}

/*!
    \fn template <class Script> QSeamstressTask::QSeamstressTask(Script script, QObject *parent)

    Constructs an executor that runs \a script, with the given \a parent. \a script is any callable without arguments that is a
    \l{Scripts}{script}.
*/

/*!
    \fn template <class Lock> QSeamstressTask::QSeamstressTask(Lock *lock, QObject *parent)

    Constructs an executor with the given \a parent whose script locks \a lock, pauses, and unlocks it.

    If \a lock is null, enter() fails with QSeamstressError::InvalidUse.
*/

/*!
    Constructs an executor that runs \a config, with the given \a parent.

    The executor does not take ownership of the config. To share ownership, pass a std::shared_ptr to setConfig(). The config must live
    in the thread of the executor, and its functions run there. If the set-up has to wait, override QSeamstressConfig::script().
*/
QSeamstressTask::QSeamstressTask(QSeamstressConfig *config, QObject *parent)
    : QSeamstressTask(parent)
{
    setConfig(config);
}

/*!
    Destroys the executor. If the script has not ended, the destructor processes the events of the thread until the script has run to
    its end; see \l{The destructor}.

    Do not destroy the executor in a step of its own script or in another thread. Both are reported as errors, and the script runs to
    its end without the executor.
*/
QSeamstressTask::~QSeamstressTask()
{
    shutDown();
}

/*!
    \fn template <class Script> void QSeamstressTask::setScript(Script script)

    Sets \a script as the script that the next enter() starts. It replaces any previous script or config. \a script is any callable
    without arguments that is a \l{Scripts}{script}. The executor keeps the callable and its captures until you set another script or
    config, or until the executor is destroyed.

    You cannot change the script while it runs: the call prints a warning, fails with QSeamstressError::InvalidUse, and changes nothing.
*/
