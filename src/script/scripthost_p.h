// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

#ifndef SCRIPTHOST_P_H
#define SCRIPTHOST_P_H

#include <QtCore/QHash>
#include <QtCore/QString>
#include <QtCore/QVariant>

#include "qseamstresserror.h"

namespace QSeamstressPrivate {

// How far a script may go.
struct Target
{
    enum Kind { NextPoint, NamedPoint, End };
    Kind kind = NextPoint;
    QString point;

    // time: how often the script has reached that point by now. "loop#3" is the third time at "loop", if no point is called so.
    bool includes(const QString &reached, int time) const
    {
        return kind == NextPoint || (kind == NamedPoint && (point == reached || (point.startsWith(reached) && point == reached + QLatin1Char('#') + QString::number(time))));
    }
};

using PointCounts = QHash<QString, int>; // how often a script has reached each of its points

// What the owner's side hears of a script, in the script's thread.
class ScriptObserver
{
public:
    virtual void reached(const QString &point, bool halts) = 0;
    // Under which order the script halted here; the owner ignores a halt under an order that it has replaced since.
    // True if the owner is looking, so that it may let go within a moment.
    virtual bool halted(const QString &point, const QVariant &value, quint32 order) = 0;
    // The owner has cancelled it, in the owner's thread, before the script can hear of that.
    virtual void cancelled() { }

protected:
    ~ScriptObserver() = default;
};

// Where a script runs.
class ScriptHost
{
public:
    // The script's side: plain code, which cannot be suspended, reached a pause point.
    virtual void pauseInPlainCode(const QString &point, const QVariant &value) = 0;
    // From any thread: what the script awaits is there. May come before the script waits.
    virtual void setReady() = 0;
    // From any thread: the script must not go on; its coroutine is to be destroyed where it is suspended. error says why.
    virtual void cancel(const QSeamstressError &error) = 0;

protected:
    ~ScriptHost() = default;
};

} // namespace QSeamstressPrivate

#endif // SCRIPTHOST_P_H
