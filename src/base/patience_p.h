// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

#ifndef PATIENCE_P_H
#define PATIENCE_P_H

#include <QtCore/QDeadlineTimer>
#include <QtCore/QElapsedTimer>
#include <QtCore/QString>

#include "realtime_p.h"

namespace QSeamstressPrivate {

// From QSEAMSTRESS_TIMEOUT_FACTOR, 1 by default.
double timeoutFactor();

// If this environment variable is set, each process of a script waits for a debugger before it begins.
inline constexpr char holdVariable[] = "QSEAMSTRESS_HOLD_CHILD";

// The total time for which one verb waits. A time from a property is scaled by QSEAMSTRESS_TIMEOUT_FACTOR, and does not elapse while a
// debugger is attached or processes wait for one. A QDeadlineTimer is used as is; it is one of RealTime.
class Patience
{
public:
    explicit Patience(QDeadlineTimer deadline);
    static Patience fromProperty(int milliseconds);

    // Counts the time since the last call, except while debugging. Returns false when no time is left.
    bool tick();
    QDeadlineTimer nextTick() const; // when to call tick() again
    QDeadlineTimer deadline() const { return m_deadline; }
    qint64 waited() const; // ms; once expired, the time given, without the delay until that was noticed
    // While a QSeamstressClock is alive, its time in the meantime, as a sentence after a space: " In virtual time, that was 3600000 ms."
    QString virtualTimeText() const;
    // The cure if the script only needs more time, for a message: which property to raise, and which verb to call again.
    QString howToWaitLonger(const char *property, const char *verb) const;

private:
    QDeadlineTimer m_deadline;
    qint64 m_given = -1; // ms, -1 means forever
    bool m_fromProperty = false;
    std::optional<qint64> m_virtualStart; // if a clock was alive then; ns
    QElapsedTimer m_waited;
    qint64 m_lastTick = 0; // ms since the start of m_waited
};

// Calls wait(deadline) until it returns true, or until the time from a property has elapsed. Then returns false.
template <class Wait>
bool waitPatiently(int milliseconds, Wait wait)
{
    const RealTime realTime;
    Patience patience = Patience::fromProperty(milliseconds);
    while (!wait(patience.nextTick())) {
        if (!patience.tick())
            return false;
    }
    return true;
}

} // namespace QSeamstressPrivate

#endif // PATIENCE_P_H
