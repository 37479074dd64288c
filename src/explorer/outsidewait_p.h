// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

#ifndef OUTSIDEWAIT_P_H
#define OUTSIDEWAIT_P_H

#include <QtCore/QDeadlineTimer>

#include <algorithm>

#include "../base/patience_p.h"
#include "../platform/platform_p.h"

namespace QSeamstressPrivate {

// A script's wait for something outside of the program, followed from one look at its thread to the next. A long wait counts as blocked.
class OutsideWait
{
public:
    explicit OutsideWait(int timeout) // for a step, in ms
        : m_milliseconds(std::max(shortestPatience, timeout / partOfTimeout))
        , m_all(Patience::fromProperty(m_milliseconds * maximumWaits))
        , m_patience(Patience::fromProperty(m_milliseconds))
        , m_whileBusy(m_milliseconds * stretchWhileBusy)
    {
    }

    // To be called at each look. wasAwake: the script has run since the last look.
    bool isLong(bool wasAwake)
    {
        if (wasAwake) {
            m_patience = Patience::fromProperty(m_milliseconds);
            m_whileBusy = QDeadlineTimer(m_milliseconds * stretchWhileBusy);
            m_busyLooks = 0;
        }
        m_busyLooks += isAnyThreadKeptWaiting() ? 1 : -1;
        const bool wasBusy = m_busyLooks > 0;
        const bool isOver = !m_patience.tick() && (!wasBusy || m_whileBusy.hasExpired());
        return isOver || !m_all.tick();
    }

private:
    // A wait is long after this time, or after this fraction of the time-out if that is longer.
    static constexpr int shortestPatience = 50; // ms
    static constexpr int partOfTimeout = 100;
    // The wait starts again when the script was awake, since it may be waiting for several answers in turn. There is a maximum, since it
    // may also be repeating a wait with a time-out.
    static constexpr int maximumWaits = 10;
    // While threads are waiting for a CPU, the one that is to answer may be among them. So the time is multiplied by this.
    static constexpr int stretchWhileBusy = 10;

    int m_milliseconds;
    Patience m_all;
    // Since the script was awake:
    Patience m_patience;
    QDeadlineTimer m_whileBusy;
    int m_busyLooks = 0; // looks at which threads waited for a CPU, minus the others
};

} // namespace QSeamstressPrivate

#endif // OUTSIDEWAIT_P_H
