// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

// The verbs of QSeamstressExecutor.

#include "executordata_p.h"
#include "qseamstressexecutor.h"

using namespace QSeamstressPrivate;

/*!
    Starts the script, and waits until it halts at its first pause point.

    Returns \c true if it has halted. Otherwise returns \c false, and error() has one of these codes:

    \table
    \header \li Code \li What happened \li phase
    \row \li \c PauseTimedOut \li No pause point was reached within pauseTimeout. The script goes on; waitForPaused() waits again.
         \li SettingUp
    \row \li \c NeverPaused \li The script ended without reaching a pause point. \li Finished
    \row \li \c Exception \li The script threw. \li Failed
    \row \li \c SetUpFailed \li Its callable, or its lock(), returned \c false. \li Failed
    \row \li \c InvalidUse \li The script was misused in a way that shows only when it runs, such as a config that has a parent and
             connected signals. \li Failed
    \row \li \c FailedToStart \li The system gave no thread. \li Failed
    \row \li \c NoRunningEventLoop \li A task has no event loop to run on. \li as before
    \row \li \c InvalidUse \li It is running already; it has no script; its config cannot be used; a slot called this while another
             verb of the executor waits; or a step of its own task did. \li as before
    \endtable

    A script that is over is started again, with the same callable. Errors of the run before that nobody has seen are reported
    first.

    Call it from the executor's own thread only, as every verb.

    \sa start(), {Phases and Verbs}
*/
bool QSeamstressExecutor::enter()
{
    return d->call({ Verb::Enter, "enter" });
}

/*!
    \overload

    Waits until \a deadline, not for pauseTimeout. The deadline is taken as it is: QSEAMSTRESS_TIMEOUT_FACTOR does not stretch it,
    and it passes while a debugger is attached. A duration converts to a deadline: \c{enter(200ms)}.
*/
bool QSeamstressExecutor::enter(QDeadlineTimer deadline)
{
    return d->call({ Verb::Enter, "enter", deadline });
}

/*!
    Lets the halted script go on, and waits until it halts at its next pause point.

    Returns \c true if it has halted there. Otherwise returns \c false, and error() has one of these codes:

    \table
    \header \li Code \li What happened \li phase
    \row \li \c PauseTimedOut \li No pause point was reached within pauseTimeout. The script goes on; waitForPaused() waits again.
         \li Running
    \row \li \c NeverPaused \li The script ended without reaching another pause point. \li Finished
    \row \li that of the script's first error \li The script failed. \li Failed
    \row \li \c InvalidUse \li It is not halted, or a slot called this while another verb of the executor waits. \li as before
    \endtable

    \sa resume(), runTo(), {Phases and Verbs}
*/
bool QSeamstressExecutor::advance()
{
    return d->call({ Verb::Advance, "advance" });
}

/*!
    \overload
    Waits until \a deadline, not for pauseTimeout, as in enter().
*/
bool QSeamstressExecutor::advance(QDeadlineTimer deadline)
{
    return d->call({ Verb::Advance, "advance", deadline });
}

/*!
    Lets the script go on until it halts at \a point, and waits for that. Starts it first if it is not running.

    Pause points with other names are passed: the script does not halt there, and paused() is not emitted. If the script is halted
    at \a point already, it goes on to the next time that it reaches it. An empty \a point means the points without a name. A number
    after \c{#} means one time only: \c{runTo("loop#3")} goes on to where the script reaches "loop" for the third time in this run, unless a
    point is called "loop#3".

    One pauseTimeout spans the whole way. Returns \c true if the script has halted at \a point. Otherwise returns \c false, and
    error() has one of the codes that enter() or advance() can give; \c NeverPaused means that it ended without reaching \a point.

    \sa {Phases and Verbs}
*/
bool QSeamstressExecutor::runTo(const QString &point)
{
    return d->call({ Verb::RunTo, "runTo", {}, point });
}

/*!
    \overload
    Waits for \a point until \a deadline, not for pauseTimeout, as in enter().
*/
bool QSeamstressExecutor::runTo(const QString &point, QDeadlineTimer deadline)
{
    return d->call({ Verb::RunTo, "runTo", deadline, point });
}

/*!
    Lets the script run to its end, and waits until it has ended and its thread is joined. As after QThread::wait(), destructors of
    \c thread_local variables may still be at work then.

    The script does not halt any more: it passes the pause points that it still reaches. So does one that has not halted yet.

    Returns \c true if the script has ended without an error, also if it had ended before. Otherwise returns \c false, and error()
    has one of these codes:

    \table
    \header \li Code \li What happened \li phase
    \row \li \c ThreadStillAlive, \c TaskStillExecuting \li It did not end within timeout. The script goes on; exit() waits again. \li TearingDown
    \row \li that of the script's first error \li The script failed, now or before. \li Failed
    \row \li \c InvalidUse \li It was never started, or a slot called this while another verb of the executor waits. \li as before
    \endtable

    Once it has timed out, the script's thread has been asked to stop: QThread::isInterruptionRequested() is true there.

    \sa finish(), {Phases and Verbs}
*/
bool QSeamstressExecutor::exit()
{
    return d->call({ Verb::Exit, "exit" });
}

/*!
    \overload
    Waits until \a deadline, not for timeout, as in enter().
*/
bool QSeamstressExecutor::exit(QDeadlineTimer deadline)
{
    return d->call({ Verb::Exit, "exit", deadline });
}

/*!
    Ends the script without letting it go on, and waits until it has ended and its thread is joined.

    What that means depends on where the script is:

    \list
    \li A coroutine that is halted at a \c co_yield, or waits in a \c co_await, is destroyed there. The destructors of its local variables
        run in its own thread, the innermost first; nothing else of it does, but for a handler in it that catches what such a destructor throws. So a guard that a callable returned is destroyed, a lock is
        unlocked, and the tearDown() of a QSeamstressConfig does not run.
    \li What waits in a \c co_await for an awaitable of another library that has not finished is leaked, since that might resume it: QSeamstressError::InvalidUse.
    \li A script that is on its way ends at its next \c co_yield or \c co_await, as above. It passes pause points in plain code. Its thread is asked to stop, by
        QThread::requestInterruption(), unless it is one of a QThreadPool.
    \li One that is halted in plain code, at a QSeamstress::pause(), cannot be ended there: nothing in C++ unwinds a function that does
        not throw. This is misuse; the script stays halted, and exit() lets it go on.
    \li A process is killed, wherever it is. No destructor runs in it.
    \endlist

    Being cancelled is no error of the script: returns \c true if it has ended, with the phase Finished, also if it had ended before. Otherwise returns \c false, and error() has
    one of these codes:

    \table
    \header \li Code \li What happened \li phase
    \row \li \c ThreadStillAlive, \c ProcessStillAlive, \c TaskStillExecuting \li It did not end within timeout, and goes on. cancel() and exit() wait again. \li TearingDown
    \row \li that of the script's first error \li The script failed, in a destructor or before. \li Failed
    \row \li \c InvalidUse \li It is halted in plain code, it was never started, a step of its own task called this, or a slot did while another verb of the executor waits.
         \li as before
    \endtable

    \sa exit(), cancelsAfterFailure, {A test that fails while its script is halted}
*/
bool QSeamstressExecutor::cancel()
{
    return d->call({ Verb::Cancel, "cancel" });
}

/*!
    \overload
    Waits until \a deadline, not for timeout, as in enter().
*/
bool QSeamstressExecutor::cancel(QDeadlineTimer deadline)
{
    return d->call({ Verb::Cancel, "cancel", deadline });
}

/*!
    Waits until the script halts at a pause point: at the next one, or at that which a runTo() before was to reach.

    It starts nothing and lets nothing go on. Call it after start() or resume(), or after a verb that timed out.

    Returns \c true if the script is halted. Otherwise returns \c false, and error() has the code \c PauseTimedOut if it has not
    halted within pauseTimeout, \c NeverPaused if it ended or was told to end, \c InvalidUse if it was never started, or the code
    of the script's own error.

    \sa {Phases and Verbs}
*/
bool QSeamstressExecutor::waitForPaused()
{
    return d->call({ Verb::WaitForPaused, "waitForPaused" });
}

/*!
    \overload
    Waits until \a deadline, not for pauseTimeout, as in enter().
*/
bool QSeamstressExecutor::waitForPaused(QDeadlineTimer deadline)
{
    return d->call({ Verb::WaitForPaused, "waitForPaused", deadline });
}

/*!
    Waits until the script has ended and its thread is joined. It does not make the script end: call it after finish().

    Returns \c true if the script has ended without an error. Otherwise returns \c false, and error() has the code
    \c ThreadStillAlive if it has not ended within timeout, \c InvalidUse if it was never started or is halted, so that it would
    never end, or the code of the script's own error.

    \sa {Phases and Verbs}
*/
bool QSeamstressExecutor::waitForFinished()
{
    return d->call({ Verb::WaitForFinished, "waitForFinished" });
}

/*!
    \overload
    Waits until \a deadline, not for timeout, as in enter().
*/
bool QSeamstressExecutor::waitForFinished(QDeadlineTimer deadline)
{
    return d->call({ Verb::WaitForFinished, "waitForFinished", deadline });
}

/*!
    Starts the script, and returns at once. The phase is SettingUp then: a thread or a process is being made, and a task waits for the event
    loop. No line of the script need have run.

    It does in each phase what enter() does, without waiting. Signals tell what comes of it, as soon as the event loop of the
    executor's thread runs or a verb waits. Misuse prints a warning and emits errorOccurred().

    \sa enter(), waitForPaused()
*/
void QSeamstressExecutor::start()
{
    d->callWithoutWaiting({ Verb::Enter, "start" });
}

/*!
    Lets the halted script go on to its next pause point, and returns at once. The phase is Running then. The script may not have moved yet;
    that of a task has not. waitForActivity() and waitForBlocked() wait until it is where it waits itself.

    It does in each phase what advance() does, without waiting, and tells by signals what comes of it.

    \sa advance(), waitForPaused()
*/
void QSeamstressExecutor::resume()
{
    d->callWithoutWaiting({ Verb::Advance, "resume" });
}

/*!
    Lets the script run to its end, and returns at once. The phase is TearingDown then. The script may not have moved yet; that of a task has
    not.

    It does in each phase what exit() does, without waiting, and tells by signals what comes of it.

    \sa exit(), waitForFinished()
*/
void QSeamstressExecutor::finish()
{
    d->callWithoutWaiting({ Verb::Exit, "finish" });
}

/*!
    \fn template <class Body> bool QSeamstressExecutor::during(Body &&body)

    Calls enter(), then \a body, then exit(). This is the function form of \l QSEAMSTRESS_THREAD:

    \snippet tst_snippets.cpp during

    Returns \c false if enter() or exit() did; error() says why. \a body, any callable without arguments, does not run if enter()
    failed. What it returns is ignored, and so a failing QVERIFY in it ends the body, fails the test, and does not change what
    during() returns.

    If \a body throws, exit() is called and the exception goes on. An error of exit() is printed as a warning then, and stays in
    errors().

    It waits as long as enter() and exit() do.
*/
void QSeamstressExecutor::exitAfterException()
{
    if (!exit())
        d->warn("during", QStringLiteral("failed while its body's exception went on: %1").arg(errorString()));
}
