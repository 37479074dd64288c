// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

#include "verbs_p.h"

#include "../script/exceptiontext_p.h"

namespace QSeamstressPrivate {

QString misuseText(Verb verb, QSeamstressExecutor::Phase phase)
{
    switch (phase) {
    case QSeamstressExecutor::Idle:
        return QStringLiteral("has not been started; call enter() or start() first");
    case QSeamstressExecutor::SettingUp:
    case QSeamstressExecutor::Running:
        return QStringLiteral("is on its way to a pause point; call waitForPaused() first");
    case QSeamstressExecutor::Paused:
        if (verb == Verb::WaitForFinished)
            return QStringLiteral("is halted and would never finish; call exit(), or finish() first");
        if (verb == Verb::WaitForActivity)
            return QStringLiteral("is halted and would never block; let it go by resume() or finish() first");
        return QStringLiteral("has been entered and is halted; call advance() or runTo() to go on, or exit() first");
    case QSeamstressExecutor::TearingDown:
        return QStringLiteral("runs to its end and does not halt any more; call exit() or waitForFinished() first");
    case QSeamstressExecutor::Finished:
    case QSeamstressExecutor::Failed:
        return QStringLiteral("is over; call enter() or start() to run it again");
    }
    Q_UNREACHABLE();
}

QString refusalOf(const Request &request)
{
    if (request.activity == QSeamstressExecutor::Unknown)
        return QStringLiteral("was asked whether it does what is unknown; wait for another activity, or call activity()");
    const KnownLock &lock = request.lock;
    if (!lock.type)
        return {};
    if (!lock.address)
        return QStringLiteral("was asked whether it is blocked on a null pointer; pass the address of a lock");
    if (lock.waitPlace == WaitPlace::Asleep)
        return QStringLiteral("is never blocked on a %1, since its lock() sleeps and tries again; call waitForActivity(QSeamstressExecutor::Sleeping)").arg(demangled(*lock.type));
    if (lock.waitPlace == WaitPlace::Elsewhere)
        return QStringLiteral("cannot be known to be blocked on that very %1, since one does not wait inside such an object; call waitForBlocked(), which takes any lock").arg(demangled(*lock.type));
    return {};
}

QSeamstressExecutor::Activity publicActivity(const ActivityReport &report)
{
    switch (report.activity) {
    case ActivityReport::NotRunning:
        return QSeamstressExecutor::NotRunning;
    case ActivityReport::Halted:
        return QSeamstressExecutor::Halted;
    case ActivityReport::Computing:
        return QSeamstressExecutor::Computing;
    case ActivityReport::Blocked:
        return QSeamstressExecutor::Blocked;
    case ActivityReport::Sleeping:
        return QSeamstressExecutor::Sleeping;
    case ActivityReport::InEventLoop:
        return QSeamstressExecutor::InEventLoop;
    case ActivityReport::Awaiting:
        return QSeamstressExecutor::Awaiting;
    case ActivityReport::Unknown:
        break;
    }
    return QSeamstressExecutor::Unknown;
}

} // namespace QSeamstressPrivate
