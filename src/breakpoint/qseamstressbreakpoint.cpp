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

#include "../executor/failurehandler_p.h"
#include "../executor/messages_p.h"
#include "../executor/processevents_p.h"
#include "../script/errordata_p.h"
#include "../script/pausepoints_p.h"
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
    void deliver();
    bool waitForHit(std::optional<QDeadlineTimer> deadline);
    void misuse(const char *function, const QString &text);
    template <class Change>
    void change(const char *function, Change change)
    {
        if (isOwnersThread(function))
            shared->change(change);
    }
    void reportUnseenErrors();

    const std::shared_ptr<Breakpoint> shared;
    QSeamstressError error;
    QList<QSeamstressError> unseen;

private:
    using Guard = QPointer<QSeamstressBreakpoint>;

    QSeamstressBreakpoint *const m_breakpoint;
    std::optional<PausePointListener> m_listener; // while it is armed
    bool m_isWaiting = false;
};

bool BreakpointData::isOwnersThread(const char *function) const
{
    if (QThread::currentThread() == m_breakpoint->thread())
        return true;
    qWarning("QSeamstressBreakpoint::%s: called from a thread that does not own the breakpoint, nothing is done; call it from the breakpoint's thread, for example by "
             "QMetaObject::invokeMethod().",
             function);
    return false;
}

void BreakpointData::arm()
{
    shared->arm();
    if (m_listener)
        return;
    m_listener.emplace();
    addArmedBreakpoint(shared);
}

void BreakpointData::disarm()
{
    removeArmedBreakpoint(shared);
    shared->disarm();
    m_listener.reset();
}

void BreakpointData::misuse(const char *function, const QString &text)
{
    qWarning("QSeamstressBreakpoint::%s: \"%s\" %s.", function, qPrintable(shared->point()), qPrintable(text));
    error = ErrorData::make(QSeamstressError::InvalidUse, QStringLiteral("The breakpoint \"%1\" %2.").arg(shared->point(), text), shared->point());
}

// What its threads have told.
void BreakpointData::deliver()
{
    const Guard alive(m_breakpoint);
    Breakpoint::News news = shared->takeNews();
    for (const QSeamstressError &each : std::as_const(news.errors)) {
        error = each;
        unseen.append(each);
    }
    if (news.hasChanged)
        Q_EMIT m_breakpoint->hitChanged();
    for (; alive && news.reached > 0; --news.reached)
        Q_EMIT m_breakpoint->reached();
}

bool BreakpointData::waitForHit(std::optional<QDeadlineTimer> deadline)
{
    const Guard alive(m_breakpoint);
    if (m_isWaiting) {
        misuse("waitForHit", QStringLiteral("is being waited for already, and a slot has called this; call it after that has returned"));
        return false;
    }
    if (!shared->isArmed()) {
        misuse("waitForHit", QStringLiteral("is not armed, so that nobody halts there; call arm() first"));
        return false;
    }
    m_isWaiting = true;
    const auto end = qScopeGuard([this, &alive] {
        if (alive)
            m_isWaiting = false;
    });
    Patience patience = deadline ? Patience(*deadline) : Patience::fromProperty(shared->settings().timeout);
    for (bool isLastLook = false; alive;) {
        const bool isHit = shared->takeHit();
        deliver();
        if (!alive)
            return false;
        if (!unseen.isEmpty()) {
            unseen.clear();
            return false;
        }
        if (isHit)
            return true;
        if (isLastLook) {
            error = ErrorData::make(QSeamstressError::PauseTimedOut,
                                    QStringLiteral("No thread halted at the breakpoint \"%1\" within %2 ms. %3%4%5")
                                        .arg(shared->point())
                                        .arg(patience.waited())
                                        .arg(shared->passes().text(), shared->reasons(), waitLongerText(patience, "setTimeout()", "waitForHit()")),
                                    shared->point());
            return false;
        }
        isLastLook = patience.isOver();
        const QDeadlineTimer nextLook = isLastLook ? QDeadlineTimer() : patience.nextLook();
        if (QCoreApplication::instance() && QAbstractEventDispatcher::instance())
            processEvents(nextLook);
        else
            shared->waitForNews(nextLook);
    }
    return false;
}

void BreakpointData::reportUnseenErrors()
{
    if (!unseen.isEmpty())
        reportFailure(withOthers(std::exchange(unseen, {})));
}

} // namespace QSeamstressPrivate

using namespace QSeamstressPrivate;

QSeamstressBreakpoint::QSeamstressBreakpoint(const QString &point, QObject *parent)
    : QObject(parent)
    , d(std::make_unique<BreakpointData>(this, point))
{
    Timeline::instance().executorCreated();
    d->arm();
}

QSeamstressBreakpoint::QSeamstressBreakpoint(const char *point, QObject *parent)
    : QSeamstressBreakpoint(QString::fromUtf8(point), parent)
{
}

QSeamstressBreakpoint::~QSeamstressBreakpoint()
{
    d->disarm();
    d->shared->disown();
    blockSignals(true);
    d->deliver();
    d->reportUnseenErrors();
    Timeline::instance().executorDestroyed();
}

QString QSeamstressBreakpoint::point() const
{
    return d->shared->point();
}

std::function<bool(const QVariant &value)> QSeamstressBreakpoint::condition() const
{
    return d->shared->settings().condition;
}

void QSeamstressBreakpoint::setCondition(std::function<bool(const QVariant &value)> condition)
{
    d->change("setCondition", [&condition](BreakpointSettings &settings) { settings.condition = std::move(condition); });
}

QString QSeamstressBreakpoint::threadName() const
{
    return d->shared->settings().threadName;
}

void QSeamstressBreakpoint::setThreadName(const QString &name)
{
    d->change("setThreadName", [&name](BreakpointSettings &settings) { settings.threadName = name; });
}

int QSeamstressBreakpoint::ignoreCount() const
{
    return d->shared->settings().ignoreCount;
}

void QSeamstressBreakpoint::setIgnoreCount(int count)
{
    if (count < 0) {
        if (d->isOwnersThread("setIgnoreCount"))
            d->misuse("setIgnoreCount", QStringLiteral("cannot let %1 threads pass; give a number from 0 on").arg(count));
        return;
    }
    d->change("setIgnoreCount", [count](BreakpointSettings &settings) { settings.ignoreCount = count; });
}

std::function<void()> QSeamstressBreakpoint::action() const
{
    return d->shared->settings().action;
}

void QSeamstressBreakpoint::setAction(std::function<void()> action)
{
    d->change("setAction", [&action](BreakpointSettings &settings) { settings.action = std::move(action); });
}

bool QSeamstressBreakpoint::haltsAll() const
{
    return d->shared->settings().haltsAll;
}

void QSeamstressBreakpoint::setHaltsAll(bool haltsAll)
{
    d->change("setHaltsAll", [haltsAll](BreakpointSettings &settings) { settings.haltsAll = haltsAll; });
}

std::chrono::milliseconds QSeamstressBreakpoint::timeout() const
{
    return std::chrono::milliseconds(d->shared->settings().timeout);
}

void QSeamstressBreakpoint::setTimeout(std::chrono::milliseconds timeout)
{
    if (timeout.count() < -1) {
        if (d->isOwnersThread("setTimeout"))
            d->misuse("setTimeout", QStringLiteral("cannot wait %1 ms; give milliseconds from 0 on, or -1 to wait for ever").arg(timeout.count()));
        return;
    }
    d->change("setTimeout", [timeout](BreakpointSettings &settings) {
        settings.timeout = static_cast<int>(std::min<qint64>(timeout.count(), std::numeric_limits<int>::max()));
    });
}

bool QSeamstressBreakpoint::isArmed() const
{
    return d->shared->isArmed();
}

void QSeamstressBreakpoint::arm()
{
    if (d->isOwnersThread("arm"))
        d->arm();
}

bool QSeamstressBreakpoint::isHit() const
{
    return d->shared->isHit();
}

int QSeamstressBreakpoint::hits() const
{
    return d->shared->hits();
}

QVariant QSeamstressBreakpoint::value() const
{
    return d->shared->value();
}

QThread *QSeamstressBreakpoint::hitThread() const
{
    return d->shared->hitThread();
}

bool QSeamstressBreakpoint::waitForHit()
{
    return d->isOwnersThread("waitForHit") && d->waitForHit({});
}

bool QSeamstressBreakpoint::waitForHit(QDeadlineTimer deadline)
{
    return d->isOwnersThread("waitForHit") && d->waitForHit(deadline);
}

void QSeamstressBreakpoint::resume()
{
    if (!d->isOwnersThread("resume"))
        return;
    if (!d->shared->resume())
        d->misuse("resume", QStringLiteral("has nobody who is halted there; call waitForHit() first, and resume() once for each time"));
    d->deliver();
}

void QSeamstressBreakpoint::disarm()
{
    if (!d->isOwnersThread("disarm"))
        return;
    d->disarm();
    d->deliver();
}

QSeamstressError QSeamstressBreakpoint::error() const
{
    d->deliver();
    d->unseen.clear();
    return d->error;
}

QString QSeamstressBreakpoint::errorString() const
{
    return error().message();
}

bool QSeamstressBreakpoint::event(QEvent *event)
{
    // First of all: it takes the mutex under which the event was posted. ThreadSanitizer does not see into Qt's event queue.
    static_cast<void>(d->shared->isHit());
    if (event->type() != Breakpoint::newsEventType())
        return QObject::event(event);
    d->deliver(); // a slot may delete this
    return true;
}
