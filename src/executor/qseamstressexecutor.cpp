// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

#include "qseamstressexecutor.h"

#include <QtCore/QEvent>

#include <limits>

#include "executordata_p.h"
#include "qseamstresspausepoint.h"

using namespace QSeamstressPrivate;

/*!
    \headerfile <QSeamstressPausePoint>
    \inmodule QSeamstress
    \title Pause Points for Production Code
    \brief A place where a test may halt whoever runs there.

    \sa {Halt inside production code}
*/

/*!
    \macro QSEAMSTRESS_PAUSE_POINT(name)
    \relates <QSeamstressPausePoint>

    Marks a place of production code, called \a name, where a test may halt whoever runs there.

    In a script it does what QSeamstress::pause(name) does. Outside a script it does nothing. \a name is a C string in UTF-8, and
    is not looked at outside a script.

    The header <QSeamstressPausePoint> includes no other, and there is nothing to link. Every thread may pass such a place.

    On ELF systems such as Linux, a program that does not contain QSeamstress pays a load and a branch. With other object formats
    the macro is nothing, unless the code that uses it links QSeamstress; this is not tested.

    \sa QSEAMSTRESS_NO_PAUSE_POINTS
*/

/*!
    \macro QSEAMSTRESS_NO_PAUSE_POINTS
    \relates <QSeamstressPausePoint>

    If this is defined before <QSeamstressPausePoint> is included, \l QSEAMSTRESS_PAUSE_POINT is nothing at all.

    A test cannot halt at the pause points of code that was compiled so.
*/

// Here, since every program that uses an executor contains this file: a weak reference takes nothing out of a static library.
extern "C" QSEAMSTRESS_EXPORT void qseamstress_pause_point(const char *name)
{
    QSeamstress::pause(name);
}

QSeamstressExecutor::QSeamstressExecutor(std::unique_ptr<Backend> backend, QObject *parent)
    : QObject(parent)
    , d(std::make_unique<ExecutorData>(this, std::move(backend)))
{
    Timeline::instance().executorCreated();
}

/*!
    Destroys the executor, and leaves nothing of its script behind if that can be done.

    A script that is not over is told to run to its end, through all of its pause points, and is joined. A script that does not end
    is dealt with as \l{The destructor} describes. This blocks for at most the longer of timeout and 5000 ms, stretched as
    \l{Time-outs} describes. No signal is emitted any more.

    Errors that nobody has seen are given to the failure handler: they fail the running test.

    Destroy the executor in its own thread. In another thread this prints a warning.

    \sa {Errors that nobody has seen}, QSeamstress::setFailureHandler()
*/
QSeamstressExecutor::~QSeamstressExecutor() = default;

void QSeamstressExecutor::shutDown()
{
    d->shutDown();
}

const Backend *QSeamstressExecutor::backend() const
{
    return d->backend.get();
}

QSeamstressExecutor::Phase QSeamstressExecutor::phase() const
{
    return d->phase;
}

QString QSeamstressExecutor::pausePoint() const
{
    return d->pausePoint;
}

QVariant QSeamstressExecutor::pauseValue() const
{
    return d->pauseValue;
}

int QSeamstressExecutor::timeout() const
{
    return d->timeout;
}

void QSeamstressExecutor::setTimeout(int milliseconds)
{
    d->setMilliseconds("setTimeout", d->timeout, milliseconds);
}

/*!
    \overload

    Sets the \l timeout to \a timeout. A duration that an int cannot hold in milliseconds, about 24 days, becomes the longest that
    it can.
*/
void QSeamstressExecutor::setTimeout(std::chrono::milliseconds timeout)
{
    d->setMilliseconds("setTimeout", d->timeout, timeout.count());
}

int QSeamstressExecutor::pauseTimeout() const
{
    return d->pauseTimeout;
}

void QSeamstressExecutor::setPauseTimeout(int milliseconds)
{
    d->setMilliseconds("setPauseTimeout", d->pauseTimeout, milliseconds);
}

/*!
    \overload

    Sets the \l pauseTimeout to \a timeout. A duration that an int cannot hold in milliseconds, about 24 days, becomes the longest
    that it can.
*/
void QSeamstressExecutor::setPauseTimeout(std::chrono::milliseconds timeout)
{
    d->setMilliseconds("setPauseTimeout", d->pauseTimeout, timeout.count());
}

QSeamstressExecutor::WaitMode QSeamstressExecutor::waitMode() const
{
    return d->waitMode;
}

void QSeamstressExecutor::setWaitMode(WaitMode mode)
{
    d->waitMode = mode;
}

QSeamstressConfig *QSeamstressExecutor::config() const
{
    return d->config ? d->config->config() : nullptr;
}

void QSeamstressExecutor::setConfig(QSeamstressConfig *config)
{
    const std::shared_ptr<ConfigData> data = ConfigData::of(config);
    if (d->setSource("setConfig", ConfigData::source(data), data, nullptr))
        Q_EMIT configChanged();
}

/*!
    \overload

    Makes \a config the script, and shares its ownership. So it is also kept alive for a thread that had to be abandoned.
*/
void QSeamstressExecutor::setConfig(std::shared_ptr<QSeamstressConfig> config)
{
    const std::shared_ptr<ConfigData> data = ConfigData::of(config.get());
    if (d->setSource("setConfig", ConfigData::source(data), data, config))
        Q_EMIT configChanged();
}

void QSeamstressExecutor::setScriptSource(const ScriptSource &source)
{
    if (d->setSource("setScript", source, nullptr, nullptr))
        Q_EMIT configChanged();
}

/*!
    Returns why the last verb that failed in this run did. The error is empty if none has failed.

    If the script failed with more than one error, this is the first one, with the messages of all.

    It is cleared when a run starts. To call this is to see all errors of the run: the destructor does not report them any more.

    \sa errors(), errorString
*/
QSeamstressError QSeamstressExecutor::error() const
{
    d->seeErrors();
    return d->error;
}

/*!
    Returns what the script itself did wrong in this run, in the order in which it happened: in its set-up, between its pause
    points, in its tear-down. The list is filled when the script ends, and emptied when a run starts.

    Time-outs and errors with the codes QSeamstressError::NeverPaused and QSeamstressError::InvalidUse that come from a verb are not
    in it. To call this is to see all errors of the run: the destructor does not report them any more.

    \sa error()
*/
QList<QSeamstressError> QSeamstressExecutor::errors() const
{
    d->seeErrors();
    return d->errors;
}

QString QSeamstressExecutor::errorString() const
{
    return error().message();
}

/*!
    Returns what the script is doing this instant: a look at it, which may be out of date when this returns.

    Call it from the executor's own thread. It does not wait for the script.
*/
QSeamstressExecutor::Activity QSeamstressExecutor::activity() const
{
    return d->isRunning() ? d->backend->activity().activity : NotRunning;
}

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
    \row \li \c InvalidUse \li It is running already; it has no script; its config cannot be used; or a slot called this while another
             verb of the executor waits. \li as before
    \endtable

    A script that is over is started again, with the same callable. Errors of the run before that nobody has seen are reported
    first.

    Call it from the executor's own thread only, as every verb.

    \sa start(), {Phases and Verbs}
*/
bool QSeamstressExecutor::enter()
{
    return d->call(Verb::Enter, "enter");
}

/*!
    \overload

    Waits until \a deadline, not for pauseTimeout. The deadline is taken as it is: QSEAMSTRESS_TIMEOUT_FACTOR does not stretch it,
    and it passes while a debugger is attached. A duration converts to a deadline: \c{enter(200ms)}.
*/
bool QSeamstressExecutor::enter(QDeadlineTimer deadline)
{
    return d->call(Verb::Enter, "enter", deadline);
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
    return d->call(Verb::Advance, "advance");
}

/*!
    \overload

    Waits until \a deadline, not for pauseTimeout. The deadline is taken as it is, as in enter().
*/
bool QSeamstressExecutor::advance(QDeadlineTimer deadline)
{
    return d->call(Verb::Advance, "advance", deadline);
}

/*!
    Lets the script go on until it halts at \a point, and waits for that. Starts it first if it is not running.

    Pause points with other names are passed: the script does not halt there, and paused() is not emitted. If the script is halted
    at \a point already, it goes on to the next time that it reaches it. An empty \a point means the points without a name.

    One pauseTimeout spans the whole way. Returns \c true if the script has halted at \a point. Otherwise returns \c false, and
    error() has one of the codes that enter() or advance() can give; \c NeverPaused means that it ended without reaching \a point.

    \sa {Phases and Verbs}
*/
bool QSeamstressExecutor::runTo(const QString &point)
{
    return d->call(Verb::RunTo, "runTo", {}, point);
}

/*!
    \overload

    Waits for \a point until \a deadline, not for pauseTimeout. The deadline is taken as it is, as in enter().
*/
bool QSeamstressExecutor::runTo(const QString &point, QDeadlineTimer deadline)
{
    return d->call(Verb::RunTo, "runTo", deadline, point);
}

/*!
    Lets the script run to its end, and waits until it has ended and its thread is joined. As after QThread::wait(), destructors of
    \c thread_local variables may still be at work then.

    The script does not halt any more: it passes the pause points that it still reaches. So does one that has not halted yet.

    Returns \c true if the script has ended without an error, also if it had ended before. Otherwise returns \c false, and error()
    has one of these codes:

    \table
    \header \li Code \li What happened \li phase
    \row \li \c ThreadStillAlive \li It did not end within timeout. The script goes on; exit() waits again. \li TearingDown
    \row \li that of the script's first error \li The script failed, now or before. \li Failed
    \row \li \c InvalidUse \li It was never started, or a slot called this while another verb of the executor waits. \li as before
    \endtable

    Once it has timed out, the script's thread has been asked to stop: QThread::isInterruptionRequested() is true there.

    \sa finish(), {Phases and Verbs}
*/
bool QSeamstressExecutor::exit()
{
    return d->call(Verb::Exit, "exit");
}

/*!
    \overload

    Waits until \a deadline, not for timeout. The deadline is taken as it is, as in enter().
*/
bool QSeamstressExecutor::exit(QDeadlineTimer deadline)
{
    return d->call(Verb::Exit, "exit", deadline);
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
    return d->call(Verb::WaitForPaused, "waitForPaused");
}

/*!
    \overload

    Waits until \a deadline, not for pauseTimeout. The deadline is taken as it is, as in enter().
*/
bool QSeamstressExecutor::waitForPaused(QDeadlineTimer deadline)
{
    return d->call(Verb::WaitForPaused, "waitForPaused", deadline);
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
    return d->call(Verb::WaitForFinished, "waitForFinished");
}

/*!
    \overload

    Waits until \a deadline, not for timeout. The deadline is taken as it is, as in enter().
*/
bool QSeamstressExecutor::waitForFinished(QDeadlineTimer deadline)
{
    return d->call(Verb::WaitForFinished, "waitForFinished", deadline);
}

/*!
    Starts the script, and returns at once. The phase is SettingUp then.

    It does in each phase what enter() does, without waiting. Signals tell what comes of it, as soon as the event loop of the
    executor's thread runs or a verb waits. Misuse prints a warning and emits errorOccurred().

    \sa enter(), waitForPaused()
*/
void QSeamstressExecutor::start()
{
    d->callWithoutWaiting(Verb::Enter, "start");
}

/*!
    Lets the halted script go on to its next pause point, and returns at once. The phase is Running then.

    It does in each phase what advance() does, without waiting, and tells by signals what comes of it.

    \sa advance(), waitForPaused()
*/
void QSeamstressExecutor::resume()
{
    d->callWithoutWaiting(Verb::Advance, "resume");
}

/*!
    Lets the script run to its end, and returns at once. The phase is TearingDown then.

    It does in each phase what exit() does, without waiting, and tells by signals what comes of it.

    \sa exit(), waitForFinished()
*/
void QSeamstressExecutor::finish()
{
    d->callWithoutWaiting(Verb::Exit, "finish");
}

bool QSeamstressExecutor::event(QEvent *event)
{
    // First of all: it takes the mutex under which the event was posted. ThreadSanitizer does not see into Qt's event queue.
    d->hear();
    if (event->type() != Mailbox::wakeUpEventType())
        return QObject::event(event);
    d->handleEvents(); // a slot may have deleted this
    return true;
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

bool ExecutorData::setSource(const char *function, const ScriptSource &source, const std::shared_ptr<ConfigData> &newConfig, const std::shared_ptr<QSeamstressConfig> &shared)
{
    if (isRunning()) {
        misuse(function, QStringLiteral("is running and keeps its script; call exit() first"));
        flush();
        return false;
    }
    m_source = source;
    m_sharedConfig = shared;
    return std::exchange(config, newConfig) != newConfig;
}

void ExecutorData::setMilliseconds(const char *function, int &property, qint64 milliseconds)
{
    if (milliseconds < -1)
        warn(function, QStringLiteral("cannot wait %1 ms; give milliseconds from 0 on, or -1 to wait for ever").arg(milliseconds));
    else
        property = static_cast<int>(std::min<qint64>(milliseconds, std::numeric_limits<int>::max()));
}
