// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

#include "qseamstresserror.h"

#include <QtCore/QDebug>

#include "errordata_p.h"

using namespace QSeamstressPrivate;

/*!
    \class QSeamstressError
    \inmodule QSeamstress
    \brief Describes what went wrong in a script, in a verb or with a clock.

    An error has a code, a message and, if the script threw, the exception itself. Call raise() to rethrow the exception.

    QSeamstressError is a value class: copies are cheap and share their data. Different threads can use copies of the same error.

    \sa QSeamstressExecutor::error(), QSeamstressExecutor::errors(), {Time-outs, Errors and the End}
*/

/*!
    \enum QSeamstressError::Code

    \value NoError
        Nothing went wrong.
    \value Exception
        The script threw.
    \value SetUpFailed
        The script's callable, or the lock() function of its lock, returned \c false.
    \value PauseTimedOut
        The script did not reach a pause point within pauseTimeout. It keeps running.
    \value ThreadStillAlive
        The script did not end within timeout and keeps running, or it had not ended when the executor was destroyed.
    \value ProcessStillAlive
        Like ThreadStillAlive, for a process.
    \value TaskStillExecuting
        Like ThreadStillAlive, for a task.
    \value NeverPaused
        The script ended without reaching a pause point, another pause point, or the requested one.
    \value NotBlocked
        \l{QSeamstressExecutor::}{waitForBlocked()}, \l{QSeamstressExecutor::}{waitForActivity()} or \l{QSeamstressThread::}{waitForBlockedOn()}
        did not observe the script in that state in time, or could not observe it at all.
    \value NoRunningEventLoop
        A task was started in a thread that has no event loop.
    \value FailedToStart
        The system could not create the thread or process, or the program did not answer.
    \value Crashed
        The process ended before its script did, or failed after that. The message names the signal or the exit code.
    \value UnknownScript
        The process does not contain the script, or could not recreate it.
    \value ExceptionTooLargeToPropagate
        The errors of the script do not fit into the shared memory. See QSeamstressProcess::sharedMemorySize.
    \value InvalidUse
        A function was called in a way that cannot work. The message says what to change.
    \value ClockUnavailable
        A QSeamstressClock was created where virtual time does not work. The message gives the reason, as QSeamstressClock::isAvailable()
        does.
    \value ClockFailed
        Virtual time did not move as it should: QSeamstressClock::advance() or a similar function did not come to its end in time, went
        too far or came to its limit, or the test waited for a time that could not come.
*/

/*!
    \property QSeamstressError::code
    \brief the kind of error.
*/

/*!
    \property QSeamstressError::message
    \brief the text of the error: what happened to which script, and what to change.

    If the script threw, the message contains the type and text of the exception and of all nested exceptions. After a time-out, the
    message also lists the pause points that the script has reached and how often, what the script is doing now, and the length of
    the wait.
*/

/*!
    \property QSeamstressError::exceptionType
    \brief the C++ type of the exception that the script threw, for example \c{std::runtime_error}.

    This property is empty if the script threw nothing.
*/

/*!
    \property QSeamstressError::origin
    \brief the object name of the executor that ran the script.
*/

/*!
    Constructs an empty error with the code NoError.
*/
QSeamstressError::QSeamstressError() = default;
/*!
    Constructs a copy of \a other that shares its data.
*/
QSeamstressError::QSeamstressError(const QSeamstressError &other) = default;
/*!
    Move-constructs an error from \a other, which is empty afterwards.
*/
QSeamstressError::QSeamstressError(QSeamstressError &&other) noexcept = default;
/*!
    Assigns \a other to this error and returns a reference to this error.
*/
QSeamstressError &QSeamstressError::operator=(const QSeamstressError &other) = default;
/*!
    Move-assigns \a other to this error and returns a reference to this error.
*/
QSeamstressError &QSeamstressError::operator=(QSeamstressError &&other) noexcept = default;
/*!
    Destroys the error. The exception that it holds is destroyed with the last copy of the error.
*/
QSeamstressError::~QSeamstressError() = default;

QSeamstressError::QSeamstressError(ErrorData *data)
    : d(data)
{
}

QSeamstressError::Code QSeamstressError::code() const
{
    return d ? d->code : NoError;
}

QString QSeamstressError::message() const
{
    return d ? d->message : QString();
}

QString QSeamstressError::exceptionType() const
{
    return d ? d->exceptionType : QString();
}

QString QSeamstressError::origin() const
{
    return d ? d->origin : QString();
}

/*!
    Returns \c true if something went wrong, that is, if the code is not NoError.
*/
QSeamstressError::operator bool() const
{
    return code() != NoError;
}

/*!
    Rethrows the exception that the script threw. It is the original object, so you can catch it by any of its types. For a script in
    another process, it is a recreated object, provided that both processes know its type; see registerExceptionType().

    \snippet tst_snippets.cpp raise

    If the script threw nothing, for example after a time-out, or if the type of the exception is not known, this function throws a
    QSeamstressException with this error. If the error is empty, it does nothing.
*/
void QSeamstressError::raise() const
{
    if (!*this)
        return;
    if (d->exception)
        std::rethrow_exception(d->exception);
    throw QSeamstressException(*this);
}

/*!
    \fn bool QSeamstressError::operator==(const QSeamstressError &error, const QSeamstressError &other)

    Returns \c true if \a error and \a other have the same code, message, exceptionType and origin. The
    exceptions themselves are not compared.
*/
bool QSeamstressError::equals(const QSeamstressError &other) const
{
    return d == other.d || (code() == other.code() && message() == other.message() && exceptionType() == other.exceptionType() && origin() == other.origin());
}

/*!
    \fn template <class E> void QSeamstressError::registerExceptionType()

    Registers the exception type \c E, so that it keeps its type when it comes from another process: if the script of a
    QSeamstressProcess throws an \c E, raise() throws an \c E.

    If \c E has a default constructor and the stream operators \c{<<} and \c{>>} for QDataStream, it is sent with these. Otherwise it is
    recreated from the text that \c{what()} returns, and any other data is lost. For this, \c E needs a constructor that takes a
    \c{const std::string &} or a \c{const QString &}. A type that has neither causes a compile error.

    It is enough to name the function for a type anywhere in the program. Calling it does nothing and is not necessary, because
    a process that runs a script never reaches the test's \c{initTestCase()}. If a library contains that code, both processes must
    load the library.

    The following types are supported without registration:
    \list
    \li the classes of the standard library that derive from \c{std::exception}, with their text, code and paths, as far as their
        public constructors can recreate that text
    \li QException, QUnhandledException with its nested exception, and QSeamstressException
    \li \c{int}, QString, \c{std::string} and \c{const char *}
    \endlist

    You have to register classes that derive from one of them; they are not sliced to their base class. All other exceptions become a
    QSeamstressException with the type and the text of the original, for example those thrown by a stream, by std::get() for a variant
    and by std::regex. An exception thrown by std::throw_with_nested() keeps its cause, which std::rethrow_if_nested() throws.

    Exceptions of threads and tasks always keep their type.

    \sa raise()
*/

/*!
    \relates QSeamstressError

    Writes the code and the message of \a error to \a debug and returns the stream.
*/
QDebug operator<<(QDebug debug, const QSeamstressError &error)
{
    const QDebugStateSaver saver(debug);
    debug.nospace() << "QSeamstressError(" << error.code();
    if (error)
        debug << ", " << error.message();
    return debug << ')';
}
