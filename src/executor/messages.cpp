// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

#include "messages_p.h"

#include <QtCore/QStringList>

#include "../base/activitytext_p.h"
#include "../base/locknames_p.h"
#include "../script/errordata_p.h"

namespace QSeamstressPrivate {

// Maximum number of points that a message names.
static constexpr int maximumNames = 10;

static QString quoted(const QString &point)
{
    return point.isEmpty() ? QStringLiteral("an unnamed pause point") : QStringLiteral("\"%1\"").arg(point);
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
    return own + QStringLiteral(" Another thread, which runs no script and so does not pause, has passed %1.").arg(namesText(passed.withoutScript));
}

QString stuckText()
{
    return QStringLiteral(" No other thread can unblock it, so the wait ended early. Release what it waits for, or let another script continue.");
}

QString eventLoopText()
{
    return QStringLiteral(" It waits on an object on its own stack, as a call through Qt::BlockingQueuedConnection does. If the receiver lives in this thread, call "
                          "setWaitMode(QSeamstressExecutor::ProcessEvents).");
}

static QString lockText(const KnownLock &lock)
{
    const QString name = givenNameAt(reinterpret_cast<quintptr>(lock.address));
    return !name.isEmpty() ? name : QStringLiteral("the %1 at 0x%2").arg(demangled(*lock.type)).arg(reinterpret_cast<quintptr>(lock.address), 0, 16);
}

// "The unnamed QSeamstressTask" does not begin a sentence there.
static QString insideSentence(const QString &name)
{
    return name.startsWith(QLatin1Char('"')) ? name : name.left(1).toLower() + name.mid(1);
}

// Completes "it is ...".
static QString goalText(const Request &request)
{
    if (request.lock.type)
        return QStringLiteral("blocked on ") + lockText(request.lock);
    // In the order of QSeamstressExecutor::Activity. Unknown is refused before.
    static constexpr const char *goals[] = { "finished", "paused", "computing", "blocked", "sleeping", "in its event loop", "", "in co_await" };
    return QLatin1String(goals[request.activity]);
}

static QString targetText(const Target &target, const QString &nextPoint)
{
    if (target.kind != Target::NamedPoint)
        return nextPoint;
    return target.point.isEmpty() ? quoted(target.point) : QStringLiteral("the pause point ") + quoted(target.point);
}

// What the script did not do in time.
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
    return QStringLiteral("%1 %2 within %3 ms.%4 %5 %6")
        .arg(name, missedText(request, target))
        .arg(patience.waited())
        .arg(patience.virtualTimeText(), passedText(passed), nowText(activity));
}

QString doesNotDoThatText(const QString &name, const Request &request, QSeamstressExecutor::Phase phase, const PassedPoints &passed)
{
    const QString goal = goalText(request);
    const bool waits = request.activity == QSeamstressExecutor::Blocked || request.activity == QSeamstressExecutor::Awaiting;
    if (phase == QSeamstressExecutor::Paused)
        return QStringLiteral("%1 paused instead of being %2. %3 Call resume() or finish() to let it continue to %4.").arg(name, goal, passedText(passed), waits ? QStringLiteral("the place where it waits") : QStringLiteral("that point"));
    if (phase == QSeamstressExecutor::Finished)
        return QStringLiteral("%1 has ended and is not %2. %3 %4")
            .arg(name, goal, passedText(passed), waits ? QStringLiteral("Acquire what it waits for before you let it continue, and release it only after this call.") : QStringLiteral("Call this while the script is still running."));
    return QStringLiteral("Cannot determine whether %1 is %2: this system does not report what a thread is doing. Skip the test where "
                          "QSeamstressThread::isActivityAvailable() is false.")
        .arg(insideSentence(name), goal);
}

QString blockedEventLoopText(const QString &name, const Patience &patience, const PassedPoints &passed, const ActivityReport &activity)
{
    return QStringLiteral("QSeamstressTask: one step of %1 has kept the event loop of its thread, and with it the test, from running for %2 ms.%3 %4 %5 "
                          "Make the script co_await what it waits for, or run it in a QSeamstressThread.")
        .arg(insideSentence(name))
        .arg(patience.waited())
        .arg(patience.virtualTimeText(), passedText(passed), nowText(activity));
}

QString nestedEventLoopText(const QString &name, qint64 milliseconds, const PassedPoints &passed)
{
    return QStringLiteral("%1 has been running a nested event loop in one step for %2 ms. %3 A verb that waits for the script returns only after that "
                          "loop has ended. End the loop with a timer started beforehand, or make the script co_await what it waits for.")
        .arg(name)
        .arg(milliseconds)
        .arg(passedText(passed));
}

QString neverPausedText(const QString &name, bool isRunning, const Target &target, const PassedPoints &passed)
{
    if (isRunning)
        return QStringLiteral("%1 is running to its end and no longer pauses. %2 Call exit() or waitForFinished(), or call advance() instead of the earlier finish().").arg(name, passedText(passed));
    const QString goal = targetText(target, passed.points.isEmpty() ? QStringLiteral("a pause point") : QStringLiteral("another pause point"));
    return QStringLiteral("%1 ended without reaching %2. %3 Add the pause point to the script, or call %4 instead.")
        .arg(name, goal, passedText(passed), passed.points.isEmpty() ? QStringLiteral("start() and waitForFinished()") : QStringLiteral("exit()"));
}

QString misuseText(Verb verb, QSeamstressExecutor::Phase phase)
{
    switch (phase) {
    case QSeamstressExecutor::Idle:
        return QStringLiteral("has not been started; call enter() or start() first");
    case QSeamstressExecutor::SettingUp:
    case QSeamstressExecutor::Running:
        return QStringLiteral("is running to a pause point; call waitForPaused() first");
    case QSeamstressExecutor::Paused:
        if (verb == Verb::WaitForFinished)
            return QStringLiteral("is paused and would never finish; call exit(), or call finish() first");
        if (verb == Verb::WaitForActivity)
            return QStringLiteral("is paused and would never block; call resume() or finish() first");
        return QStringLiteral("has been entered and is paused; call advance() or runTo() to continue, or exit() first");
    case QSeamstressExecutor::TearingDown:
        return QStringLiteral("is running to its end and no longer pauses; call exit() or waitForFinished() first");
    case QSeamstressExecutor::Finished:
    case QSeamstressExecutor::Failed:
        return QStringLiteral("has ended; call enter() or start() to run it again");
    }
    Q_UNREACHABLE();
}

QString refusalOf(const Request &request)
{
    if (request.activity == QSeamstressExecutor::Unknown)
        return QStringLiteral("cannot wait for the activity Unknown; wait for another activity, or call activity()");
    const KnownLock &lock = request.lock;
    if (!lock.type)
        return {};
    if (!lock.address)
        return QStringLiteral("cannot be blocked on a null pointer; pass the address of a lock");
    if (lock.waitPlace == WaitPlace::Asleep)
        return QStringLiteral("is never blocked on a %1, whose lock() sleeps and retries; call waitForActivity(QSeamstressExecutor::Sleeping)").arg(demangled(*lock.type));
    if (lock.waitPlace == WaitPlace::Elsewhere)
        return QStringLiteral("cannot be recognised as blocked on this %1, since threads do not wait inside an object of that type; call waitForBlocked(), which accepts any lock").arg(demangled(*lock.type));
    return {};
}

} // namespace QSeamstressPrivate
