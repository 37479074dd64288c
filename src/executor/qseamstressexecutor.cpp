// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

#include "qseamstressexecutor.h"

#include <QtCore/QEvent>

#include "executordata_p.h"

using namespace QSeamstressPrivate;

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

/*!
    Ends the script, as the destructor is described to do. A class that is derived from an executor, and that its script uses, calls this first in its
    destructor, while it is still whole. To call it twice does no harm.
*/
void QSeamstressExecutor::shutDown()
{
    d->shutDown();
}

Backend *QSeamstressExecutor::backend() const
{
    return d->backend.get();
}

/*!
    Returns \c true if the script is not running. Otherwise \a function of a derived class must not change \a what, such as "script": this
    calls misused(), makes the error InvalidUse, and returns \c false.
*/
bool QSeamstressExecutor::mayChange(const char *function, const char *what)
{
    return d->mayChange(function, what);
}

/*!
    Takes the script away. From now on, to start it is InvalidUse, with \a refusal, which completes the sentence that begins with the name of the
    executor: "has a script in JavaScript".
*/
void QSeamstressExecutor::refuseScript(const QString &refusal)
{
    setScriptSource({ {}, refusal });
}

/*!
    Called in the thread that misuses the executor, with the function and the cure in \a text. The default prints a warning.
*/
void QSeamstressExecutor::misused(const QString &text) const
{
    qWarning("%s", qPrintable(text));
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

/*!
    Returns the \l timeout. Minus one millisecond is for ever.
*/
std::chrono::milliseconds QSeamstressExecutor::timeoutAsDuration() const
{
    return std::chrono::milliseconds(d->timeout);
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

/*!
    Returns the \l pauseTimeout. Minus one millisecond is for ever.
*/
std::chrono::milliseconds QSeamstressExecutor::pauseTimeoutAsDuration() const
{
    return std::chrono::milliseconds(d->pauseTimeout);
}

void QSeamstressExecutor::setPauseTimeout(int milliseconds)
{
    d->setMilliseconds("setPauseTimeout", d->pauseTimeout, milliseconds);
}

/*!
    \overload

    Sets the \l pauseTimeout to \a timeout, or to the longest that an int can hold, as setTimeout() does.
*/
void QSeamstressExecutor::setPauseTimeout(std::chrono::milliseconds timeout)
{
    d->setMilliseconds("setPauseTimeout", d->pauseTimeout, timeout.count());
}

QSeamstressExecutor::WaitMode QSeamstressExecutor::waitMode() const
{
    return d->backend->runsOnOwnersEventLoop ? ProcessEvents : d->waitMode;
}

void QSeamstressExecutor::setWaitMode(WaitMode mode)
{
    d->waitMode = mode;
}

bool QSeamstressExecutor::cancelsAfterFailure() const
{
    return d->cancelsAfterFailure;
}

void QSeamstressExecutor::setCancelsAfterFailure(bool cancels)
{
    d->cancelsAfterFailure = cancels;
}

QSeamstressConfig *QSeamstressExecutor::config() const
{
    return d->config ? d->config->config() : nullptr;
}

void QSeamstressExecutor::setConfig(QSeamstressConfig *config)
{
    const std::shared_ptr<ConfigData> data = ConfigData::of(config);
    d->setSource("setConfig", ConfigData::source(data), data);
}

/*!
    \overload

    Makes \a config the script, and shares its ownership. So it is also kept alive for a thread that had to be abandoned.
*/
void QSeamstressExecutor::setConfig(std::shared_ptr<QSeamstressConfig> config)
{
    const std::shared_ptr<ConfigData> data = ConfigData::of(config.get());
    d->setSource("setConfig", ConfigData::source(data), data, config);
}

void QSeamstressExecutor::setScriptSource(const ScriptSource &source)
{
    d->setSource("setScript", source);
}

/*!
    Returns why the last verb that failed in this run did. The error is empty if none has failed.

    If the script failed with more than one error, this is the first one, with the messages of all.

    A verb that fails for another reason, such as misuse, replaces it; exit() and waitForFinished() bring back that of the script. It is
    cleared when a run starts. To read the error of the script is to see all errors of the run: the destructor does not report them any
    more.

    \sa errors(), errorString
*/
QSeamstressError QSeamstressExecutor::error() const
{
    d->errors.seeLast();
    d->errors.setRead();
    return d->errors.last();
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
    d->errors.seeAll();
    return d->errors.ofScript();
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
    return publicActivity(d->activity());
}

/*!
    Waits until the script does that: activity() is \a activity.

    Returns \c true if it does. It may do something else when this returns, but where it waits for what the test holds: for a lock, for
    the end of a QPromise that it awaits, for a file that is locked by QLockFile. Otherwise returns \c false, and error() has one of the
    codes of waitForBlocked(), with QSeamstressError::NotBlocked where it was not seen doing that within pauseTimeout. To wait for
    \l Unknown is QSeamstressError::InvalidUse.

    \snippet tst_snippets.cpp task

    \sa waitForBlocked()
*/
bool QSeamstressExecutor::waitForActivity(Activity activity)
{
    return d->call({ Verb::WaitForActivity, "waitForActivity", {}, {}, {}, activity });
}

/*!
    \overload
    Waits until \a deadline at most.
*/
bool QSeamstressExecutor::waitForActivity(Activity activity, QDeadlineTimer deadline)
{
    return d->call({ Verb::WaitForActivity, "waitForActivity", deadline, {}, {}, activity });
}

/*!
    Waits until the script is blocked: on a lock, a condition or a semaphore, in a system call that waits for a file, a pipe, a
    socket, or a child process. Sleeping, computing, and waiting in an event loop of Qt are not being blocked. Nobody is ever blocked
    on a QLockFile: its lock() sleeps and tries again, so wait for it by waitForActivity(QSeamstressExecutor::Sleeping). A task is
    blocked where it stands in co_await, or tries to take its lock; its steps run in the thread of the test, so that what blocks inside of one blocks the test.

    Returns \c true if it is. It stays so as long as nobody frees what it waits for, and so a test that holds that can rely on it.
    While other threads run, it may have been the lock of a library for a moment, such as that of the heap:
    QSeamstressThread::waitForBlockedOn() is the proof. Otherwise returns \c false, and error() has one of these codes:

    \table
    \header \li Code \li What happened
    \row \li \c NotBlocked \li It was not blocked within pauseTimeout, and waitForBlocked() waits again. Or it halted or ended
             instead, which ends the wait at once. Or this system does not tell; see QSeamstressThread::isActivityAvailable().
    \row \li \c Exception, \c SetUpFailed \li The script failed meanwhile.
    \row \li \c InvalidUse \li It was halted or had not been started when this was called.
    \endtable

    A script that is halted is not blocked: let it go by resume() or finish() before. One whose pauseMode is RunEventLoop can be
    blocked in a slot meanwhile.

    These system calls count: \c futex, \c futex_waitv; \c fcntl, \c flock; \c read, \c readv, \c write, \c writev; \c recvfrom,
    \c recvmsg, \c sendto, \c sendmsg, \c accept, \c accept4, \c connect; \c semop, \c semtimedop, \c msgrcv, \c msgsnd,
    \c mq_timedreceive, \c mq_timedsend; \c wait4, \c waitid; \c rt_sigtimedwait, \c rt_sigsuspend, \c pause; and outside of Qt's
    event loop \c poll, \c ppoll, \c select, \c pselect6, \c epoll_wait, \c epoll_pwait, \c epoll_pwait2. In another one, such as
    \c open of a FIFO, activity() is QSeamstressExecutor::Unknown, and messages tell its number.

    How it is known: Linux tells in which system call a thread waits, in \c{/proc/self/task/TID/syscall}; of a process that is its main thread. It is looked at
    every 0.05 to 1 ms, twice each time, and is blocked if both looks show the same call and it has used no time on a CPU between
    them, by \c{/proc/self/task/TID/schedstat}. See \c{proc(5)}.

    \sa waitForActivity(), QSeamstressThread::waitForBlockedOn()
*/
bool QSeamstressExecutor::waitForBlocked()
{
    return d->call({ Verb::WaitForActivity, "waitForBlocked" });
}

/*!
    \overload
    Waits until \a deadline at most.
*/
bool QSeamstressExecutor::waitForBlocked(QDeadlineTimer deadline)
{
    return d->call({ Verb::WaitForActivity, "waitForBlocked", deadline });
}

bool QSeamstressExecutor::waitForBlockedOn(const char *function, const KnownLock &lock, std::optional<QDeadlineTimer> deadline)
{
    return d->call({ Verb::WaitForActivity, function, deadline, {}, lock });
}

bool QSeamstressExecutor::event(QEvent *event)
{
    // First of all: it takes the mutex under which the event was posted. ThreadSanitizer does not see into Qt's event queue.
    d->hear();
    if (event->type() == Mailbox::wakeUpEventType())
        d->handleEvents(); // a slot may have deleted this
    else if (event->type() == Mailbox::eventLoopEventType())
        d->stepHasEventLoop();
    else
        return QObject::event(event);
    return true;
}
