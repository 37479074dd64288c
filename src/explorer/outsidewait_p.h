// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

#ifndef OUTSIDEWAIT_P_H
#define OUTSIDEWAIT_P_H

#include <QtCore/QDeadlineTimer>

#include <algorithm>

#include "../base/patience_p.h"
#include "../platform/platform_p.h"

namespace QSeamstressPrivate {

// A script's wait for what may come from outside, from one look to the next: it counts as blocked if that takes long.
class OutsideWait
{
public:
    explicit OutsideWait(int timeout) // of a step, ms
        : m_milliseconds(std::max(shortestPatience, timeout / partOfTimeout))
        , m_all(Patience::fromProperty(m_milliseconds * maximumWaits))
        , m_patience(Patience::fromProperty(m_milliseconds))
        , m_whileBusy(m_milliseconds * stretchWhileBusy)
    {
    }

    // At each look. wasAwake: the script has run since the look before.
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
    // It is long if it takes so long, or this part of the time-out if that is more.
    static constexpr int shortestPatience = 50; // ms
    static constexpr int partOfTimeout = 100;
    // It begins anew when the script has been awake, since that is how one waits for several answers in turn; but so often at most, since
    // it is also how one waits with a time-out again and again.
    static constexpr int maximumWaits = 10;
    // While threads are waiting for a processor, the one that is to answer may be among them, and has so many times as long.
    static constexpr int stretchWhileBusy = 10;

    int m_milliseconds;
    Patience m_all;
    // Since it was awake:
    Patience m_patience;
    QDeadlineTimer m_whileBusy;
    int m_busyLooks = 0; // so many more than others
};

} // namespace QSeamstressPrivate

#endif // OUTSIDEWAIT_P_H
