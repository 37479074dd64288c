// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

#include "activitytext_p.h"

namespace QSeamstressPrivate {

static QString placeText(const ActivityReport &report)
{
    if (!report.lockName.isEmpty())
        return report.lockName;
    const QString type = report.lockType.isEmpty() ? QStringLiteral("lock, condition or semaphore") : report.lockType;
    return QStringLiteral("the %1 at 0x%2").arg(type).arg(report.address, 0, 16);
}

static QString blockedText(const ActivityReport &report)
{
    const QString call = QString::fromLatin1(report.call);
    const QString on = report.waitsFor == ActivityReport::Memory ? placeText(report)
        : report.waitsFor == ActivityReport::FileLock            ? QStringLiteral("the lock of ") + report.what
                                                                 : report.what;
    return on.isEmpty() ? QStringLiteral("is blocked in %1").arg(call) : QStringLiteral("is blocked on %1, in %2").arg(on, call);
}

static QString textWithoutDetail(const ActivityReport &report)
{
    switch (report.activity) {
    case ActivityReport::Halted:
        return QStringLiteral("is halted");
    case ActivityReport::Computing:
        return QStringLiteral("is computing");
    case ActivityReport::Blocked:
        return blockedText(report);
    case ActivityReport::Sleeping:
        return QStringLiteral("is asleep in %1").arg(QLatin1String(report.call));
    case ActivityReport::InEventLoop:
        return QStringLiteral("waits in its event loop");
    case ActivityReport::Awaiting:
        return report.what.isEmpty() ? QStringLiteral("waits in co_await") : QStringLiteral("waits in co_await for %1").arg(report.what);
    case ActivityReport::NotRunning:
    case ActivityReport::Unknown:
        break;
    }
    return {};
}

static QString textOfItself(const ActivityReport &report)
{
    switch (report.detail) {
    case ActivityReport::None:
        break;
    case ActivityReport::IsEnding:
        return QStringLiteral("is ending");
    case ActivityReport::NoFreeDescriptor:
        return QStringLiteral("cannot be looked at, since no file descriptor is free; close some, or raise their limit (ulimit -n)");
    case ActivityReport::LivesInAnotherThread:
        return QStringLiteral("cannot be looked at from another thread");
    case ActivityReport::StartsProcess:
        return QStringLiteral("starts its process");
    case ActivityReport::HasNotBegun:
        return QStringLiteral("has not begun to run, the system has given its thread no time");
    case ActivityReport::PoolIsBusy:
        return QStringLiteral("waits for a thread of its pool, which has %1 at most, all of them busy; raise setMaxThreadCount(), or end what they run").arg(report.number);
    case ActivityReport::UnknownCall:
        return QStringLiteral("is in system call %1").arg(report.number);
    case ActivityReport::RunsEventLoop:
        return QStringLiteral("is halted, and runs its event loop");
    case ActivityReport::HeldForEver:
        return QStringLiteral("is held at its pause point for ever, since its config was deleted while one of the config's functions stood there; "
                              "delete the config after exit(), or give it as a std::shared_ptr");
    case ActivityReport::AtBreakpoint:
        return QStringLiteral("is halted at the breakpoint \"%1\", whose resume() lets it go on").arg(report.what);
    case ActivityReport::InStep:
        return QStringLiteral("is in one of its steps");
    case ActivityReport::WaitsForTurn:
        return QStringLiteral("waits for its turn of the event loop");
    case ActivityReport::TriesAgain:
        return QStringLiteral("is blocked on %1, which it tries to lock again and again").arg(placeText(report));
    }
    return textWithoutDetail(report);
}

QString activityText(const ActivityReport &report)
{
    const QString text = textOfItself(report);
    if (report.whileItself == ActivityReport::Unknown)
        return text;
    return QStringLiteral("%1, and in a slot meanwhile it %2").arg(textWithoutDetail({ report.whileItself }), text);
}

QString nowText(const ActivityReport &report)
{
    const QString text = activityText(report);
    return text.isEmpty() ? QStringLiteral("What it does now is not known on this system.") : QStringLiteral("Now it %1.").arg(text);
}

QString waitText(const ActivityReport &report)
{
    if (report.activity == ActivityReport::Awaiting)
        return QStringLiteral("waiting in co_await");
    if (report.activity != ActivityReport::Blocked)
        return {};
    if (!report.lockName.isEmpty() || !report.lockType.isEmpty())
        return QStringLiteral("blocked on %1").arg(report.lockName.isEmpty() ? report.lockType : report.lockName);
    return report.call ? QStringLiteral("blocked in %1").arg(QLatin1String(report.call)) : QString();
}

} // namespace QSeamstressPrivate
