// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

#include "qseamstressprocess.h"

#include <QtCore/QCoreApplication>
#include <QtCore/QProcessEnvironment>

#include "processbackend_p.h"

using namespace QSeamstressPrivate;

static ProcessBackend *of(Backend *backend)
{
    return static_cast<ProcessBackend *>(backend);
}

/*!
    Makes an executor without a script, as a child of \a parent. Set one by setScript() or setConfig() before enter().
*/
QSeamstressProcess::QSeamstressProcess(QObject *parent)
    : QSeamstressExecutor(std::make_unique<ProcessBackend>(), parent)
{
}

/*!
    \fn template <class Script, class... Args> QSeamstressProcess::QSeamstressProcess(Script script, Args... args)

    Makes an executor that runs \a script with \a args in another process. \a script is a function, or a lambda that captures nothing.
*/

/*!
    \fn template <class Config> QSeamstressProcess::QSeamstressProcess(Config *config, QObject *parent)

    Makes an executor that runs an object of the class \c Config in another process, as a child of \a parent. \a config must be of exactly
    that class; its properties are sent when the script starts.
*/

/*!
    \fn template <class Config> void QSeamstressProcess::registerConfig()

    Makes the class \c Config known to the processes of this program, for configs that are set by setConfig() or in QML. It need only stand
    somewhere in the program: it works before main() begins, whether it is called or not.
*/

/*!
    \fn template <class Script, class... Args> void QSeamstressProcess::setScript(Script script, Args... args)

    Makes \a script with \a args the one that runs from the next enter() on, in place of any script or config before.

    It cannot be changed while the script runs. That prints a warning, fails with QSeamstressError::InvalidUse, and changes nothing.
*/

/*!
    Destroys the executor. A script that is not over runs to its end first; a process that does not end is killed. See
    \l{The destructor}.
*/
QSeamstressProcess::~QSeamstressProcess()
{
    shutDown();
}

/*!
    \property QSeamstressProcess::sharedMemorySize
    \brief the size of the shared memory for the errors of the script, in bytes.

    The default is 65536. It is at least 1, and at most 1 GiB. If an error does not fit, the verb fails with
    QSeamstressError::ExceptionTooLargeToPropagate, whose message has the size that would do.
*/
int QSeamstressProcess::sharedMemorySize() const
{
    return of(backend())->sharedMemorySize;
}

void QSeamstressProcess::setSharedMemorySize(int bytes)
{
    static constexpr int largest = 1 << 30;
    if (bytes < 1 || bytes > largest)
        qWarning("QSeamstressProcess::setSharedMemorySize: %d is no size; give bytes from 1 to %d.", bytes, largest);
    else if (mayChange("setSharedMemorySize", "shared memory"))
        of(backend())->sharedMemorySize = bytes;
}

/*!
    \property QSeamstressProcess::program
    \brief the program that is started. By default it is this one.

    Another one must link QSeamstress too, and contain the script: an object of a class with operator(), which is given to a
    QSeamstressProcess somewhere in the code of that program, or a config, which is named there by registerConfig(). That code need not run.
    As there everything lies elsewhere, scripts are found by the names of their types, which must be unique: a lambda has no name of its own,
    and a function none at all, so that it is refused with QSeamstressError::InvalidUse. A script that the other program does not contain
    fails with QSeamstressError::UnknownScript.
*/
QString QSeamstressProcess::program() const
{
    const QString program = of(backend())->program;
    return program.isEmpty() ? QCoreApplication::applicationFilePath() : program;
}

void QSeamstressProcess::setProgram(const QString &program)
{
    if (mayChange("setProgram", "program"))
        of(backend())->program = program;
}

/*!
    \property QSeamstressProcess::arguments
    \brief the arguments of the command line of the process. By default there are none.
*/
QStringList QSeamstressProcess::arguments() const
{
    return of(backend())->arguments;
}

void QSeamstressProcess::setArguments(const QStringList &arguments)
{
    if (mayChange("setArguments", "arguments"))
        of(backend())->arguments = arguments;
}

/*!
    Returns the environment of the process; that of the test by default.
*/
QProcessEnvironment QSeamstressProcess::processEnvironment() const
{
    return of(backend())->environment.value_or(QProcessEnvironment::systemEnvironment());
}

/*!
    Gives the process \a environment in place of that of the test.
*/
void QSeamstressProcess::setProcessEnvironment(const QProcessEnvironment &environment)
{
    if (mayChange("setProcessEnvironment", "environment"))
        of(backend())->environment = environment;
}

/*!
    \property QSeamstressProcess::workingDirectory
    \brief the directory in which the process is started. By default it is that of the test, and this is empty.
*/
QString QSeamstressProcess::workingDirectory() const
{
    return of(backend())->workingDirectory;
}

void QSeamstressProcess::setWorkingDirectory(const QString &directory)
{
    if (mayChange("setWorkingDirectory", "working directory"))
        of(backend())->workingDirectory = directory;
}

/*!
    Returns the number of the process, or 0 if the script is not running.
*/
qint64 QSeamstressProcess::processId() const
{
    return of(backend())->processId();
}
