// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

#ifndef PASSEDPOINTS_P_H
#define PASSEDPOINTS_P_H

#include <QtCore/QList>
#include <QtCore/QString>

#include <optional>

#include "../base/pausepointlistener_p.h"

namespace QSeamstressPrivate {

struct PassedPoint
{
    QString point;
    int count;
    QString thread = {}; // which has reached it, where that is told apart
};

// Pause points that were reached, in the order of the first time.
struct PassedPoints
{
    QList<PassedPoint> points;
    qint64 others = 0; // those beyond the most that are kept apart
    QString last;
    QList<PassedPoint> withoutScript; // that other threads passed meanwhile, which run no script

    void add(const QString &point, const QString &thread = {});
};

// Where a script is, or was, by the last pause point that it has reached; none if it has reached none.
QString placeText(const std::optional<QString> &lastPoint);

// The points that threads pass which run no script, from the making of this on.
class PointsWithoutScript
{
public:
    PointsWithoutScript();
    ~PointsWithoutScript();
    Q_DISABLE_COPY_MOVE(PointsWithoutScript)
    QList<PassedPoint> points() const;

    // Called by such a thread.
    static void pass(const char *point);

private:
    const PausePointListener m_listener;
    PassedPoints m_passed;
};

// In the process of a script: what to call when another thread reaches a pause point there, or a script inside of that script. Null to begin with.
void setHearsOfPointsInside(void (*hear)(const QString &point));
void tellOfPointInside(const QString &point);

} // namespace QSeamstressPrivate

#endif // PASSEDPOINTS_P_H
