// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

#include "patience_p.h"

#include <QtCore/QtGlobal>

#include <algorithm>
#include <mutex>

#include "../platform/platform_p.h"
#include "realtime_p.h"

namespace QSeamstressPrivate {

// Interval of the checks for a debugger.
static constexpr qint64 lookInterval = 100; // ms

double timeoutFactor()
{
    static constexpr const char *variable = "QSEAMSTRESS_TIMEOUT_FACTOR";
    if (!qEnvironmentVariableIsSet(variable))
        return 1;
    bool ok = false;
    const double factor = qgetenv(variable).toDouble(&ok);
    if (ok && factor > 0)
        return factor;
    static std::once_flag warned;
    std::call_once(warned, [] {
        qWarning("QSeamstress: %s is \"%s\", which is not a number above 0, so time-outs are not scaled. Set it to a number such as 10.",
                 variable, qgetenv(variable).constData());
    });
    return 1;
}

Patience::Patience(QDeadlineTimer deadline)
    : m_deadline(deadline)
{
    const RealTime realTime;
    m_given = deadline.remainingTime();
    if (const Scheduler *const withClock = schedulerWithClock())
        m_virtualStart = withClock->elapsed();
    m_waited.start();
}

Patience Patience::fromProperty(int milliseconds)
{
    const RealTime realTime;
    QDeadlineTimer deadline(QDeadlineTimer::Forever);
    if (milliseconds >= 0)
        deadline.setPreciseRemainingTime(0, static_cast<qint64>(std::min(milliseconds * timeoutFactor() * 1e6, 4e18)), Qt::PreciseTimer);
    Patience patience(deadline);
    patience.m_fromProperty = true;
    return patience;
}

bool Patience::tick()
{
    const RealTime realTime;
    const bool hasExpired = m_deadline.hasExpired(); // before the check for a debugger, which takes time
    if (!m_fromProperty || m_deadline.isForever())
        return !hasExpired;
    const qint64 now = m_waited.elapsed();
    if (now - m_lastTick < lookInterval && !hasExpired)
        return true;
    const bool isDebugged = isDebuggerAttached() || qEnvironmentVariableIsSet(holdVariable);
    if (isDebugged)
        m_deadline += now - m_lastTick;
    m_lastTick = now;
    return isDebugged || !hasExpired;
}

qint64 Patience::waited() const
{
    const RealTime realTime;
    return m_given >= 0 && m_deadline.hasExpired() ? m_given : m_waited.elapsed();
}

QString Patience::virtualTimeText() const
{
    const Scheduler *const withClock = schedulerWithClock();
    if (!withClock || !m_virtualStart)
        return {};
    return QStringLiteral(" In virtual time, that was %1 ms.").arg((withClock->elapsed() - *m_virtualStart) / 1'000'000);
}

QString Patience::howToWaitLonger(const char *property, const char *verb) const
{
    const QString cure = m_fromProperty ? QStringLiteral("raise %1 or set QSEAMSTRESS_TIMEOUT_FACTOR").arg(QLatin1String(property)) : QStringLiteral("pass a later deadline");
    return QStringLiteral(" If it only needs more time, %1, or call %2 to wait again.").arg(cure, QLatin1String(verb));
}

QDeadlineTimer Patience::nextTick() const
{
    const RealTime realTime;
    const QDeadlineTimer next(lookInterval, Qt::PreciseTimer);
    return m_fromProperty && !m_deadline.isForever() && next < m_deadline ? next : m_deadline;
}

} // namespace QSeamstressPrivate
