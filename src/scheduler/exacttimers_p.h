// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

#ifndef EXACTTIMERS_P_H
#define EXACTTIMERS_P_H

#include <QtCore/QString>

namespace QSeamstressScheduler {

// By default, the timers of Qt are coarse: they expire up to 5 % late or early. In virtual time they expire exactly, if they are started while
// a clock is alive. For the event loops of this thread and of other threads.
//
// Returns the class of an event dispatcher whose timers stay coarse; empty if all are exact.
QString makeTimersExact();

} // namespace QSeamstressScheduler

#endif // EXACTTIMERS_P_H
