// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

// Orders as people write them: "A>read B>read A>done B>done".

#ifndef ORDERTEXT_P_H
#define ORDERTEXT_P_H

#include <QtCore/QHash>
#include <QtCore/QStringList>

#include <vector>

#include "../script/scripthost_p.h"

namespace QSeamstressPrivate {

// What became of a step of a script.
struct Step
{
    enum End : quint8 { AtPoint,
                        Done,
                        Blocked };
    quint8 script;
    End end;
    bool wasAsked; // false: it was blocked, and has gone on by itself
    QString point;
    QString blockedText = {}; // for the timeline, if it ended blocked
};

// What may not be called so, since it could not be told from something else; empty if name may.
QString refusalOfScriptName(const QString &name, const QStringList &others);
QString refusalOfPoint(const QString &point);

// Gives the points of one run their names: the second "read" of a script is "read#2", its third point without a name "#3".
class PointNames
{
public:
    // What comes after the > of a step. To be asked for each step in turn.
    QString nameOf(const Step &step);

private:
    QHash<int, PointCounts> m_counts; // of each script
};

// Which steps an order names. The shortest form is enough to run it again: of steps that one script makes in a row, the last one.
enum class OrderForm { AllSteps,
                       WithoutBlocked,
                       Shortest };
QString orderText(const std::vector<Step> &steps, const QStringList &scripts, OrderForm form = OrderForm::AllSteps);

struct WrittenStep
{
    int script;
    QString point; // or "done", "blocked"
    QString text;
};
struct WrittenOrder
{
    QList<WrittenStep> steps;
    QString problem; // what is wrong with it; empty if nothing is
};
WrittenOrder parseOrder(const QString &text, const QStringList &scripts);

} // namespace QSeamstressPrivate

#endif // ORDERTEXT_P_H
