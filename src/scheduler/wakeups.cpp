// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

#include "wakeups_p.h"

#include <algorithm>
#include <mutex>

#include "clocks_p.h"

namespace QSeamstressScheduler {

quint64 WakeUps::add(QAbstractEventDispatcher *dispatcher, qint64 realTime)
{
    const std::lock_guard lock(m_lock);
    m_list.append({ ++m_numbers, realTime, dispatcher });
    return m_numbers;
}

void WakeUps::remove(quint64 number)
{
    const std::lock_guard lock(m_lock);
    m_list.removeIf([number](const WakeUp &wakeUp) { return wakeUp.number == number; });
}

qint64 WakeUps::callDue()
{
    const std::lock_guard lock(m_lock);
    const qint64 real = Clocks::realNow();
    qint64 next = never;
    for (WakeUp &wakeUp : m_list) {
        if (wakeUp.realTime <= real) {
            wakeUp.dispatcher->wakeUp();
            wakeUp.realTime = real + 10 * millisecond; // in case another loop of that thread was woken up
        }
        if (wakeUp.realTime != never)
            next = std::min(next, wakeUp.realTime - real);
    }
    return next;
}

void WakeUps::call(quint64 number)
{
    const std::lock_guard lock(m_lock);
    for (const WakeUp &wakeUp : std::as_const(m_list)) {
        if (wakeUp.number == number)
            wakeUp.dispatcher->wakeUp();
    }
}

void WakeUps::callAll()
{
    const std::lock_guard lock(m_lock);
    for (const WakeUp &wakeUp : std::as_const(m_list))
        wakeUp.dispatcher->wakeUp();
}

} // namespace QSeamstressScheduler
