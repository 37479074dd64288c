// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

#include "messages_p.h"

#include <QtCore/QStringList>

#include "../base/activitytext_p.h"
#include "../base/locknames_p.h"
#include "../script/errordata_p.h"

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

static QString lockText(const KnownLock &lock)
{
    const QString name = givenNameAt(reinterpret_cast<quintptr>(lock.address));
    return !name.isEmpty() ? name : QStringLiteral("the %1 at 0x%2").arg(demangled(*lock.type)).arg(reinterpret_cast<quintptr>(lock.address), 0, 16);
}

// Completes "it is ...".
static QString goalText(const Request &request)
{
    if (request.lock.type)
        return QStringLiteral("blocked on ") + lockText(request.lock);
    // In the order of QSeamstressExecutor::Activity; nobody waits for Unknown.
    static constexpr const char *goals[] = { "over", "halted", "computing", "blocked", "asleep", "in its event loop", "", "in co_await" };
    return QLatin1String(goals[request.activity]);
}

static QString targetText(const Target &target, const QString &nextPoint)
{
    return target.kind == Target::NamedPoint ? QStringLiteral("the pause point ") + quoted(target.point) : nextPoint;
}

// What it did not do in time.
static QString missedText(const Request &request, const Target &target)
{
    if (request.verb == Verb::WaitForActivity)
        return QStringLiteral("was not ") + goalText(request);
    if (waitsForEnd(request.verb))
        return QStringLiteral("did not end");
    return QStringLiteral("did not reach ") + targetText(target, QStringLiteral("a pause point"));
}

QString timedOutText(const QString &name, const Request &request, const Target &target, const Patience &patience, const PassedPoints &passed, const ActivityReport &activity)
{
    return QStringLiteral("%1 %2 within %3 ms. %4 %5")
        .arg(name, missedText(request, target))
        .arg(patience.waited())
        .arg(passedText(passed), nowText(activity));
}

QString doesNotDoThatText(const QString &name, const Request &request, QSeamstressExecutor::Phase phase, const PassedPoints &passed)
{
    const QString goal = goalText(request);
    const bool waits = request.activity == QSeamstressExecutor::Blocked || request.activity == QSeamstressExecutor::Awaiting;
    if (phase == QSeamstressExecutor::Paused)
        return QStringLiteral("%1 halted instead of being %2. %3 Let it go on to %4, by resume() or finish().").arg(name, goal, passedText(passed), waits ? QStringLiteral("where it blocks") : QStringLiteral("there"));
    if (phase == QSeamstressExecutor::Finished)
        return QStringLiteral("%1 ended and is not %2. %3 %4")
            .arg(name, goal, passedText(passed), waits ? QStringLiteral("Take what it is to wait for before it goes on, and give it back only after this.") : QStringLiteral("Call this while it is."));
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

QString neverPausedText(const QString &name, bool isRunning, const Target &target, const PassedPoints &passed)
{
    if (isRunning)
        return QStringLiteral("%1 runs to its end and does not halt any more. %2 Call exit() or waitForFinished(), or advance() instead of finish() before.").arg(name, passedText(passed));
    const QString goal = targetText(target, passed.points.isEmpty() ? QStringLiteral("a pause point") : QStringLiteral("another pause point"));
    return QStringLiteral("%1 ended without reaching %2. %3 Add the pause point to it, or let it end by exit().").arg(name, goal, passedText(passed));
}

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

} // namespace QSeamstressPrivate
