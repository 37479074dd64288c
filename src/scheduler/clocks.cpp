// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

#include "clocks_p.h"

#include <algorithm>

#include "interposed_p.h"
#include "layerlock_p.h"

namespace QSeamstressScheduler {

std::atomic<Clocks::State> Clocks::s_state = Clocks::Real;

bool Clocks::areVirtualForThisThread()
{
    return isVirtual() && !thisThread.isReal();
}

void Clocks::ask(bool yes)
{
    State expected = yes ? Real : Shifted;
    s_state.compare_exchange_strong(expected, yes ? Shifted : Real);
}

static qint64 realTime(clockid_t clock)
{
    timespec time{};
    real().clock_gettime(clock, &time);
    return nanoseconds(time);
}

qint64 Clocks::realNow()
{
    return realTime(CLOCK_MONOTONIC);
}

qint64 Clocks::programNow() const
{
    if (s_state != Virtual)
        return realNow() + m_offset;
    return m_runsSince != 0 ? std::min(m_now + (realNow() - m_runsSince), std::max(m_now, m_runsUntil)) : m_now;
}

qint64 Clocks::now() const
{
    if (!areVirtualForThisThread() || thisThread.isInLayer)
        return realNow() + (!thisThread.isReal() ? m_offset.load() : 0);
    const LayerLock lock;
    return programNow();
}

static clockid_t preciseClock(clockid_t clock)
{
    switch (clock) {
    case CLOCK_REALTIME_COARSE:
        return CLOCK_REALTIME;
    case CLOCK_MONOTONIC_COARSE:
        return CLOCK_MONOTONIC;
    default:
        return clock;
    }
}

bool Clocks::isPassing(clockid_t clock)
{
    switch (preciseClock(clock)) {
    case CLOCK_REALTIME:
    case CLOCK_MONOTONIC:
    case CLOCK_MONOTONIC_RAW:
    case CLOCK_BOOTTIME:
    case CLOCK_TAI:
        return true;
    default:
        return false;
    }
}

static bool isWallClock(clockid_t clock)
{
    return clock == CLOCK_REALTIME || clock == CLOCK_TAI;
}

qint64 Clocks::shift(clockid_t clock) const
{
    clock = preciseClock(clock);
    if (clock == CLOCK_MONOTONIC)
        return 0;
    if (s_state == Virtual && clock >= 0 && clock < static_cast<clockid_t>(m_shifts.size()))
        return m_shifts[static_cast<std::size_t>(clock)];
    return realTime(clock) - realNow() - (isWallClock(clock) ? m_offset.load() : 0);
}

bool Clocks::read(clockid_t clock, timespec &time) const
{
    clock = preciseClock(clock);
    if (s_state.load(std::memory_order_acquire) != Virtual) {
        if (isWallClock(clock))
            return false;
        real().clock_gettime(clock, &time);
        time.tv_sec += m_offsetTime.tv_sec;
        time.tv_nsec += m_offsetTime.tv_nsec;
        if (time.tv_nsec >= second) {
            time.tv_nsec -= second;
            ++time.tv_sec;
        }
        return true;
    }
    // The wall clock may be past 2262, which is too late for nanoseconds in 64 bits.
    const timespec now = toTimespec(programNow());
    const timespec shifted = toTimespec(shift(clock));
    time = toTimespec(now.tv_nsec + shifted.tv_nsec);
    time.tv_sec += now.tv_sec + shifted.tv_sec;
    return true;
}

timespec Clocks::toReal(clockid_t clock, const timespec &time) const
{
    if (m_offset == 0 || isWallClock(clock) || thisThread.isReal())
        return time;
    return toTimespec(std::max<qint64>(0, sum(nanoseconds(time), -m_offset)));
}

void Clocks::begin()
{
    for (std::size_t clock = 0; clock < m_shifts.size(); ++clock) {
        if (isPassing(static_cast<clockid_t>(clock)))
            m_shifts[clock] = shift(static_cast<clockid_t>(clock));
    }
    // Who has read a clock without the lock, has done so before.
    s_state = Virtual;
    m_now = m_start = realNow() + m_offset;
    m_runsSince = 0;
    m_lastMove = realNow();
}

void Clocks::end()
{
    m_offset = programNow() - realNow();
    m_offsetTime = toTimespec(m_offset);
    s_state = m_offset == 0 ? Real : Shifted;
}

void Clocks::forget()
{
    m_offset = 0;
    s_state = Real;
}

void Clocks::setWallClock(qint64 nanoseconds)
{
    const qint64 tai = m_shifts[CLOCK_TAI] - m_shifts[CLOCK_REALTIME];
    m_shifts[CLOCK_REALTIME] = sum(nanoseconds, -programNow());
    m_shifts[CLOCK_TAI] = m_shifts[CLOCK_REALTIME] + tai;
}

void Clocks::moveTo(qint64 now)
{
    m_now = std::max(programNow(), now);
    m_runsSince = 0;
    m_lastMove = realNow();
}

void Clocks::runUntil(qint64 moment)
{
    if (m_runsSince == 0)
        m_runsSince = realNow();
    m_runsUntil = moment;
}

void Clocks::standStill()
{
    if (m_runsSince != 0)
        moveTo(programNow());
}

} // namespace QSeamstressScheduler
