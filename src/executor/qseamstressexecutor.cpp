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
    Destroys the executor and ends its script, if possible.

    A script that is still running is asked to finish: it runs to its end, passes all of its pause points, and is joined. See
    \l{The destructor} for a script that does not end. The destructor blocks for at most \l timeout or 5000 ms, whichever is longer,
    scaled as described in \l{Time-outs}. It emits no signals.

    Unseen errors are passed to the failure handler: they fail the running test.

    Destroy the executor in its own thread. In another thread, the destructor prints a warning.

    \sa {Unseen errors}, {QSeamstress::setFailureHandler}{QSeamstress::setFailureHandler()}
*/
QSeamstressExecutor::~QSeamstressExecutor() = default;

/*!
    Ends the script as the destructor does. If the script uses members of a class derived from an executor, the destructor of that class
    calls this first, while the object is still intact. Calling it twice is harmless.
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
    Returns \c true if the script is not running. Otherwise \a function, a function of a derived class, must not change \a what, for
    example "script": this calls misused(), sets the error to InvalidUse, and returns \c false.
*/
bool QSeamstressExecutor::mayChange(const char *function, const char *what)
{
    return d->mayChange(function, what);
}

/*!
    Removes the script. From now on, starting it is InvalidUse, with \a refusal as the reason. \a refusal completes a sentence that begins
    with the name of the executor, for example "has a script in JavaScript".
*/
void QSeamstressExecutor::refuseScript(const QString &refusal)
{
    setScriptSource({ {}, refusal });
}

/*!
    Called in the thread that misuses the executor. \a text names the function and the cure. The default implementation prints a warning.
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
    Returns the \l timeout. -1 ms means forever.
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

    Sets \a timeout as the \l timeout. A duration that exceeds the range of an int in milliseconds, about 24 days, is reduced to the
    longest possible one.
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
    Returns the \l pauseTimeout. -1 ms means forever.
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

    Sets \a timeout as the \l pauseTimeout, or the longest duration that an int can hold, as setTimeout() does.
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

    Sets \a config as the script and shares its ownership. This also keeps it alive for a thread that had to be abandoned.
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
    Returns the error of the last verb that failed in this run. It is empty if no verb has failed.

    If the script failed with several errors, this is the first one, with the messages of all of them.

    A verb that fails for another reason, such as misuse, replaces the error; exit() and waitForFinished() restore that of the script.
    Starting a run clears it. Reading the error of the script marks all errors of the run as seen: the destructor does not report them.

    \sa errors(), errorString
*/
QSeamstressError QSeamstressExecutor::error() const
{
    d->errors.seeLast();
    d->errors.setRead();
    return d->errors.last();
}

/*!
    Returns the errors of the script itself in this run, in the order in which they happened: in its set-up, between its pause points, in
    its tear-down. The list is filled when the script ends, and cleared when a run starts.

    It does not contain time-outs, nor errors of a verb with the codes QSeamstressError::NeverPaused and QSeamstressError::InvalidUse.
    Calling this marks all errors of the run as seen: the destructor does not report them.

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
    Returns what the script is doing now. The result may be out of date when this returns.

    Call it from the executor's own thread. It does not wait for the script.
*/
QSeamstressExecutor::Activity QSeamstressExecutor::activity() const
{
    return publicActivity(d->activity());
}

/*!
    Waits until activity() is \a activity.

    Returns \c true once it is. The script may do something else when this returns, unless it waits for something that the test holds: a
    mutex, the end of a QPromise that it awaits, a file locked with QLockFile. Otherwise returns \c false, and error() has one of the
    codes of waitForBlocked(), with QSeamstressError::NotBlocked if the script was not seen in this activity within pauseTimeout. Waiting
    for \l Unknown is QSeamstressError::InvalidUse.

    \snippet tst_snippets.cpp task

    \sa waitForBlocked()
*/
bool QSeamstressExecutor::waitForActivity(Activity activity)
{
    return d->call({ Verb::WaitForActivity, "waitForActivity", {}, {}, {}, activity });
}

/*!
    \overload
    Waits until \a deadline at the latest.
*/
bool QSeamstressExecutor::waitForActivity(Activity activity, QDeadlineTimer deadline)
{
    return d->call({ Verb::WaitForActivity, "waitForActivity", deadline, {}, {}, activity });
}

/*!
    Waits until the script is blocked: on a mutex, a condition variable or a semaphore, or in a system call that waits for a file, a pipe,
    a socket, or a child process. Sleeping, computing, and waiting in a Qt event loop do not count. A thread never blocks on a QLockFile,
    whose lock() sleeps and retries: use waitForActivity(QSeamstressExecutor::Sleeping) instead. A task counts as blocked while it waits
    in a co_await or tries to take its lock; its steps run in the thread of the test, so anything that blocks inside a step blocks the
    test.

    Returns \c true once the script is blocked. It stays blocked until something wakes it up, so a test that holds what the script waits
    for can rely on the result. While other threads run, the script may have been blocked only for a moment on a mutex inside a library,
    such as that of the heap; use QSeamstressThread::waitForBlockedOn() to be certain. Otherwise returns \c false, and error() has one of
    these codes:

    \table
    \header \li Code \li What happened
    \row \li \c NotBlocked \li The script was not blocked within pauseTimeout; call waitForBlocked() to wait again. Or it paused or ended
             instead, which ends the wait at once. Or the system does not report what threads are doing; see
             QSeamstressThread::isActivityAvailable().
    \row \li the code of the script's first error \li The script failed, now or before.
    \row \li \c InvalidUse \li The script was paused, or had not been started, when this was called.
    \endtable

    A paused script is not blocked: call resume() or finish() first. A script whose pauseMode is RunEventLoop can be blocked in a slot
    while it is paused.

    These system calls count: \c futex, \c futex_waitv; \c fcntl, \c flock; \c read, \c readv, \c write, \c writev; \c recvfrom,
    \c recvmsg, \c sendto, \c sendmsg, \c accept, \c accept4, \c connect; \c semop, \c semtimedop, \c msgrcv, \c msgsnd,
    \c mq_timedreceive, \c mq_timedsend; \c wait4, \c waitid; \c rt_sigtimedwait, \c rt_sigsuspend, \c pause; and, outside of Qt's
    event loop, \c poll, \c ppoll, \c select, \c pselect6, \c epoll_wait, \c epoll_pwait, \c epoll_pwait2.

    In any other system call, such as \c open of a FIFO, activity() is QSeamstressExecutor::Unknown, and messages contain the
    number of the call.

    On Linux, \c{/proc/self/task/TID/syscall} shows the system call in which a thread waits; for a process, that of its main thread is
    read. It is sampled every 0.05 to 5 ms, twice each time. The thread is blocked if both samples show the same call and it used no CPU
    time in between, according to \c{/proc/self/task/TID/schedstat}. See \c{proc(5)}.

    \sa waitForActivity(), QSeamstressThread::waitForBlockedOn()
*/
bool QSeamstressExecutor::waitForBlocked()
{
    return d->call({ Verb::WaitForActivity, "waitForBlocked" });
}

/*!
    \overload
    Waits until \a deadline at the latest.
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
    // First, lock the mutex under which the event was posted: ThreadSanitizer does not see into Qt's event queue.
    d->hear();
    if (event->type() == Mailbox::wakeUpEventType())
        d->handleEvents(); // a slot may have deleted this
    else if (event->type() == Mailbox::eventLoopEventType())
        d->stepHasEventLoop();
    else
        return QObject::event(event);
    return true;
}
