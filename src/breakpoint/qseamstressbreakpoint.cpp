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
#include "../base/processevents_p.h"
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
    bool misuse(const char *function, const QString &text); // false
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
    std::optional<PausePointListener> m_listener; // while it is armed
    bool m_isWaiting = false;
    quint64 m_halts = 0; // of which is told by signals
};

bool BreakpointData::isOwnersThread(const char *function) const
{
    if (QThread::currentThread() == m_breakpoint->thread()) {
        shared->ownerIsHere();
        return true;
    }
    qWarning("QSeamstressBreakpoint::%s: called from a thread that does not own the breakpoint \"%s\", nothing is done; call it from the breakpoint's thread, for example by "
             "QMetaObject::invokeMethod().",
             function, qPrintable(shared->point()));
    return false;
}

void BreakpointData::arm()
{
    const VerbWatch::Verb isInVerb;
    if (shared->point().isEmpty()) {
        misuse("arm", QStringLiteral("is no name of a pause point; give the one that the code under test has"));
        return;
    }
    if (NoBreakpoints::areRefused()) {
        misuse("arm", QStringLiteral("cannot be armed while an explorer runs, which lets its scripts halt at each pause point and waits for them; arm it before or after"));
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

// What its threads have told.
void BreakpointData::hear()
{
    const QList<QSeamstressError> errors = shared->takeErrors();
    if (errors.isEmpty())
        return;
    error = errors.last();
    unseen.append(errors);
}

// The same, and emits the signals.
void BreakpointData::deliver()
{
    const QPointer<QSeamstressBreakpoint> alive(m_breakpoint);
    hear();
    Breakpoint::News news = shared->takeNews();
    m_halts += static_cast<quint64>(news.halts);
    if (news.hasChanged)
        Q_EMIT m_breakpoint->hitChanged();
    for (; alive && news.reached > 0; --news.reached)
        Q_EMIT m_breakpoint->reached();
}

bool BreakpointData::waitForHit(std::optional<QDeadlineTimer> deadline)
{
    const QPointer<QSeamstressBreakpoint> alive(m_breakpoint);
    if (m_isWaiting)
        return misuse("waitForHit", QStringLiteral("is being waited for already, and a slot has called this; call it after that has returned"));
    if (!shared->state().isArmed)
        return misuse("waitForHit", QStringLiteral("is not armed, so that nobody halts there; call arm() first"));
    const VerbWatch::Verb isInVerb;
    m_isWaiting = true;
    const auto end = qScopeGuard([this, &alive] {
        if (alive)
            m_isWaiting = false;
    });
    const quint64 haltsBefore = m_halts; // a slot may let it go
    Patience patience = deadline ? Patience(*deadline) : Patience::fromProperty(shared->state().settings.timeout);
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
            return misuse("waitForHit", QStringLiteral("was disarmed by a slot while it was waited for"));
        if (isLastLook) {
            error = ErrorData::make(QSeamstressError::PauseTimedOut,
                                    QStringLiteral("No thread halted at the breakpoint \"%1\" within %2 ms. %3%4%5%6")
                                        .arg(shared->point(), QString::number(patience.waited()), shared->passes(), shared->reasons(), whoIsHalted(),
                                             patience.howToWaitLonger("setTimeout()", "waitForHit()")),
                                    shared->point());
            return false;
        }
        isLastLook = !patience.tick();
        const QDeadlineTimer nextLook = isLastLook ? QDeadlineTimer() : patience.nextTick();
        if (QCoreApplication::instance() && QAbstractEventDispatcher::instance())
            processEvents(nextLook);
        else
            shared->waitForNews(nextLook);
    }
    return false;
}

} // namespace QSeamstressPrivate

using namespace QSeamstressPrivate;

/*!
    Makes a breakpoint at the pause points that are called \a point, and arms it. An empty name is misuse. \a parent is that of a QObject.
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
    Disarms the breakpoint, and lets the thread that is halted there go on. Errors that nobody has seen are given to the failure handler: they fail the running test.

    \sa {Errors that nobody has seen}
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
    \brief the name of the pause points at which threads halt.
*/

/*!
    \property QSeamstressBreakpoint::hit
    \brief whether a thread is halted there now.
*/

/*!
    \property QSeamstressBreakpoint::hits
    \brief how many threads were halted there, or have run the action, since the breakpoint was made.

    A thread that comes twice counts twice.
*/

/*!
    \fn void QSeamstressBreakpoint::reached()

    A thread has halted there, or is about to run the action. Emitted in the thread of the breakpoint, before waitForHit() returns, or by the event loop.
*/

/*!
    \fn void QSeamstressBreakpoint::hitChanged()

    What isHit() or hits() returns has changed.
*/
QString QSeamstressBreakpoint::point() const
{
    return d->shared->point();
}

/*!
    \fn std::function<bool(const QVariant &value)> QSeamstressBreakpoint::condition() const

    Returns the condition. The default is none.
*/
std::function<bool(const QVariant &value)> QSeamstressBreakpoint::condition() const
{
    return *d->shared->state().settings.condition;
}

/*!
    Only where \a condition returns \c true, given the value of the pause point, a thread halts. The others go on.

    It is called in the thread that has reached the point, possibly in several at once, and not while another one is halted there: with haltsAll(), threads wait for their turn first. If it throws, the thread goes on, and that is an error.

    All setters take effect from the next time that a thread comes. Where one may come meanwhile, call disarm(), then the setters, then arm().
*/
void QSeamstressBreakpoint::setCondition(std::function<bool(const QVariant &value)> condition)
{
    d->change("setCondition", [&condition](BreakpointSettings &settings) { settings.condition = std::make_shared<const BreakpointSettings::Condition>(std::move(condition)); });
}

/*!
    Returns how the threads are called that halt. The default is empty: all do.
*/
QString QSeamstressBreakpoint::threadName() const
{
    return d->shared->state().settings.threadName;
}

/*!
    Only threads halt that are called \a name: the QObject::objectName() of their QThread, or, where that is empty, the name that the system has for the thread (pthread_setname_np(), 15
    characters at most; on Linux only). An empty name means all.
*/
void QSeamstressBreakpoint::setThreadName(const QString &name)
{
    d->change("setThreadName", [&name](BreakpointSettings &settings) { settings.threadName = name; });
}

/*!
    Returns how many threads go on before one halts. The default is 0.
*/
int QSeamstressBreakpoint::ignoreCount() const
{
    return d->shared->state().settings.ignoreCount;
}

/*!
    Lets the first \a count times pass that a thread would halt, counted from here, or from arm() on. Less than 0 is misuse.
*/
void QSeamstressBreakpoint::setIgnoreCount(int count)
{
    if (count >= 0)
        d->change("setIgnoreCount", [count](BreakpointSettings &settings) { settings.ignoreCount = settings.toIgnore = count; });
    else if (d->isOwnersThread("setIgnoreCount"))
        d->misuse("setIgnoreCount", QStringLiteral("cannot let %1 threads pass; give a number from 0 on").arg(count));
}

/*!
    Returns what is called instead of halting. The default is none.
*/
std::function<void()> QSeamstressBreakpoint::action() const
{
    return *d->shared->state().settings.action;
}

/*!
    Calls \a action instead of halting, in the thread that has reached the point, there. That may be the thread of the test, too: then an action can act in the middle of a function of the
    code under test, close a dialog for example. With an empty one threads halt.

    It may run in several threads at once, and neither disarm() nor the destructor waits for it: what it uses has to live as long as the threads that come. It cannot call the functions that belong to the
    breakpoint's thread. If it throws, the thread goes on, and that is an error.
*/
void QSeamstressBreakpoint::setAction(std::function<void()> action)
{
    d->change("setAction", [&action](BreakpointSettings &settings) { settings.action = std::make_shared<const BreakpointSettings::Action>(std::move(action)); });
}

/*!
    Returns whether threads that come while another one is halted there wait for their turn. The default is \c false: they go on.
*/
bool QSeamstressBreakpoint::haltsAll() const
{
    return d->shared->state().settings.haltsAll;
}

/*!
    With \a haltsAll, threads that come while another one is halted wait, and halt one after the other: each resume() lets one go. To have two threads there at the same time, use two breakpoints.
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
    waitForHit() waits for \a timeout, stretched as \l{Time-outs} describes: 0 ms looks only, -1 ms waits for ever, any other below 0 is misuse. For as long may the thread of the test be blocked outside
    of a verb while a thread is halted (5000 ms for 0, for ever for -1), see \l{Errors}.
*/
void QSeamstressBreakpoint::setTimeout(std::chrono::milliseconds timeout)
{
    const int milliseconds = static_cast<int>(std::min<qint64>(timeout.count(), std::numeric_limits<int>::max()));
    if (timeout.count() >= -1)
        d->change("setTimeout", [milliseconds](BreakpointSettings &settings) { settings.timeout = milliseconds; });
    else if (d->isOwnersThread("setTimeout"))
        d->misuse("setTimeout", QStringLiteral("cannot wait %1 ms; give milliseconds from 0 on, or -1 to wait for ever").arg(timeout.count()));
}

/*!
    Returns whether threads halt there.
*/
bool QSeamstressBreakpoint::isArmed() const
{
    return d->shared->state().isArmed;
}

/*!
    Lets threads halt there again, after disarm(). One that is armed begins to count anew what passes, and what setIgnoreCount() lets pass.

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
    Returns the value that the pause point gave the last time that a thread halted there, or ran the action.
*/
QVariant QSeamstressBreakpoint::value() const
{
    return d->shared->value();
}

/*!
    Returns the thread that is halted there, null if there is none.
*/
QThread *QSeamstressBreakpoint::hitThread() const
{
    return d->shared->state().hitThread;
}

/*!
    Waits until a thread is halted there, or was meanwhile and a slot has let it go, and returns \c true. With an action: until it has run since the last time that this returned \c true.

    The events of this thread are processed meanwhile, as QSignalSpy::wait() does, if it has an event loop and there is a QCoreApplication. Otherwise returns \c false, and error() has one of these codes:

    \table
    \header \li Code \li What happened
    \row \li \c PauseTimedOut \li Nobody halted within timeout(). The message lists the points that were reached since the breakpoint was armed, by which threads and how often.
    \row \li \c Exception \li The condition or the action threw.
    \row \li \c InvalidUse \li It is not armed, or a slot has disarmed it meanwhile, a slot called this while it was waiting, or the test waited for the thread that was halted.
    \endtable

    \sa QSEAMSTRESS_WAIT_FOR_HIT()
*/
bool QSeamstressBreakpoint::waitForHit()
{
    return d->isOwnersThread("waitForHit") && d->waitForHit({});
}

/*!
    \overload

    Waits until \a deadline, which is taken as it is.
*/
bool QSeamstressBreakpoint::waitForHit(QDeadlineTimer deadline)
{
    return d->isOwnersThread("waitForHit") && d->waitForHit(deadline);
}

/*!
    Lets the thread that is halted there go on, and returns at once. The breakpoint stays armed. If nobody is halted there, that is misuse.
*/
void QSeamstressBreakpoint::resume()
{
    const VerbWatch::Verb isInVerb;
    if (!d->isOwnersThread("resume"))
        return;
    if (!d->shared->resume())
        d->misuse("resume", QStringLiteral("has nobody who is halted there; call waitForHit() first, and resume() once for each time"));
    d->deliver();
}

/*!
    Lets threads pass from now on, and the one that is halted there go on.
*/
void QSeamstressBreakpoint::disarm()
{
    if (!d->isOwnersThread("disarm"))
        return;
    d->disarm();
    d->deliver();
}

/*!
    Returns the last error. To call this is to see all errors: the destructor does not report them any more.
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
    Called in the thread that misuses the breakpoint, with the function and the cure in \a text. The default prints a warning.
*/
void QSeamstressBreakpoint::misused(const QString &text) const
{
    qWarning("%s", qPrintable(text));
}

bool QSeamstressBreakpoint::event(QEvent *event)
{
    // First of all: it takes the mutex under which the event was posted. ThreadSanitizer does not see into Qt's event queue.
    static_cast<void>(d->shared->state());
    if (event->type() == QEvent::ThreadChange)
        disarm(); // who arms it next owns it
    if (event->type() != Breakpoint::newsEventType())
        return QObject::event(event);
    d->shared->ownerIsHere();
    d->deliver(); // a slot may delete this
    return true;
}
