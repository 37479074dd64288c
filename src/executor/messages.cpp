// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

#include "messages_p.h"

#include <QtCore/QStringList>

namespace QSeamstressPrivate {

// So many points are named in a message.
static constexpr int maximumNames = 10;

static QString quoted(const QString &point)
{
    return point.isEmpty() ? QStringLiteral("a point without a name") : QStringLiteral("\"%1\"").arg(point);
}

static QString passedText(const PassedPoints &passed)
{
    if (passed.points.isEmpty())
        return QStringLiteral("It has reached no pause point so far.");
    QStringList names;
    for (const PassedPoint &point : passed.points) {
        if (names.size() == maximumNames) {
            names.append(QStringLiteral("others"));
            break;
        }
        names.append(point.count == 1 ? quoted(point.point) : QStringLiteral("%1 (%2 times)").arg(quoted(point.point)).arg(point.count));
    }
    return QStringLiteral("It has reached %1; the last was %2.").arg(names.join(QStringLiteral(", ")), quoted(passed.last));
}

static QString activityText(const ActivityReport &activity)
{
    return activity.text.isEmpty() ? QStringLiteral("What it does now is not known on this system.") : QStringLiteral("Now it %1.").arg(activity.text);
}

QString waitLongerText(const Patience &patience, const char *property, const char *verb)
{
    const QString cure = patience.isFromProperty() ? QStringLiteral("raise %1 or set QSEAMSTRESS_TIMEOUT_FACTOR").arg(QLatin1String(property))
                                                   : QStringLiteral("give a later deadline");
    return QStringLiteral(" If it only needs longer, %1; %2 waits on.").arg(cure, QLatin1String(verb));
}

QString pauseTimedOutText(const QString &name, const Target &target, const Patience &patience, const PassedPoints &passed, const ActivityReport &activity)
{
    const QString goal = target.kind == Target::NamedPoint ? QStringLiteral("the pause point ") + quoted(target.point) : QStringLiteral("a pause point");
    return QStringLiteral("%1 did not reach %2 within %3 ms. %4 %5")
        .arg(name, goal)
        .arg(patience.waited())
        .arg(passedText(passed), activityText(activity));
}

QString stillAliveText(const QString &name, const Patience &patience, const PassedPoints &passed, const ActivityReport &activity)
{
    return QStringLiteral("%1 did not end within %2 ms. %3 %4")
        .arg(name)
        .arg(patience.waited())
        .arg(passedText(passed), activityText(activity));
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

QString withOthers(const QList<QSeamstressError> &errors)
{
    QStringList texts;
    for (const QSeamstressError &error : errors)
        texts.append(error.message());
    return texts.join(QLatin1Char('\n'));
}

} // namespace QSeamstressPrivate
