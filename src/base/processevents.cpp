// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

#include "processevents_p.h"

#include <QtCore/QEventLoop>
#include <QtCore/QTimer>

#include <algorithm>
#include <limits>

namespace QSeamstressPrivate {

void processEvents(QDeadlineTimer deadline)
{
    // Not exec(), which returns at once for ever after QCoreApplication::quit().
    QEventLoop loop;
    if (loop.processEvents() || deadline.hasExpired())
        return; // without the price of a timer
    QTimer timer;
    if (!deadline.isForever()) {
        timer.setTimerType(Qt::PreciseTimer);
        timer.start(static_cast<int>(std::min<qint64>(deadline.remainingTime(), std::numeric_limits<int>::max())));
    }
    loop.processEvents(QEventLoop::WaitForMoreEvents);
}

} // namespace QSeamstressPrivate
