// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

#include "qseamstresserror.h"

#include <QtCore/QDebug>

#include "errordata_p.h"

using namespace QSeamstressPrivate;

/*!
    \class QSeamstressError
    \inmodule QSeamstress
    \brief What went wrong in a script, or with a verb.

    An error has a code to compare, a message to read, and, if the script threw, the exception itself: raise() throws it again.

    It is a value: copies are cheap and share their data. Copies can be used in different threads.

    \sa QSeamstressExecutor::error(), QSeamstressExecutor::errors(), {Time-outs, Errors and the End}
*/

/*!
    \enum QSeamstressError::Code

    \value NoError
        Nothing went wrong.
    \value Exception
        The script threw.
    \value SetUpFailed
        The script's callable, or the lock() of its lock, returned \c false.
    \value PauseTimedOut
        The script did not reach a pause point within pauseTimeout. It goes on.
    \value ThreadStillAlive
        The script did not end within timeout, and goes on; or it never ended, and the executor was destroyed.
    \value TaskStillExecuting
        The same of a task.
    \value NeverPaused
        The script ended without reaching a pause point, another one, or the one that was asked for.
    \value NotBlocked
        \l{QSeamstressExecutor::}{waitForBlocked()}, \l{QSeamstressExecutor::}{waitForActivity()} or \l{QSeamstressThread::}{waitForBlockedOn()} did
        not see it doing that in time, or at all.
    \value NoRunningEventLoop
        A task was to start in a thread that has no event loop.
    \value FailedToStart
        The system gave no thread.
    \value InvalidUse
        Something was called in a way in which it cannot work. The message says what to do.

    \omitvalue ProcessStillAlive
    \omitvalue Crashed
    \omitvalue UnknownScript
    \omitvalue ExceptionTooLargeToPropagate
*/

/*!
    \property QSeamstressError::code
    \brief the kind of error.
*/

/*!
    \property QSeamstressError::message
    \brief the text of the error: what happened, to which script, and what to change.

    If the script threw, it has the type of the exception and its text, with those of exceptions nested in it. If something timed
    out, it also says which pause points the script has reached, how often, what the script does now, and how long was waited.
*/

/*!
    \property QSeamstressError::exceptionType
    \brief the type of what the script threw, as one writes it in C++: \c{std::runtime_error}.

    It is empty if nothing was thrown.
*/

/*!
    \property QSeamstressError::origin
    \brief the object name of the executor that ran the script.
*/

/*!
    Makes an empty error: its code is NoError.
*/
QSeamstressError::QSeamstressError() = default;
/*!
    Makes a copy of \a other, which shares its data.
*/
QSeamstressError::QSeamstressError(const QSeamstressError &other) = default;
/*!
    Takes over the data of \a other, which is empty afterwards.
*/
QSeamstressError::QSeamstressError(QSeamstressError &&other) noexcept = default;
/*!
    Makes this a copy of \a other, and returns it.
*/
QSeamstressError &QSeamstressError::operator=(const QSeamstressError &other) = default;
/*!
    Takes over the data of \a other, and returns this error.
*/
QSeamstressError &QSeamstressError::operator=(QSeamstressError &&other) noexcept = default;
/*!
    Destroys the error. The exception that it holds is freed with the last copy.
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
    Returns \c true if something went wrong, so if the code is not NoError.
*/
QSeamstressError::operator bool() const
{
    return code() != NoError;
}

/*!
    Throws what the script threw: the very object, so any type can be caught again. From another process comes an object that is made
    like it, if its type is known to both; see registerExceptionType().

    \snippet tst_snippets.cpp raise

    If the script threw nothing, for example after a time-out, or something of a type that is not known, throws a
    QSeamstressException with this error. Does nothing if the error is empty.
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

    Returns \c true if \a error and \a other have the same code, message, exceptionType and origin. The exceptions themselves are not compared.
*/
bool QSeamstressError::equals(const QSeamstressError &other) const
{
    return d == other.d || (code() == other.code() && message() == other.message() && exceptionType() == other.exceptionType() && origin() == other.origin());
}

/*!
    \fn template <class E> void QSeamstressError::registerExceptionType()

    Lets exceptions of the type \c E come out of another process as what they are: raise() throws an \c E again, as the script of a
    QSeamstressProcess has thrown it.

    It travels by its operators \c{<<} and \c{>>} for QDataStream, if it has both and a default constructor. Otherwise it is made anew
    from what its \c{what()} returns, and needs a constructor that takes a \c{const std::string &} or a \c{const QString &}; whatever
    else is in it is then lost. A type that has neither is refused by the compiler.

    To name the function for a type, anywhere in the program, is enough. It does nothing when it is called, and need not be called: the
    process that runs a script never comes to the test's \c{initTestCase()}. A library that names it has to be loaded in both processes.

    These come out as themselves without that:
    \list
    \li the classes of the standard library that are derived from \c{std::exception}, with their text, code and paths, as far as their public constructors can make one of that text
    \li QException, QUnhandledException with the exception in it, QSeamstressException
    \li \c{int}, QString, \c{std::string}, \c{const char *}
    \endlist

    A class derived from one of them has to be registered: it does not come out as its base. Everything else comes out as a QSeamstressException that has its type and its text: among others what a
    stream, std::get() of a variant and the compiler of regular expressions throw. If std::throw_with_nested() has thrown it, it still has its cause, which std::rethrow_if_nested() throws.

    Of what is thrown by a thread or a task, every type comes out as it is.

    \sa raise()
*/

/*!
    \relates QSeamstressError

    Writes the code and the message of \a error to \a debug, and returns that.
*/
QDebug operator<<(QDebug debug, const QSeamstressError &error)
{
    const QDebugStateSaver saver(debug);
    debug.nospace() << "QSeamstressError(" << error.code();
    if (error)
        debug << ", " << error.message();
    return debug << ')';
}
