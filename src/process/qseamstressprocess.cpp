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
    Constructs an executor without a script, with the given \a parent. Call setScript() or setConfig() before enter().
*/
QSeamstressProcess::QSeamstressProcess(QObject *parent)
    : QSeamstressExecutor(std::make_unique<ProcessBackend>(), parent)
{
}

/*!
    \fn template <class Script, class... Args> QSeamstressProcess::QSeamstressProcess(Script script, Args... args)

    Constructs an executor that runs \a script with \a args in another process. \a script is a function, or a lambda without captures.
*/

/*!
    \fn template <class Config> QSeamstressProcess::QSeamstressProcess(Config *config, QObject *parent)

    Constructs an executor with the given \a parent that runs an object of the class \c Config in another process. \a config must be of
    exactly that class. Its properties are sent when the script starts.
*/

/*!
    \fn template <class Config> void QSeamstressProcess::registerConfig()

    Registers the class \c Config in the processes of this program, for configs that are set with setConfig() or in QML. It is enough that
    the call appears somewhere in the program: the class is registered before main() begins, even if the call is never executed.
*/

/*!
    \fn template <class Script, class... Args> void QSeamstressProcess::setScript(Script script, Args... args)

    Sets \a script with \a args as the script that the next enter() starts. It replaces any earlier script or config.

    The script cannot be changed while it runs: the call then prints a warning, fails with QSeamstressError::InvalidUse, and has no other
    effect.
*/

/*!
    Destroys the executor. A script that has not finished runs to its end first. A process that does not end is killed. See
    \l{The destructor}.
*/
QSeamstressProcess::~QSeamstressProcess()
{
    shutDown();
}

/*!
    \property QSeamstressProcess::sharedMemorySize
    \brief the size of the shared memory for the errors of the script, in bytes.

    The default is 65536, the minimum is 1 and the maximum is 1 GiB. If the errors do not fit, the verb fails with
    QSeamstressError::ExceptionTooLargeToPropagate, and the message contains the size that is needed.
*/
int QSeamstressProcess::sharedMemorySize() const
{
    return of(backend())->sharedMemorySize;
}

void QSeamstressProcess::setSharedMemorySize(int bytes)
{
    static constexpr int largest = 1 << 30;
    if (bytes < 1 || bytes > largest)
        qWarning("QSeamstressProcess::setSharedMemorySize: invalid size %d; pass a number of bytes from 1 to %d.", bytes, largest);
    else if (mayChange("setSharedMemorySize", "shared memory"))
        of(backend())->sharedMemorySize = bytes;
}

/*!
    \property QSeamstressProcess::program
    \brief the program that is started. By default it is this program.

    Another program must link QSeamstress too and contain the script: either an object of a class with operator() that the code of that
    program passes to a QSeamstressProcess, or a config that the code registers with registerConfig(). That code need not run. Addresses
    differ between programs, so scripts are found by the names of their types, which must be unique. A lambda has no unique name. A function
    has no type name of its own and fails with QSeamstressError::InvalidUse. A script that the other program does not contain fails with
    QSeamstressError::UnknownScript.
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
    \brief the command-line arguments of the process. By default there are none.
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
    Returns the environment of the process. By default it is the environment of the test.
*/
QProcessEnvironment QSeamstressProcess::processEnvironment() const
{
    return of(backend())->environment.value_or(QProcessEnvironment::systemEnvironment());
}

/*!
    Sets \a environment as the environment of the process. It replaces the environment of the test.
*/
void QSeamstressProcess::setProcessEnvironment(const QProcessEnvironment &environment)
{
    if (mayChange("setProcessEnvironment", "environment"))
        of(backend())->environment = environment;
}

/*!
    \property QSeamstressProcess::workingDirectory
    \brief the directory in which the process is started. By default this is empty, and the process starts in the directory of the test.
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
    Returns the process ID, or 0 if the script is not running.
*/
qint64 QSeamstressProcess::processId() const
{
    return of(backend())->processId();
}
