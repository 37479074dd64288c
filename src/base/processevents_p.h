// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

#ifndef PROCESSEVENTS_P_H
#define PROCESSEVENTS_P_H

#include <QtCore/QDeadlineTimer>
#include <QtCore/QEventLoop>
#include <QtCore/QTimer>

#include <algorithm>
#include <limits>

namespace QSeamstressPrivate {

// Processes events of this thread until there was one or the deadline expires. May return early.
inline void processEvents(QDeadlineTimer deadline)
{
    // Not exec(), which always returns at once after QCoreApplication::quit().
    QEventLoop loop;
    if (loop.processEvents() || deadline.hasExpired())
        return; // without the cost of a timer
    QTimer timer;
    if (!deadline.isForever()) {
        timer.setTimerType(Qt::PreciseTimer);
        timer.start(static_cast<int>(std::min<qint64>(deadline.remainingTime(), std::numeric_limits<int>::max())));
    }
    loop.processEvents(QEventLoop::WaitForMoreEvents);
}

} // namespace QSeamstressPrivate

#endif // PROCESSEVENTS_P_H
