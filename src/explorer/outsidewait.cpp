// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

#include "outsidewait_p.h"

#include <algorithm>

#include "../platform/platform_p.h"

namespace QSeamstressPrivate {

// It is long if it takes so long, or this part of the time-out if that is more.
static constexpr int shortestPatience = 50; // ms
static constexpr int partOfTimeout = 100;
// It begins anew when the script has been awake, since that is how one waits for several answers in turn; but so often at most, since
// it is also how one waits with a time-out again and again.
static constexpr int maximumWaits = 10;
// While threads are waiting for a processor, the one that is to answer may be among them, and has so many times as long.
static constexpr int stretchWhileBusy = 10;

OutsideWait::OutsideWait(int timeout)
    : m_patience(std::max(shortestPatience, timeout / partOfTimeout))
    , m_all(Patience::fromProperty(m_patience * maximumWaits))
    , m_one(m_patience)
{
}

bool OutsideWait::isLong(bool wasAwake)
{
    if (wasAwake)
        m_one = One(m_patience);
    return m_one.isLong() || !m_all.tick();
}

OutsideWait::One::One(int milliseconds)
    : patience(Patience::fromProperty(milliseconds))
    , whileBusy(milliseconds * stretchWhileBusy)
{
}

bool OutsideWait::One::isLong()
{
    ++looks;
    if (isAnyThreadKeptWaiting())
        ++busyLooks;
    const bool wasBusy = 2 * busyLooks > looks;
    return !patience.tick() && (!wasBusy || whileBusy.hasExpired());
}

} // namespace QSeamstressPrivate
