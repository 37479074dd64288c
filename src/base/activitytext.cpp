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
        return QStringLiteral("is paused");
    case ActivityReport::Computing:
        return QStringLiteral("is computing");
    case ActivityReport::Blocked:
        return blockedText(report);
    case ActivityReport::Sleeping:
        return QStringLiteral("is sleeping in %1").arg(QLatin1String(report.call));
    case ActivityReport::InEventLoop:
        return QStringLiteral("is waiting in its event loop");
    case ActivityReport::Awaiting:
        return report.what.isEmpty() ? QStringLiteral("is waiting in co_await") : QStringLiteral("is waiting in co_await for %1").arg(report.what);
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
        return QStringLiteral("cannot be inspected, since no file descriptor is free; close some, or raise the limit (ulimit -n)");
    case ActivityReport::LivesInAnotherThread:
        return QStringLiteral("cannot be inspected from another thread");
    case ActivityReport::StartsProcess:
        return QStringLiteral("is starting its process");
    case ActivityReport::HasNotBegun:
        return QStringLiteral("is waiting to run, since the system has not scheduled its thread yet");
    case ActivityReport::PoolIsBusy:
        return QStringLiteral("is waiting for a free thread of its pool, whose maxThreadCount() is %1; raise it with setMaxThreadCount(), or end what the pool runs").arg(report.number);
    case ActivityReport::UnknownCall:
        return QStringLiteral("is in system call %1").arg(report.number);
    case ActivityReport::RunsEventLoop:
        return QStringLiteral("is paused and runs its event loop");
    case ActivityReport::HeldForEver:
        return QStringLiteral("is paused forever, since its config was deleted while one of the config's functions was paused; "
                              "delete the config after exit(), or pass it as a std::shared_ptr");
    case ActivityReport::AtBreakpoint:
        return QStringLiteral("is paused at the breakpoint \"%1\", whose resume() lets it continue").arg(report.what);
    case ActivityReport::InStep:
        return QStringLiteral("is in one of its steps");
    case ActivityReport::WaitsForTurn:
        return QStringLiteral("is waiting for its turn in the event loop");
    case ActivityReport::TriesAgain:
        return QStringLiteral("is blocked on %1, which it keeps trying to lock").arg(placeText(report));
    }
    return textWithoutDetail(report);
}

QString activityText(const ActivityReport &report)
{
    const QString text = textOfItself(report);
    if (report.whileItself == ActivityReport::Unknown)
        return text;
    return QStringLiteral("%1, and a slot that it runs %2").arg(textWithoutDetail({ report.whileItself }), text);
}

QString nowText(const ActivityReport &report)
{
    const QString text = activityText(report);
    return text.isEmpty() ? QStringLiteral("This system does not report what it is doing now.") : QStringLiteral("Now it %1.").arg(text);
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
