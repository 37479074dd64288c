// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

// What this library knows of the library QSeamstress::Scheduler.

#ifndef SCHEDULER_P_H
#define SCHEDULER_P_H

#include <QtCore/QDeadlineTimer>

#include <optional>

QT_BEGIN_NAMESPACE
class QAbstractEventDispatcher;
QT_END_NAMESPACE

namespace QSeamstressPrivate {

// What the Scheduler does for this library, which never links it.
struct Scheduler
{
    struct VirtualWait
    {
        const char *call; // the function of the C library
        qint64 remaining; // ns of virtual time, -1 if it has no time-out
    };

    bool (*isClockAlive)();
    qint64 (*elapsed)(); // virtual time since the clock was created, ns
    // Whether the calling thread is in this library, where its clocks and waits are real: 1 or 0. Returns how it was.
    int (*exchangeRealTime)(int isReal);
    void (*ignoreThisThread)(); // its clocks and waits are real, and nobody waits for it
    // Wakes up an event loop at that moment of real time. Returns a number for cancelWakeUp().
    quint64 (*wakeUpAt)(QAbstractEventDispatcher *dispatcher, QDeadlineTimer realDeadline);
    void (*cancelWakeUp)(quint64 number);
    std::optional<VirtualWait> (*waitOf)(qint64 thread);
};

// Called by the Scheduler when it is loaded.
void useScheduler(const Scheduler *scheduler);
// Null if the program does not link the Scheduler.
const Scheduler *scheduler();
// Null, too, while no QSeamstressClock is alive.
const Scheduler *schedulerWithClock();

// Makes the calling thread one of the library's own, which play no part in the program.
void becomeOwnThread();

} // namespace QSeamstressPrivate

#endif // SCHEDULER_P_H
