// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

#include "qseamstressbreakpoint.h"

#include <QtCore/QAbstractEventDispatcher>
#include <QtCore/QCoreApplication>
#include <QtCore/QEvent>
#include <QtCore/QPointer>
#include <QtCore/QScopeGuard>
#include <QtCore/QThread>

#include <algorithm>
#include <limits>
#include <utility>

#include "../base/pausepointlistener_p.h"
#include "../base/eventwait_p.h"
#include "../base/verbwatch_p.h"
#include "../script/errordata_p.h"
#include "../timeline/failurehandler_p.h"
#include "../timeline/timeline_p.h"
#include "armedbreakpoints_p.h"

namespace QSeamstressPrivate {

// The owner's side. Everything here runs in the owner's thread.
class BreakpointData
{
public:
    BreakpointData(QSeamstressBreakpoint *breakpoint, const QString &point)
        : shared(std::make_shared<Breakpoint>(breakpoint, point))
        , m_breakpoint(breakpoint)
    {
    }

    bool isOwnersThread(const char *function) const;
    void arm();
    void disarm();
    void hear();
    void deliver();
    bool waitForHit(std::optional<QDeadlineTimer> deadline);
    bool misuse(const char *function, const QString &text); // returns false
    template <class Change>
    void change(const char *function, Change change)
    {
        const VerbWatch::Verb isInVerb;
        if (isOwnersThread(function))
            shared->change(change);
    }

    const std::shared_ptr<Breakpoint> shared;
    QSeamstressError error;
    QList<QSeamstressError> unseen;

private:
    QSeamstressBreakpoint *const m_breakpoint;
    std::optional<PausePointListener> m_listener; // while armed
    bool m_isWaiting = false;
    quint64 m_halts = 0; // reported by signals
};

bool BreakpointData::isOwnersThread(const char *function) const
{
    if (QThread::currentThread() == m_breakpoint->thread()) {
        shared->ownerIsHere();
        return true;
    }
    qWarning("QSeamstressBreakpoint::%s: called from a thread that does not own the breakpoint \"%s\"; the call has no effect. Call it from the breakpoint's thread, for example with "
             "QMetaObject::invokeMethod().",
             function, qPrintable(shared->point()));
    return false;
}

void BreakpointData::arm()
{
    const VerbWatch::Verb isInVerb;
    if (shared->point().isEmpty()) {
        misuse("arm", QStringLiteral("is not the name of a pause point; pass the name that the code under test uses"));
        return;
    }
    if (NoBreakpoints::areRefused()) {
        misuse("arm", QStringLiteral("cannot be armed while an explorer runs, since the explorer pauses its scripts at each pause point and waits for them; arm it before or after"));
        return;
    }
    shared->arm();
    if (m_listener)
        return;
    m_listener.emplace();
    addArmedBreakpoint(shared);
}

void BreakpointData::disarm()
{
    const VerbWatch::Verb isInVerb;
    removeArmedBreakpoint(shared);
    shared->disarm();
    m_listener.reset();
}

bool BreakpointData::misuse(const char *function, const QString &text)
{
    m_breakpoint->misused(QStringLiteral("QSeamstressBreakpoint::%1: \"%2\" %3.").arg(QLatin1String(function), shared->point(), text));
    error = ErrorData::make(QSeamstressError::InvalidUse, QStringLiteral("The breakpoint \"%1\" %2.").arg(shared->point(), text), shared->point());
    return false;
}

// Takes the errors of the threads.
void BreakpointData::hear()
{
    const QList<QSeamstressError> errors = shared->takeErrors();
    if (errors.isEmpty())
        return;
    error = errors.last();
    unseen.append(errors);
}

// Does the same, and emits the signals.
void BreakpointData::deliver()
{
    const QPointer<QSeamstressBreakpoint> alive(m_breakpoint);
    hear();
    Breakpoint::News news = shared->takeNews();
    m_halts += static_cast<quint64>(news.halts);
    const ProgramTime slotsRun;
    if (news.hasChanged)
        Q_EMIT m_breakpoint->hitChanged();
    for (; alive && news.reached > 0; --news.reached)
        Q_EMIT m_breakpoint->reached();
}

bool BreakpointData::waitForHit(std::optional<QDeadlineTimer> deadline)
{
    const QPointer<QSeamstressBreakpoint> alive(m_breakpoint);
    if (m_isWaiting)
        return misuse("waitForHit", QStringLiteral("is already being waited for, and a slot called this; call it after that wait has returned"));
    if (!shared->state().isArmed)
        return misuse("waitForHit", QStringLiteral("is not armed, so no thread pauses there; call arm() first"));
    deadline = inRealTime(deadline);
    const VerbWatch::Verb isInVerb;
    m_isWaiting = true;
    const auto end = qScopeGuard([this, &alive] {
        if (alive)
            m_isWaiting = false;
    });
    const quint64 haltsBefore = m_halts; // a slot may resume the thread
    Patience patience = deadline ? Patience(*deadline) : Patience::fromProperty(shared->state().settings.timeout);
    EventWait events;
    for (bool isLastLook = false; alive;) {
        const bool isHit = shared->takeHit();
        deliver();
        if (!alive)
            return false;
        if (!unseen.isEmpty()) {
            unseen.clear();
            return false;
        }
        if (isHit || m_halts != haltsBefore)
            return true;
        if (!shared->state().isArmed)
            return misuse("waitForHit", QStringLiteral("was disarmed by a slot while the test was waiting for it"));
        if (isLastLook) {
            error = ErrorData::make(QSeamstressError::PauseTimedOut,
                                    QStringLiteral("No thread paused at the breakpoint \"%1\" within %2 ms.%3 %4%5%6%7")
                                        .arg(shared->point(), QString::number(patience.waited()), patience.virtualTimeText(), shared->passes(), shared->reasons(), whoIsHalted(),
                                             patience.howToWaitLonger("setTimeout()", "waitForHit()")),
                                    shared->point());
            return false;
        }
        isLastLook = !patience.tick();
        const QDeadlineTimer nextLook = isLastLook ? QDeadlineTimer() : patience.nextTick();
        if (QCoreApplication::instance() && QAbstractEventDispatcher::instance())
            events.step(nextLook);
        else
            shared->waitForNews(nextLook);
    }
    return false;
}

} // namespace QSeamstressPrivate

using namespace QSeamstressPrivate;

/*!
    Creates a breakpoint at the pause points named \a point, with the given \a parent, and arms it. An empty \a point is misuse.
*/
QSeamstressBreakpoint::QSeamstressBreakpoint(const QString &point, QObject *parent)
    : QObject(parent)
    , d(std::make_unique<BreakpointData>(this, point))
{
    Timeline::instance().executorCreated();
    d->arm();
}

/*!
    \overload

    \a point is in UTF-8.
*/
QSeamstressBreakpoint::QSeamstressBreakpoint(const char *point, QObject *parent)
    : QSeamstressBreakpoint(QString::fromUtf8(point), parent)
{
}

/*!
    Disarms the breakpoint and lets the thread that is paused there continue. Unseen errors are passed to the failure handler: they fail the
    running test.

    \sa {Unseen errors}
*/
QSeamstressBreakpoint::~QSeamstressBreakpoint()
{
    d->disarm();
    d->shared->disown();
    d->hear();
    if (!d->unseen.isEmpty())
        reportFailure(ErrorData::messagesOf(d->unseen));
    Timeline::instance().executorDestroyed();
}

/*!
    \property QSeamstressBreakpoint::point
    \brief the name of the pause points at which threads pause.
*/

/*!
    \property QSeamstressBreakpoint::hit
    \brief whether a thread is paused at the breakpoint now.
*/

/*!
    \property QSeamstressBreakpoint::hits
    \brief the number of times that a thread has paused at the breakpoint, or has run the action, since it was created.
*/

/*!
    \fn void QSeamstressBreakpoint::reached()

    A thread has paused at the breakpoint, or is about to run the action. Emitted in the thread of the breakpoint, before waitForHit()
    returns or by the event loop.
*/

/*!
    \fn void QSeamstressBreakpoint::hitChanged()

    The return value of isHit() or hits() has changed.
*/
QString QSeamstressBreakpoint::point() const
{
    return d->shared->point();
}

/*!
    \fn std::function<bool(const QVariant &value)> QSeamstressBreakpoint::condition() const

    Returns the condition. By default there is none.
*/
std::function<bool(const QVariant &value)> QSeamstressBreakpoint::condition() const
{
    return *d->shared->state().settings.condition;
}

/*!
    Sets \a condition as the condition, which receives the value of the pause point. A thread pauses only if it returns \c true. Other
    threads continue.

    The condition is called in the thread that has reached the point, possibly in several threads at the same time. It is not called while
    another thread is paused at the breakpoint: with haltsAll(), threads wait for their turn first. If it throws an exception, the thread
    continues and the exception is an error.

    All setters take effect from the next time that a thread reaches the point. If a thread may reach it in the meantime, call disarm(),
    then the setters, then arm().
*/
void QSeamstressBreakpoint::setCondition(std::function<bool(const QVariant &value)> condition)
{
    d->change("setCondition", [&condition](BreakpointSettings &settings) { settings.condition = std::make_shared<const BreakpointSettings::Condition>(std::move(condition)); });
}

/*!
    Returns the name of the threads that pause. It is empty by default: all threads pause.
*/
QString QSeamstressBreakpoint::threadName() const
{
    return d->shared->state().settings.threadName;
}

/*!
    Lets only threads named \a name pause. The name of a thread is the QObject::objectName() of its QThread or, if that is empty, the
    thread's name in the system (pthread_setname_np(), 15 characters at most; on Linux only). An empty \a name means all threads.
*/
void QSeamstressBreakpoint::setThreadName(const QString &name)
{
    d->change("setThreadName", [&name](BreakpointSettings &settings) { settings.threadName = name; });
}

/*!
    Returns how many arrivals that would pause a thread are ignored. The default is 0.
*/
int QSeamstressBreakpoint::ignoreCount() const
{
    return d->shared->state().settings.ignoreCount;
}

/*!
    Ignores the first \a count arrivals that would pause a thread, counted from this call, or from arm(): the threads pass. A negative
    number is misuse.
*/
void QSeamstressBreakpoint::setIgnoreCount(int count)
{
    if (count >= 0)
        d->change("setIgnoreCount", [count](BreakpointSettings &settings) { settings.ignoreCount = settings.toIgnore = count; });
    else if (d->isOwnersThread("setIgnoreCount"))
        d->misuse("setIgnoreCount", QStringLiteral("cannot ignore %1 hits; pass 0 or more").arg(count));
}

/*!
    Returns the action that threads run instead of pausing. By default there is none.
*/
std::function<void()> QSeamstressBreakpoint::action() const
{
    return *d->shared->state().settings.action;
}

/*!
    Makes threads call \a action instead of pausing, in the thread that has reached the point and at that place. This includes the thread of
    the test: an action can therefore act in the middle of a function of the code under test, for example to close a dialog. With an empty
    \a action, threads pause.

    The action may run in several threads at the same time, and neither disarm() nor the destructor waits for it: what it uses must live as
    long as the threads that may reach the point. It cannot call the functions that belong to the breakpoint's thread. If it throws an
    exception, the thread continues and the exception is an error.
*/
void QSeamstressBreakpoint::setAction(std::function<void()> action)
{
    d->change("setAction", [&action](BreakpointSettings &settings) { settings.action = std::make_shared<const BreakpointSettings::Action>(std::move(action)); });
}

/*!
    Returns whether threads that reach the point while another one is paused there wait for their turn. The default is \c false: they
    continue.
*/
bool QSeamstressBreakpoint::haltsAll() const
{
    return d->shared->state().settings.haltsAll;
}

/*!
    If \a haltsAll is \c true, threads that reach the point while another one is paused there wait, and pause one after the other: each
    resume() lets one of them continue. To pause two threads at the same time, use two breakpoints.
*/
void QSeamstressBreakpoint::setHaltsAll(bool haltsAll)
{
    d->change("setHaltsAll", [haltsAll](BreakpointSettings &settings) { settings.haltsAll = haltsAll; });
}

/*!
    Returns how long waitForHit() waits. The default is 5000 ms.
*/
std::chrono::milliseconds QSeamstressBreakpoint::timeout() const
{
    return std::chrono::milliseconds(d->shared->state().settings.timeout);
}

/*!
    Sets \a milliseconds as the time that waitForHit() waits.
*/
void QSeamstressBreakpoint::setTimeout(int milliseconds)
{
    setTimeout(std::chrono::milliseconds(milliseconds));
}

/*!
    Sets \a timeout as the time that waitForHit() waits, scaled as described in \l{Time-outs}. With 0 ms it does not wait, and with -1 ms
    it waits forever. Any other negative value is misuse.

    While a thread is paused, the thread of the test may be blocked outside of a verb for the same time (5000 ms for 0, forever for -1);
    see \l{Errors}.
*/
void QSeamstressBreakpoint::setTimeout(std::chrono::milliseconds timeout)
{
    const int milliseconds = static_cast<int>(std::min<qint64>(timeout.count(), std::numeric_limits<int>::max()));
    if (timeout.count() >= -1)
        d->change("setTimeout", [milliseconds](BreakpointSettings &settings) { settings.timeout = milliseconds; });
    else if (d->isOwnersThread("setTimeout"))
        d->misuse("setTimeout", QStringLiteral("cannot wait %1 ms; pass 0 or more milliseconds, or -1 to wait forever").arg(timeout.count()));
}

/*!
    Returns whether the breakpoint is armed: threads pause at it.
*/
bool QSeamstressBreakpoint::isArmed() const
{
    return d->shared->state().isArmed;
}

/*!
    Arms the breakpoint again after disarm(). Arming an armed breakpoint restarts the count of the pause points that were reached, and that
    of setIgnoreCount().

    While a QSeamstressExplorer runs, this is misuse.
*/
void QSeamstressBreakpoint::arm()
{
    if (d->isOwnersThread("arm"))
        d->arm();
}

bool QSeamstressBreakpoint::isHit() const
{
    return d->shared->state().isHit;
}

int QSeamstressBreakpoint::hits() const
{
    return d->shared->state().hits;
}

/*!
    Returns the value that the pause point had the last time that a thread paused there or ran the action.
*/
QVariant QSeamstressBreakpoint::value() const
{
    return d->shared->value();
}

/*!
    Returns the thread that is paused at the breakpoint, or null if there is none.
*/
QThread *QSeamstressBreakpoint::hitThread() const
{
    return d->shared->state().hitThread;
}

/*!
    Waits until a thread is paused at the breakpoint, and returns \c true. This includes a thread that paused during the wait and that a slot
    has resumed. With an action, waits until the action has run since the last time that this returned \c true.

    While waiting, this processes the events of the calling thread, as QSignalSpy::wait() does, if that thread has an event dispatcher and
    there is a QCoreApplication.

    Otherwise returns \c false, and error() has one of these codes:

    \table
    \header \li Code \li What happened
    \row \li \c PauseTimedOut \li No thread paused within timeout(). The message lists the points that were reached since the breakpoint was
             armed, by which threads and how often.
    \row \li \c Exception \li The condition or the action threw an exception.
    \row \li \c InvalidUse \li The breakpoint is not armed, or a slot disarmed it during the wait; a slot called this during the wait; or the
             test waited for the paused thread.
    \endtable

    \sa QSEAMSTRESS_WAIT_FOR_HIT()
*/
bool QSeamstressBreakpoint::waitForHit()
{
    return d->isOwnersThread("waitForHit") && d->waitForHit({});
}

/*!
    \overload

    Waits until \a deadline, which is used as is.
*/
bool QSeamstressBreakpoint::waitForHit(QDeadlineTimer deadline)
{
    return d->isOwnersThread("waitForHit") && d->waitForHit(deadline);
}

/*!
    Lets the thread that is paused at the breakpoint continue, and returns at once. The breakpoint remains armed. If no thread is paused
    there, this is misuse.
*/
void QSeamstressBreakpoint::resume()
{
    const VerbWatch::Verb isInVerb;
    if (!d->isOwnersThread("resume"))
        return;
    if (!d->shared->resume())
        d->misuse("resume", QStringLiteral("has no paused thread; call waitForHit() first, and resume() once for each hit"));
    d->deliver();
}

/*!
    Disarms the breakpoint: from now on threads pass it, and the thread that is paused there continues.
*/
void QSeamstressBreakpoint::disarm()
{
    if (!d->isOwnersThread("disarm"))
        return;
    d->disarm();
    d->deliver();
}

/*!
    Returns the last error. Calling this marks all errors as seen: the destructor does not report them.
*/
QSeamstressError QSeamstressBreakpoint::error() const
{
    if (!d->isOwnersThread("error"))
        return {};
    d->hear();
    d->unseen.clear();
    return d->error;
}

/*!
    Returns the message of error().
*/
QString QSeamstressBreakpoint::errorString() const
{
    return error().message();
}

/*!
    Called in the thread that misuses the breakpoint. \a text names the function and the cure. The default implementation prints a warning.
*/
void QSeamstressBreakpoint::misused(const QString &text) const
{
    qWarning("%s", qPrintable(text));
}

bool QSeamstressBreakpoint::event(QEvent *event)
{
    // First, lock the mutex under which the event was posted: ThreadSanitizer does not see into Qt's event queue.
    static_cast<void>(d->shared->state());
    if (event->type() == QEvent::ThreadChange)
        disarm(); // the thread that arms it next owns it
    if (event->type() != Breakpoint::newsEventType())
        return QObject::event(event);
    d->shared->ownerIsHere();
    d->deliver(); // a slot may delete this
    return true;
}
