// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

#ifndef EVENTWAIT_P_H
#define EVENTWAIT_P_H

#include <QtCore/QAbstractEventDispatcher>
#include <QtCore/QDeadlineTimer>
#include <QtCore/QEventLoop>
#include <QtCore/QTimer>

#include <algorithm>
#include <limits>

#include "realtime_p.h"

namespace QSeamstressPrivate {

// Waits, step by step, for what a slot in this thread's event loop will do.
class EventWait
{
public:
    // Processes events, or waits for one or the deadline, which is one of RealTime. Returns early, for the caller to look at what has changed.
    void step(QDeadlineTimer deadline)
    {
        const RealTime realTime;
        if (!m_isQuiet || deadline.hasExpired()) {
            m_isQuiet = !process(QEventLoop::AllEvents);
            return;
        }
        // QEventDispatcherUNIX does not count posted events, so there may have been one. The caller has looked since then.
        m_isQuiet = false;
        if (const Scheduler *const withClock = schedulerWithClock()) { // a timer of Qt would be in virtual time
            const quint64 wakeUp = withClock->wakeUpAt(QAbstractEventDispatcher::instance(), deadline);
            process(QEventLoop::WaitForMoreEvents);
            withClock->cancelWakeUp(wakeUp);
            return;
        }
        QTimer timer;
        if (!deadline.isForever()) {
            timer.setTimerType(Qt::PreciseTimer);
            timer.start(static_cast<int>(std::min<qint64>(deadline.remainingTime(), std::numeric_limits<int>::max())));
        }
        process(QEventLoop::WaitForMoreEvents);
    }

private:
    static bool process(QEventLoop::ProcessEventsFlags flags)
    {
        const ProgramTime slotsRun;
        return QEventLoop().processEvents(flags); // not exec(), which always returns at once after QCoreApplication::quit()
    }

    bool m_isQuiet = false; // whether the last step found no event
};

} // namespace QSeamstressPrivate

#endif // EVENTWAIT_P_H
