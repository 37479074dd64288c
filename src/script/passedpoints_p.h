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
    QString thread = {}; // the thread that reached it, if threads are counted separately
};

// The pause points that were reached, in the order in which each was first reached.
struct PassedPoints
{
    QList<PassedPoint> points;
    qint64 others = 0; // number of passes at points beyond the maximum
    QString last;
    QList<PassedPoint> withoutScript; // passed during the run by threads that run no script

    void add(const QString &point, const QString &thread = {});
};

// Describes where a script is or was by its last pause point; std::nullopt if it has reached none.
QString placeText(const std::optional<QString> &lastPoint);

// Records the points passed by threads that run no script, from its construction on.
class PointsWithoutScript
{
public:
    PointsWithoutScript();
    ~PointsWithoutScript();
    Q_DISABLE_COPY_MOVE(PointsWithoutScript)
    QList<PassedPoint> points() const;

    // Called by a thread that runs no script.
    static void pass(const char *point);

private:
    const PausePointListener m_listener;
    PassedPoints m_passed;
};

// In a child process: the function to call when another thread, or a script nested in the script, reaches a pause point. Null by default.
void setHearsOfPointsInside(void (*hear)(const QString &point));
void tellOfPointInside(const QString &point);

} // namespace QSeamstressPrivate

#endif // PASSEDPOINTS_P_H
