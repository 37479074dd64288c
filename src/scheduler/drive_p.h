// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

#ifndef DRIVE_P_H
#define DRIVE_P_H

#include <QtCore/QAbstractEventDispatcher>

#include <atomic>

#include "moment_p.h"

namespace QSeamstressScheduler {

// One call of QSeamstressClock::advance() or its sisters, in the thread of the clock.
struct Drive
{
    enum Kind { ToTarget, ToNext, UntilIdle };
    enum State : quint32 { Runs, Reached, NobodyWaits, NotAtRest };

    Kind kind = ToTarget;
    qint64 target = never; // where it ends, at the latest
    qint64 givesUpAt = never; // real time
    QAbstractEventDispatcher *dispatcher = nullptr; // of the thread of the clock, if it has one
    std::atomic<State> state = Runs; // also a futex
    quint64 wakeUp = 0; // its number among the WakeUps
    Drive *outer = nullptr;
};

} // namespace QSeamstressScheduler

#endif // DRIVE_P_H
