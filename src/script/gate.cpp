// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

#include "gate_p.h"

#include <QtCore/QAbstractEventDispatcher>

namespace QSeamstressPrivate {

Gate::Gate(GateObserver &observer, const Target &target, quint32 order)
    : m_observer(observer)
    , m_target(target)
    , m_order(order)
{
}

void Gate::letGo(const Target &target, quint32 order)
{
    std::unique_lock lock(m_mutex);
    m_target = target;
    m_order = order;
    if (m_state == Stranded)
        return;
    m_state = Running;
    m_sleeper.wake(lock);
}

void Gate::retarget(const Target &target, quint32 order)
{
    std::unique_lock lock(m_mutex);
    m_target = target;
    m_order = order;
    if (m_state != Halted)
        return;
    if (target.includes(m_point)) {
        const QString point = m_point;
        const QVariant value = m_value;
        lock.unlock();
        m_observer.halted(point, value, order);
        return;
    }
    m_state = Running;
    m_sleeper.wake(lock);
}

void Gate::giveUpAwaiting(const QSeamstressError &error)
{
    const std::lock_guard lock(m_mutex);
    m_awaitingGivenUp = true;
    m_stopError = error;
    wakeDispatcher();
}

void Gate::cancel(const QSeamstressError &error)
{
    std::unique_lock lock(m_mutex);
    m_cancelled = true;
    m_stopError = error;
    wakeDispatcher();
    if (m_state == Halted && m_where == Halt::InPlainCode)
        m_state = Stranded;
    else
        m_sleeper.wake(lock);
}

Gate::State Gate::state() const
{
    const std::lock_guard lock(m_mutex);
    // Who sees Halted may rely on it that the owner hears of it at its next look.
    return m_state == Halted && !m_isAnnounced ? Running : m_state;
}

QSeamstressError Gate::stopError() const
{
    const std::lock_guard lock(m_mutex);
    return m_stopError;
}

bool Gate::reach(const QString &point, const QVariant &value, Halt where)
{
    std::unique_lock lock(m_mutex);
    const bool halts = !m_cancelled && m_target.includes(point);
    const quint32 order = m_order;
    const State before = m_state; // Awaiting, if a slot reaches a pause point meanwhile
    if (halts) {
        m_state = Halted;
        m_where = where;
        m_isAnnounced = false;
        m_point = point;
        m_value = value;
    }
    lock.unlock();
    // Without the lock: the owner, woken by this, may let go at once.
    m_observer.reached(point, halts);
    if (halts)
        m_observer.halted(point, value, order);
    lock.lock();
    m_isAnnounced = true;
    while (m_state == Stranded || (m_state == Halted && !m_cancelled))
        m_sleeper.sleep(lock, QDeadlineTimer::Forever);
    m_state = before;
    return !m_cancelled;
}

void Gate::beginAwaiting(QAbstractEventDispatcher *dispatcher)
{
    const std::lock_guard lock(m_mutex);
    m_dispatcher = dispatcher;
    m_state = Awaiting;
}

void Gate::endAwaiting()
{
    const std::lock_guard lock(m_mutex);
    m_dispatcher = nullptr;
    m_state = Running;
}

bool Gate::mayAwait() const
{
    const std::lock_guard lock(m_mutex);
    return !m_awaitingGivenUp && !m_cancelled;
}

void Gate::wakeDispatcher()
{
    if (m_dispatcher)
        m_dispatcher->wakeUp();
}

} // namespace QSeamstressPrivate
