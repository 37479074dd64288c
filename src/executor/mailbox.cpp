// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

#include "mailbox_p.h"

#include <QtCore/QCoreApplication>
#include <QtCore/QEvent>
#include <QtCore/QThread>

#include <utility>

namespace QSeamstressPrivate {

Mailbox::Mailbox(QObject *owner, Timeline::Place place)
    : m_owner(owner)
    , m_place(place)
{
}

Mailbox::~Mailbox()
{
    Timeline::instance().endRun(m_place);
}

int Mailbox::wakeUpEventType()
{
    static const int type = QEvent::registerEventType();
    return type;
}

int Mailbox::eventLoopEventType()
{
    static const int type = QEvent::registerEventType();
    return type;
}

void Mailbox::tellOfEventLoop()
{
    const std::lock_guard lock(m_mutex);
    if (!m_owner)
        return;
    m_toldOfEventLoop = true;
    QCoreApplication::postEvent(m_owner, new QEvent(static_cast<QEvent::Type>(eventLoopEventType())));
}

void Mailbox::forgetEventLoop()
{
    const std::lock_guard lock(m_mutex);
    if (std::exchange(m_toldOfEventLoop, false) && m_owner)
        QCoreApplication::removePostedEvents(m_owner, eventLoopEventType());
}

void Mailbox::reached(const QString &point, bool halts)
{
    {
        const std::lock_guard lock(m_mutex);
        m_passed.add(point);
    }
    tellOfPointInside(point);
    if (halts)
        addToTimeline(haltedText(point), Timeline::Turn::Stands);
    else
        addToTimeline(point.isEmpty() ? QStringLiteral("passed a pause point") : QStringLiteral("passed \"%1\"").arg(point));
}

bool Mailbox::halted(const QString &point, const QVariant &value, quint32 order)
{
    return post({ ScriptEvent::Halted, point, value, order, {} });
}

void Mailbox::cancelled()
{
    const std::lock_guard lock(m_mutex);
    if (!m_hasEnded)
        addToTimeline(QStringLiteral("cancelled"), Timeline::Turn::Goes);
}

void Mailbox::ended(const QList<QSeamstressError> &errors)
{
    {
        const std::lock_guard lock(m_mutex);
        m_hasEnded = true;
    }
    for (const QSeamstressError &error : errors)
        addToTimeline(failedText(error));
    addToTimeline(QStringLiteral("ended"), Timeline::Turn::Stands);
    post({ ScriptEvent::Ended, {}, {}, 0, errors });
}

bool Mailbox::post(ScriptEvent event)
{
    std::unique_lock lock(m_mutex);
    if (!m_owner) {
        lock.unlock();
        // Without an owner there is no better way to report them.
        for (const QSeamstressError &error : event.errors)
            qCritical("%s (The executor had already been destroyed.)", qPrintable(error.message()));
        return false;
    }
    m_events.push_back(std::move(event));
    if (m_attendants > 0)
        return m_sleeper.wake(lock);
    tellEventLoop();
    return false;
}

void Mailbox::tellEventLoop()
{
    if (m_attendants > 0 || m_events.isEmpty() || m_told)
        return;
    m_told = true;
    // With the mutex locked: the owner's destructor waits for it in disown().
    QCoreApplication::postEvent(m_owner, new QEvent(static_cast<QEvent::Type>(wakeUpEventType())));
}

void Mailbox::beginAttending()
{
    const std::lock_guard lock(m_mutex);
    ++m_attendants;
}

void Mailbox::endAttending()
{
    const std::lock_guard lock(m_mutex);
    --m_attendants;
    tellEventLoop();
}

void Mailbox::endAttendingAndDeliver()
{
    QObject *owner = nullptr;
    {
        const std::lock_guard lock(m_mutex);
        --m_attendants;
        if (m_events.isEmpty() || !m_owner || m_attendants > 0)
            return;
        if (m_owner->thread() != QThread::currentThread())
            return tellEventLoop();
        owner = m_owner; // destroyed in this thread only, hence not now
    }
    QEvent event(static_cast<QEvent::Type>(wakeUpEventType()));
    QCoreApplication::sendEvent(owner, &event);
}

void Mailbox::heard()
{
    const std::lock_guard lock(m_mutex);
    m_told = false;
}

std::optional<ScriptEvent> Mailbox::take()
{
    const std::lock_guard lock(m_mutex);
    if (m_events.isEmpty())
        return {};
    return m_events.takeFirst();
}

void Mailbox::putBack(const ScriptEvent &event)
{
    const std::lock_guard lock(m_mutex);
    m_events.push_front(event);
    tellEventLoop(); // nothing else would trigger another attempt
}

void Mailbox::waitForEvent(QDeadlineTimer deadline, Sleeper::Looks looks)
{
    std::unique_lock lock(m_mutex);
    if (m_events.isEmpty())
        m_sleeper.sleep(lock, deadline, looks);
}

QList<QSeamstressError> Mailbox::disown()
{
    const std::lock_guard lock(m_mutex);
    m_owner = nullptr;
    QList<QSeamstressError> errors;
    for (const ScriptEvent &event : std::exchange(m_events, {}))
        errors.append(event.errors);
    return errors;
}

PassedPoints Mailbox::passedPoints() const
{
    const std::lock_guard lock(m_mutex);
    PassedPoints passed = m_passed;
    passed.withoutScript = m_withoutScript.points();
    return passed;
}

} // namespace QSeamstressPrivate
