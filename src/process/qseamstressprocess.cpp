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
    \class QSeamstressProcess
    \inmodule QSeamstress
    \brief Runs a script in another process, and halts that process at an exact point.

    \snippet tst_snippets.cpp process

    The process is this very test program, started again, or forked from a copy of it that stands before main() (see
    \l{How it is started}): as soon as it has made its QCoreApplication, it runs the script in place of the tests, and ends. So the program must make one: QTEST_MAIN, QTEST_GUILESS_MAIN and Quick Test do. Others, as those of GoogleTest and
    Catch2, call QSeamstress::runIfChild() in the first line of main(). What main() does before that happens in the process, too: if it
    needs arguments, give them by setArguments(). A program whose tests make the QCoreApplication would run them in the process, and is
    refused with QSeamstressError::InvalidUse.

    In a program with a GUI, the process has a QGuiApplication or QApplication, too, and the script may show windows. If it is of a class of
    your own, that class is not constructed yet. The process ends by std::exit(), and the application is not destroyed: a checker for leaks
    may report what it still holds, such as the fonts of fontconfig.

    \section1 Scripts of another process

    Nothing is shared with another process. So the script captures nothing, which the compiler checks. What it needs is given as arguments
    after it; they are sent by QDataStream, and live as long as the script. A type of your own needs operator<< and operator>>. Values at
    pause points come back in the same way. A pointer to a lock means nothing there, and is refused.

    A script may be in a library of the test. That must be linked, or loaded before the QCoreApplication is made: the process does not come
    to what happens after that, and would fail with QSeamstressError::UnknownScript.

    A config is made anew in the process, by the default constructor of its class. Its stored and writable properties are sent. Slots that
    are connected to its signals do not exist there: override setUp() and tearDown().

    Application and organisation names and the test mode of QStandardPaths are as they are in the test. The process has the environment and
    the working directory of the test, its standard input is empty, and what it prints on its standard output goes to its standard error,
    which the test passes on. Files that the test has open are not open there.

    \section1 When it fails

    What the script throws is thrown again by QSeamstressError::raise(): exceptions of the standard library, QException, and types that were
    named by QSeamstressError::registerExceptionType(), as themselves, anything else as QSeamstressException. If the process crashes, the error
    has the code QSeamstressError::Crashed, and names the signal or the exit code, the last pause point, what qFatal() said, and what it
    printed last. A program that does not answer as a test does is QSeamstressError::FailedToStart.

    The process never outlives the test: the destructor kills one that does not end, and when the test is killed, the process ends, too.
    A destructor in another thread needs the event loop of the executor's own thread to end the script. If that does not run, the process
    is killed.
    What the script has started itself, by QProcess or fork(), is not ended with its process: let the script end it.

    \sa {Halting Another Process}
*/

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
