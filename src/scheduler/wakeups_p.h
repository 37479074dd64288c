// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

#ifndef WAKEUPS_P_H
#define WAKEUPS_P_H

#include <QtCore/QAbstractEventDispatcher>
#include <QtCore/QList>

#include "spinlock_p.h"

namespace QSeamstressScheduler {

// Event loops that are to look at something, at a moment of real time or when something has happened.
class WakeUps
{
public:
    // Returns a number, with which it is to be removed before the dispatcher is destroyed.
    quint64 add(QAbstractEventDispatcher *dispatcher, qint64 realTime);
    void remove(quint64 number);

    // All whose time has come. Returns the real time until the next one, ns.
    qint64 callDue();
    void call(quint64 number); // if it is still there
    void callAll();

private:
    struct WakeUp
    {
        quint64 number;
        qint64 realTime;
        QAbstractEventDispatcher *dispatcher;
    };

    SpinLock m_lock; // held while a dispatcher is called, so that it exists
    QList<WakeUp> m_list;
    quint64 m_numbers = 0;
};

} // namespace QSeamstressScheduler

#endif // WAKEUPS_P_H
