// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

// Instead of all else, on systems other than Linux with the GNU C library: there is no virtual time, and the clock says so.

#include "clockdata_p.h"
#include "qseamstressrealtime.h"

namespace QSeamstressScheduler {

QString whyNotAvailable()
{
    return QStringLiteral("QSeamstress::Scheduler needs Linux with the GNU C library 2.35 or newer; test with real time on this system");
}

ClockData::ClockData(QSeamstressClock *clock, QSeamstressClock::Mode itsMode)
    : mode(itsMode)
    , m_clock(clock)
    , m_errors(clock)
{
    m_errors.add(QSeamstressError::ClockUnavailable, QStringLiteral("Virtual time is not available: %1.").arg(whyNotAvailable()));
}

ClockData::~ClockData() = default;

bool ClockData::isValid() const
{
    return false;
}

QSeamstressError ClockData::seen() const
{
    return m_errors.see();
}

std::chrono::nanoseconds ClockData::elapsed() const
{
    return {};
}

QList<QSeamstressClock::PendingWait> ClockData::pendingWaits() const
{
    return {};
}

bool ClockData::mayCall(const char *) const
{
    return false; // the constructor has said why
}

bool ClockData::drive(const QString &, Drive::Kind, std::chrono::nanoseconds)
{
    return false;
}

void ClockData::setDateTime(const QDateTime &) { }

void ClockData::setTimeout(std::chrono::milliseconds) { }

} // namespace QSeamstressScheduler

QSeamstressRealTime::QSeamstressRealTime() = default;

QSeamstressRealTime::~QSeamstressRealTime() = default;
