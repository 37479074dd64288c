// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

// The verbs of QSeamstressExecutor.

#include "executordata_p.h"
#include "qseamstressexecutor.h"

using namespace QSeamstressPrivate;

/*!
    Starts the script and waits until it pauses at its first pause point.

    Returns \c true if it has paused. Otherwise returns \c false, and error() has one of these codes:

    \table
    \header \li Code \li What happened \li phase
    \row \li \c PauseTimedOut \li The script did not reach a pause point within pauseTimeout. It continues; call waitForPaused() to wait
             again. \li SettingUp
    \row \li \c NeverPaused \li The script ended without reaching a pause point. \li Finished
    \row \li \c Exception \li The script threw an exception. \li Failed
    \row \li \c SetUpFailed \li Its callable, or its lock(), returned \c false. \li Failed
    \row \li \c FailedToStart \li The system could not create the thread or process, or the program did not answer. \li Failed
    \row \li \c Crashed \li The process ended before the script did. \li Failed
    \row \li \c UnknownScript \li The process does not contain the script, or could not recreate it. \li Failed
    \row \li \c ExceptionTooLargeToPropagate \li The errors of the script do not fit into QSeamstressProcess::sharedMemorySize. \li Failed
    \row \li \c InvalidUse \li The script did something that cannot work, such as reaching a pause point in the plain code of a task. Or
             its config has a parent, and a slot is connected to a signal of the config: a config with a parent cannot be moved to the
             script's thread, where the slot has to run. \li Failed
    \row \li \c NoRunningEventLoop \li A task has no event loop to run on. \li unchanged
    \row \li \c InvalidUse \li The script is already running; the executor has no script; its script, config or thread pool cannot be
             used; there is no QCoreApplication, but it is needed; a slot called this while another verb of the executor was waiting; or
             a step of its own task called this. \li unchanged
    \endtable

    A script that has ended is started again, with the same callable. Unseen errors of the previous run are reported first.

    Like every verb, call this only from the executor's own thread.

    \sa start(), {Phases and Verbs}
*/
bool QSeamstressExecutor::enter()
{
    return d->call({ Verb::Enter, "enter" });
}

/*!
    \overload

    Waits until \a deadline instead of for pauseTimeout. The deadline is used as is: QSEAMSTRESS_TIMEOUT_FACTOR does not scale it, and it
    also elapses while a debugger is attached. A duration converts to a deadline: \c{enter(200ms)}.
*/
bool QSeamstressExecutor::enter(QDeadlineTimer deadline)
{
    return d->call({ Verb::Enter, "enter", deadline });
}

/*!
    Lets the paused script continue, and waits until it pauses at its next pause point.

    Returns \c true if it has paused there. Otherwise returns \c false, and error() has one of these codes:

    \table
    \header \li Code \li What happened \li phase
    \row \li \c PauseTimedOut \li The script did not reach a pause point within pauseTimeout. It continues; call waitForPaused() to wait
             again. \li Running
    \row \li \c NeverPaused \li The script ended without reaching another pause point. \li Finished
    \row \li the code of the script's first error \li The script failed. \li Failed
    \row \li \c InvalidUse \li The script is not paused, or a slot called this while another verb of the executor was waiting.
             \li unchanged
    \endtable

    \sa resume(), runTo(), {Phases and Verbs}
*/
bool QSeamstressExecutor::advance()
{
    return d->call({ Verb::Advance, "advance" });
}

/*!
    \overload
    Waits until \a deadline instead of for pauseTimeout, as enter() does.
*/
bool QSeamstressExecutor::advance(QDeadlineTimer deadline)
{
    return d->call({ Verb::Advance, "advance", deadline });
}

/*!
    Lets the script run to \a point, and waits until it pauses there. Starts the script first if it is not running.

    The script passes pause points with other names: it does not pause there, and paused() is not emitted. If the script is already paused
    at \a point, it continues until it reaches that point again. An empty \a point means unnamed pause points. A number after \c{#} selects
    a single occurrence: \c{runTo("loop#3")} runs to where the script reaches "loop" for the third time in this run, unless a pause point
    is named "loop#3".

    One pauseTimeout covers the whole way. Returns \c true if the script has paused at \a point. Otherwise returns \c false, and error()
    has one of the codes of enter() or advance(); \c NeverPaused means that the script ended without reaching \a point.

    \sa {Phases and Verbs}
*/
bool QSeamstressExecutor::runTo(const QString &point)
{
    return d->call({ Verb::RunTo, "runTo", {}, point });
}

/*!
    \overload
    Waits for \a point until \a deadline instead of for pauseTimeout, as enter() does.
*/
bool QSeamstressExecutor::runTo(const QString &point, QDeadlineTimer deadline)
{
    return d->call({ Verb::RunTo, "runTo", deadline, point });
}

/*!
    Lets the script run to its end, and waits until it has ended and its thread is joined. As after QThread::wait(), destructors of
    \c thread_local variables may still be running then.

    The script no longer pauses: it passes all remaining pause points. This also applies to a script that has not paused yet.

    Returns \c true if the script has ended without an error, even if it had ended before. Otherwise returns \c false, and error() has one
    of these codes:

    \table
    \header \li Code \li What happened \li phase
    \row \li \c ThreadStillAlive, \c ProcessStillAlive, \c TaskStillExecuting \li The script did not end within timeout. It continues;
             call exit() to wait again. \li TearingDown
    \row \li the code of the script's first error \li The script failed, now or before. \li Failed
    \row \li \c InvalidUse \li The script was never started, or a slot called this while another verb of the executor was waiting.
             \li unchanged
    \endtable

    If this times out, the script's thread is asked to stop: QThread::isInterruptionRequested() is true there.

    \sa finish(), {Phases and Verbs}
*/
bool QSeamstressExecutor::exit()
{
    return d->call({ Verb::Exit, "exit" });
}

/*!
    \overload
    Waits until \a deadline instead of for timeout, as enter() does.
*/
bool QSeamstressExecutor::exit(QDeadlineTimer deadline)
{
    return d->call({ Verb::Exit, "exit", deadline });
}

/*!
    Ends the script without letting it continue, and waits until it has ended and its thread is joined.

    The effect depends on where the script is:

    \list
    \li A coroutine that is paused at a \c co_yield, or waits in a \c co_await, is destroyed there. The destructors of its local variables
        run in its own thread, innermost first. No other code of the coroutine runs, except a handler in it that catches an exception
        thrown by such a destructor. So a guard that a callable returned is destroyed, a mutex is unlocked, and the tearDown() of a
        QSeamstressConfig does not run.
    \li A coroutine that waits in a \c co_await for an unfinished awaitable of another library is leaked, since the library might still
        resume it: QSeamstressError::InvalidUse.
    \li A script that is running ends at its next \c co_yield or \c co_await, as above. It passes pause points in plain code. Its thread
        is asked to stop, with QThread::requestInterruption(), unless it belongs to a QThreadPool.
    \li A script that is paused in plain code, at a \l{QSeamstress::pause}{QSeamstress::pause()}, cannot be ended there: nothing in C++
        unwinds a function that does not throw. This is misuse; the script stays paused, and exit() lets it continue.
    \li A process is killed, whatever it is doing. No destructors run in it.
    \endlist

    Being cancelled is not an error of the script. Returns \c true, with the phase Finished, if the script has ended, even if it had ended
    before. Otherwise returns \c false, and error() has one of these codes:

    \table
    \header \li Code \li What happened \li phase
    \row \li \c ThreadStillAlive, \c ProcessStillAlive, \c TaskStillExecuting \li The script did not end within timeout. It continues;
             call cancel() or exit() to wait again. \li TearingDown
    \row \li the code of the script's first error \li The script failed, in a destructor or before. \li Failed
    \row \li \c InvalidUse \li The script is paused in plain code; it was never started; a step of its own task called this; or a slot
             called this while another verb of the executor was waiting. \li unchanged
    \endtable

    \sa exit(), cancelsAfterFailure, {A test that fails while its script is paused}
*/
bool QSeamstressExecutor::cancel()
{
    return d->call({ Verb::Cancel, "cancel" });
}

/*!
    \overload
    Waits until \a deadline instead of for timeout, as enter() does.
*/
bool QSeamstressExecutor::cancel(QDeadlineTimer deadline)
{
    return d->call({ Verb::Cancel, "cancel", deadline });
}

/*!
    Waits until the script pauses at a pause point: at the next one, or at the one that an earlier runTo() was to reach.

    This neither starts the script nor lets it continue. Call it after start() or resume(), or after a verb that timed out.

    Returns \c true if the script is paused. Otherwise returns \c false, and error() has the code \c PauseTimedOut if the script did not
    pause within pauseTimeout, \c NeverPaused if it ended or was asked to finish, \c InvalidUse if it was never started, or the code of the
    script's own error.

    \sa {Phases and Verbs}
*/
bool QSeamstressExecutor::waitForPaused()
{
    return d->call({ Verb::WaitForPaused, "waitForPaused" });
}

/*!
    \overload
    Waits until \a deadline instead of for pauseTimeout, as enter() does.
*/
bool QSeamstressExecutor::waitForPaused(QDeadlineTimer deadline)
{
    return d->call({ Verb::WaitForPaused, "waitForPaused", deadline });
}

/*!
    Waits until the script has ended and its thread is joined. This does not make the script end: call it after finish().

    Returns \c true if the script has ended without an error. Otherwise returns \c false, and error() has the code \c ThreadStillAlive,
    \c ProcessStillAlive or \c TaskStillExecuting if the script did not end within timeout, \c InvalidUse if it was never started or is
    paused and would therefore never end, or the code of the script's own error.

    \sa {Phases and Verbs}
*/
bool QSeamstressExecutor::waitForFinished()
{
    return d->call({ Verb::WaitForFinished, "waitForFinished" });
}

/*!
    \overload
    Waits until \a deadline instead of for timeout, as enter() does.
*/
bool QSeamstressExecutor::waitForFinished(QDeadlineTimer deadline)
{
    return d->call({ Verb::WaitForFinished, "waitForFinished", deadline });
}

/*!
    Starts the script and returns at once, with the phase SettingUp. A thread or a process is then being created, and a task waits for the
    event loop. The script may not have run a single line yet.

    In each phase, this does what enter() does, but without waiting. Signals report the outcome, as soon as the event loop of the
    executor's thread runs or a verb waits. Misuse prints a warning and emits errorOccurred().

    \sa enter(), waitForPaused()
*/
void QSeamstressExecutor::start()
{
    d->callWithoutWaiting({ Verb::Enter, "start" });
}

/*!
    Lets the paused script continue to its next pause point and returns at once, with the phase Running. The script may not have
    continued yet; the script of a task has not. To wait until the script itself waits for something, call waitForActivity() or
    waitForBlocked().

    In each phase, this does what advance() does, but without waiting, and signals report the outcome.

    \sa advance(), waitForPaused()
*/
void QSeamstressExecutor::resume()
{
    d->callWithoutWaiting({ Verb::Advance, "resume" });
}

/*!
    Lets the script run to its end and returns at once, with the phase TearingDown. The script may not have continued yet; the script of a
    task has not.

    In each phase, this does what exit() does, but without waiting, and signals report the outcome.

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

    Returns \c false if enter() or exit() failed; see error(). \a body is any callable without arguments. It does not run if enter() fails.
    Its return value is ignored. A failing QVERIFY in it therefore ends the body and fails the test, but does not affect what during()
    returns.

    If \a body throws an exception, exit() is called and the exception propagates. An error of exit() is then printed as a warning, and
    stays in errors().

    This waits as long as enter() and exit() do.
*/
void QSeamstressExecutor::exitAfterException()
{
    if (!exit())
        d->warn("during", QStringLiteral("failed while an exception from its body was propagating: %1").arg(errorString()));
}
