// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

#ifndef SCRIPTHOST_P_H
#define SCRIPTHOST_P_H

#include <QtCore/QHash>
#include <QtCore/QString>
#include <QtCore/QVariant>

#include "qseamstresserror.h"

namespace QSeamstressPrivate {

// How far a script may run.
struct Target
{
    enum Kind { NextPoint, NamedPoint, End };
    Kind kind = NextPoint;
    QString point;

    // time: how often the script has reached that point so far. "loop#3" is the third time at "loop", unless a point has that name.
    bool includes(const QString &reached, int time) const
    {
        return kind == NextPoint || (kind == NamedPoint && (point == reached || (point.startsWith(reached) && point == reached + QLatin1Char('#') + QString::number(time))));
    }
};

using PointCounts = QHash<QString, int>; // how often a script has reached each of its points

// Notifies the owner's side of events of the script. Called in the script's thread.
class ScriptObserver
{
public:
    virtual void reached(const QString &point, bool halts) = 0;
    // order: the number of the order under which the script paused; the owner ignores a pause under an order that it has since replaced.
    // Returns true if the owner is spinning, so that it may resume the script within a moment.
    virtual bool halted(const QString &point, const QVariant &value, quint32 order) = 0;
    // The owner has cancelled the script. Called in the owner's thread before the script can notice it.
    virtual void cancelled() { }

protected:
    ~ScriptObserver() = default;
};

// Where a script runs.
class ScriptHost
{
public:
    // Called in the script's thread: plain code, which cannot be suspended, reached a pause point.
    virtual void pauseInPlainCode(const QString &point, const QVariant &value) = 0;
    // From any thread: the awaited result is available. May be called before the script waits.
    virtual void setReady() = 0;
    // From any thread: the script must not continue; its coroutine is destroyed where it is suspended. error says why.
    virtual void cancel(const QSeamstressError &error) = 0;

protected:
    ~ScriptHost() = default;
};

} // namespace QSeamstressPrivate

#endif // SCRIPTHOST_P_H
