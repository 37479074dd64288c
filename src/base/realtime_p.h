// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

#ifndef REALTIME_P_H
#define REALTIME_P_H

#include "../platform/scheduler_p.h"

namespace QSeamstressPrivate {

// While a QSeamstressClock is alive, the program's time is virtual, but this library waits in real time: for a script that does not pause,
// a virtual time-out would come at once. Both classes are for the calling thread and can be nested.
template <int isReal>
class TimeOfThisThread
{
public:
    TimeOfThisThread()
        : m_scheduler(scheduler())
        , m_before(m_scheduler ? m_scheduler->exchangeRealTime(isReal) : 0)
    {
    }
    ~TimeOfThisThread()
    {
        if (m_scheduler)
            m_scheduler->exchangeRealTime(m_before);
    }
    Q_DISABLE_COPY_MOVE(TimeOfThisThread)

private:
    const Scheduler *const m_scheduler;
    const int m_before;
};
using RealTime = TimeOfThisThread<1>;
// In a function that uses RealTime, around a call of the user's code.
using ProgramTime = TimeOfThisThread<0>;

// A deadline of the user, who reads the program's clocks, for a function that uses RealTime.
inline std::optional<QDeadlineTimer> inRealTime(const std::optional<QDeadlineTimer> &deadline)
{
    if (!deadline || deadline->isForever() || !scheduler())
        return deadline;
    const qint64 remaining = deadline->remainingTimeNSecs();
    const RealTime realTime;
    QDeadlineTimer real(Qt::PreciseTimer);
    real.setPreciseRemainingTime(0, remaining, Qt::PreciseTimer);
    return real;
}

} // namespace QSeamstressPrivate

#endif // REALTIME_P_H
