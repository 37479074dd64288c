// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

#include "messages_p.h"

#include <QtCore/QStringList>

#include "../base/activitytext_p.h"
#include "../base/locknames_p.h"
#include "../script/exceptiontext_p.h"

namespace QSeamstressPrivate {

// So many points are named in a message.
static constexpr int maximumNames = 10;

static QString quoted(const QString &point)
{
    return point.isEmpty() ? QStringLiteral("a point without a name") : QStringLiteral("\"%1\"").arg(point);
}

static QString namesText(const QList<PassedPoint> &points)
{
    QStringList names;
    for (const PassedPoint &point : points) {
        if (names.size() == maximumNames) {
            names.append(QStringLiteral("others"));
            break;
        }
        names.append(point.count == 1 ? quoted(point.point) : QStringLiteral("%1 (%2 times)").arg(quoted(point.point)).arg(point.count));
    }
    return names.join(QStringLiteral(", "));
}

static QString passedText(const PassedPoints &passed)
{
    const QString own = passed.points.isEmpty() ? QStringLiteral("It has reached no pause point so far.")
                                                : QStringLiteral("It has reached %1; the last was %2.").arg(namesText(passed.points), quoted(passed.last));
    if (passed.withoutScript.isEmpty())
        return own;
    return own + QStringLiteral(" Another thread, which runs no script and so does not halt, has passed %1 meanwhile.").arg(namesText(passed.withoutScript));
}

QString stuckText()
{
    return QStringLiteral(" Nobody is left who could free it, so it is not waited for any longer.");
}

QString eventLoopText()
{
    return QStringLiteral(" It waits for what lies on its own stack, as a call by Qt::BlockingQueuedConnection does. If that is to an object of this thread, call "
                          "setWaitMode(QSeamstressExecutor::ProcessEvents).");
}

QString pauseTimedOutText(const QString &name, const Target &target, const Patience &patience, const PassedPoints &passed, const ActivityReport &activity)
{
    const QString goal = target.kind == Target::NamedPoint ? QStringLiteral("the pause point ") + quoted(target.point) : QStringLiteral("a pause point");
    return QStringLiteral("%1 did not reach %2 within %3 ms. %4 %5")
        .arg(name, goal)
        .arg(patience.waited())
        .arg(passedText(passed), nowText(activity));
}

QString stillAliveText(const QString &name, const Patience &patience, const PassedPoints &passed, const ActivityReport &activity)
{
    return QStringLiteral("%1 did not end within %2 ms. %3 %4")
        .arg(name)
        .arg(patience.waited())
        .arg(passedText(passed), nowText(activity));
}

static QString lockText(const KnownLock &lock)
{
    const QString name = givenNameAt(reinterpret_cast<quintptr>(lock.address));
    return !name.isEmpty() ? name : QStringLiteral("the %1 at 0x%2").arg(demangled(*lock.type)).arg(reinterpret_cast<quintptr>(lock.address), 0, 16);
}

// Completes "it is ...".
static QString goalText(QSeamstressExecutor::Activity activity, const KnownLock &lock)
{
    switch (activity) {
    case QSeamstressExecutor::NotRunning:
        return QStringLiteral("over");
    case QSeamstressExecutor::Halted:
        return QStringLiteral("halted");
    case QSeamstressExecutor::Computing:
        return QStringLiteral("computing");
    case QSeamstressExecutor::Blocked:
        return lock.type ? QStringLiteral("blocked on ") + lockText(lock) : QStringLiteral("blocked");
    case QSeamstressExecutor::Sleeping:
        return QStringLiteral("asleep");
    case QSeamstressExecutor::InEventLoop:
        return QStringLiteral("in its event loop");
    case QSeamstressExecutor::Awaiting:
        return QStringLiteral("in co_await");
    case QSeamstressExecutor::Unknown:
        break;
    }
    Q_UNREACHABLE();
}

QString activityTimedOutText(const QString &name, QSeamstressExecutor::Activity goal, const KnownLock &lock, const Patience &patience, const PassedPoints &passed, const ActivityReport &activity)
{
    return QStringLiteral("%1 was not %2 within %3 ms. %4 %5")
        .arg(name, goalText(goal, lock))
        .arg(patience.waited())
        .arg(passedText(passed), nowText(activity));
}

QString doesNotDoThatText(const QString &name, QSeamstressExecutor::Activity activity, const KnownLock &lock, QSeamstressExecutor::Phase phase, const PassedPoints &passed)
{
    const QString goal = goalText(activity, lock);
    const bool waits = activity == QSeamstressExecutor::Blocked || activity == QSeamstressExecutor::Awaiting;
    if (phase == QSeamstressExecutor::Paused)
        return QStringLiteral("%1 halted instead of being %2. %3 Let it go on to %4, by resume() or finish().").arg(name, goal, passedText(passed), waits ? QStringLiteral("where it blocks") : QStringLiteral("there"));
    if (phase == QSeamstressExecutor::Finished && !waits)
        return QStringLiteral("%1 ended and is not %2. %3 Call this while it is.").arg(name, goal, passedText(passed));
    if (phase == QSeamstressExecutor::Finished)
        return QStringLiteral("%1 ended and is not %2. %3 Take what it is to wait for before it goes on, and give it back only after this.").arg(name, goal, passedText(passed));
    return QStringLiteral("It cannot be known whether %1 is %2: this system does not tell what a thread does. Skip the test where "
                          "QSeamstressThread::isActivityAvailable() is false.")
        .arg(name, goal);
}

QString blockedEventLoopText(const QString &name, const Patience &patience, const PassedPoints &passed, const ActivityReport &activity)
{
    return QStringLiteral("QSeamstressTask: one step of %1 has kept the event loop of its thread from running for %2 ms, and the test with it. %3 %4 "
                          "Let it co_await what it waits for, or run the script by QSeamstressThread.")
        .arg(name)
        .arg(patience.waited())
        .arg(passedText(passed), nowText(activity));
}

QString nestedEventLoopText(const QString &name, qint64 milliseconds, const PassedPoints &passed)
{
    return QStringLiteral("%1 is in a nested event loop, in one step, for %2 ms. %3 A verb that waits for it returns only when that loop has ended. End it "
                          "by a timer that is started before, or let the script co_await what it waits for.")
        .arg(name)
        .arg(milliseconds)
        .arg(passedText(passed));
}

QString doesNotHaltText(const QString &name, const PassedPoints &passed)
{
    return QStringLiteral("%1 runs to its end and does not halt any more. %2 Call exit() or waitForFinished(), or advance() instead of finish() before.").arg(name, passedText(passed));
}

QString neverPausedText(const QString &name, const Target &target, const PassedPoints &passed)
{
    const QString goal = target.kind == Target::NamedPoint ? QStringLiteral("the pause point ") + quoted(target.point)
        : passed.points.isEmpty()                          ? QStringLiteral("a pause point")
                                                           : QStringLiteral("another pause point");
    return QStringLiteral("%1 ended without reaching %2. %3 Add the pause point to it, or let it end by exit().").arg(name, goal, passedText(passed));
}

} // namespace QSeamstressPrivate
