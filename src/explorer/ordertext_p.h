// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

// Orders as text: "A>read B>read A>done B>done".

#ifndef ORDERTEXT_P_H
#define ORDERTEXT_P_H

#include <QtCore/QHash>
#include <QtCore/QStringList>

#include <vector>

#include "../script/scripthost_p.h"

namespace QSeamstressPrivate {

// A step of a script, and how it ended.
struct Step
{
    enum End : quint8 { AtPoint,
                        Done,
                        Blocked };
    quint8 script;
    End end;
    bool wasAsked; // false: it was blocked and continued when it woke up
    QString point;
    QString blockedText = {}; // for the timeline, if end is Blocked
};

// Why a name is ambiguous in an order; empty if it can be used.
QString refusalOfScriptName(const QString &name, const QStringList &others);
QString refusalOfPoint(const QString &point);

// Names the points of one run: the second "read" of a script is "read#2", its third point without a name is "#3".
class PointNames
{
public:
    // The part of a step after its '>'. To be called for each step in turn.
    QString nameOf(const Step &step);

private:
    QHash<int, PointCounts> m_counts; // by script
};

// Which steps the text of an order contains. The shortest form is enough to run it again: of successive steps of one script, only the last.
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
    QString problem; // why it cannot be read; otherwise empty
};
WrittenOrder parseOrder(const QString &text, const QStringList &scripts);

} // namespace QSeamstressPrivate

#endif // ORDERTEXT_P_H
