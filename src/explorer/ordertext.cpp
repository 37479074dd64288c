// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

#include "ordertext_p.h"

#include <algorithm>

namespace QSeamstressPrivate {

static const QLatin1String done("done");
static const QLatin1String blocked("blocked");
static constexpr QLatin1Char arrow('>');
static constexpr QLatin1Char number('#');
static constexpr QLatin1Char space(' ');

QString refusalOfScriptName(const QString &name, const QStringList &others)
{
    if (name.isEmpty())
        return QStringLiteral("a script needs a name, so that orders can refer to it");
    if (std::any_of(name.cbegin(), name.cend(), [](QChar c) { return c.isSpace() || c == arrow; }))
        return QStringLiteral("the name \"%1\" contains white space or a '>', which separate the parts of an order; choose another name").arg(name);
    if (others.contains(name))
        return QStringLiteral("there is already a script named \"%1\"; choose another name").arg(name);
    return {};
}

QString refusalOfPoint(const QString &point)
{
    if (point == done || point == blocked)
        return QStringLiteral("the name of the pause point \"%1\" is reserved: an order uses \"done\" for the end of a script and \"blocked\" for a blocked script; choose another name").arg(point);
    if (point.contains(arrow) || point.contains(number))
        return QStringLiteral("the name of the pause point \"%1\" contains a '>' or a '#', which have a special meaning in an order; choose another name").arg(point);
    if (point != point.trimmed())
        return QStringLiteral("the name of the pause point \"%1\" begins or ends with white space, which separates the steps of an order; choose another name").arg(point);
    return {};
}

QString PointNames::nameOf(const Step &step)
{
    if (step.end == Step::Done)
        return done;
    if (step.end == Step::Blocked)
        return blocked;
    const int count = ++m_counts[step.script][step.point];
    return count == 1 && !step.point.isEmpty() ? step.point : step.point + number + QString::number(count);
}

QString orderText(const std::vector<Step> &steps, const QStringList &scripts, OrderForm form)
{
    PointNames names;
    QStringList texts;
    int last = -1; // the script that made the previous step
    for (const Step &step : steps) {
        const QString text = scripts.at(step.script) + arrow + names.nameOf(step);
        if (step.end == Step::Blocked && form == OrderForm::WithoutBlocked)
            continue;
        if (step.script == last && form == OrderForm::Shortest)
            texts.last() = text;
        else
            texts.append(text);
        last = step.script;
    }
    return texts.join(space);
}

// Why the step cannot be read; otherwise empty. Normalises the name of its point to that of PointNames.
static QString problemOf(WrittenStep &step)
{
    if (step.point.isEmpty())
        return QStringLiteral("the step \"%1\" has nothing after the '>'; add a pause point, \"done\" or \"blocked\"").arg(step.text);
    const qsizetype sign = step.point.indexOf(number);
    const int count = sign >= 0 ? step.point.mid(sign + 1).toInt() : 1;
    if (count < 1)
        return QStringLiteral("the step \"%1\" needs a number of 1 or more after its '#'").arg(step.text);
    if (count == 1 && sign > 0)
        step.point.truncate(sign);
    return {};
}

WrittenOrder parseOrder(const QString &text, const QStringList &scripts)
{
    WrittenOrder order;
    const QString trimmed = text.trimmed();
    const QStringList words = trimmed.isEmpty() ? QStringList() : trimmed.split(space);
    for (const QString &word : words) {
        const qsizetype head = word.indexOf(arrow);
        const int script = head < 0 ? -1 : static_cast<int>(scripts.indexOf(word.left(head)));
        if (script >= 0) {
            order.steps.append({ script, {}, word });
        } else if (!order.steps.isEmpty()) {
            order.steps.last().text += space + word; // the name of a point can contain spaces
        } else {
            order.problem = QStringLiteral("\"%1\" does not begin with a step; a step is the name of a script, a '>', and a pause point, \"done\" or \"blocked\". The scripts are %2")
                                .arg(trimmed, scripts.join(QStringLiteral(", ")));
            return order;
        }
    }
    for (WrittenStep &step : order.steps) {
        step.point = step.text.mid(step.text.indexOf(arrow) + 1).trimmed();
        order.problem = problemOf(step);
        if (!order.problem.isEmpty())
            break;
    }
    return order;
}

} // namespace QSeamstressPrivate
