// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

#include "explorerreport_p.h"

#include <QtCore/QCoreApplication>
#include <QtCore/QLocale>
#include <QtCore/QMetaEnum>
#include <QtCore/QRegularExpression>
#include <QtTest/QTest>

#include <algorithm>

#include "../timeline/eventtable_p.h"
#include "ordertext_p.h"

namespace QSeamstressPrivate {

// QTest cuts a message off after 1,023 bytes, so the most important parts come first. A long order is given in its shortest form. If that
// is long, too, it comes after the timeline.
static constexpr qsizetype longestOrder = 100;
static constexpr qsizetype longestOrderBeforeTimeline = 300;

static QString numberText(qint64 number)
{
    return QLocale(QLocale::English).toString(number); // 34,650
}

static QString countText(qint64 count, const char *unit)
{
    return numberText(count) + QLatin1Char(' ') + QLatin1String(unit) + (count == 1 ? QString() : QStringLiteral("s"));
}

QString nameOf(QSeamstressExplorer::Verdict verdict)
{
    return QString::fromLatin1(QMetaEnum::fromType<QSeamstressExplorer::Verdict>().valueToKey(verdict));
}

QString differenceText(const QString &order, const QString &other, const QStringList &scripts)
{
    const QList<WrittenStep> first = parseOrder(order, scripts).steps;
    const QList<WrittenStep> second = parseOrder(other, scripts).steps;
    const auto [one, another] = std::mismatch(first.begin(), first.end(), second.begin(), second.end(), [](const WrittenStep &step, const WrittenStep &otherStep) { return step.text == otherStep.text; });
    const QString nothing = QStringLiteral("nothing");
    return QStringLiteral("The first run had %1 where the second run had %2.").arg(one == first.end() ? nothing : one->text, another == second.end() ? nothing : another->text);
}

QString Coverage::text(const Search &search, const Search::Limits &limits, bool havePassed) const
{
    QString text;
    const bool isWhole = havePassed && !search.isExhaustive(); // otherwise, the number of preemptions means little
    const bool isSharded = limits.shards > 1;
    const QString seed = QStringLiteral(" with seed %1").arg(limits.seed);
    if (!isWhole || isSharded)
        text = total >= 0 ? QStringLiteral("%1 of %2").arg(numberText(run()), countText(total, "order")) : countText(run(), "order");
    if (isSharded)
        text += QStringLiteral(", shard %1 of %2").arg(limits.shard).arg(limits.shards);
    if (isWhole) {
        const qint64 covered = search.coveredPreemptions() < 0 ? 0 : search.coveredOrders();
        const qint64 drawn = search.drawnOrders(search.coveredPreemptions());
        const qint64 more = (isSharded ? search.countedOrders() : run()) - covered - drawn;
        QStringList parts;
        if (covered > 0)
            parts.append(QStringLiteral("all orders with at most %1 (%2)").arg(countText(search.coveredPreemptions(), "preemption"), numberText(covered)));
        if (more > 0)
            parts.append(covered > 0 ? QStringLiteral("%1 more").arg(numberText(more)) : countText(more, "order"));
        if (drawn > 0)
            parts.append(numberText(drawn) + QStringLiteral(" drawn"));
        const QString ofTotal = total >= 0 ? QStringLiteral(" of ") + numberText(total) : QString();
        if (parts.size() == 1 && covered > 0)
            parts.first().insert(parts.first().size() - 1, ofTotal); // "(402 of 34,650)"
        else
            parts.last() += ofTotal + (drawn > 0 ? seed : QString());
        const QString last = parts.takeLast();
        text += (isSharded ? QStringLiteral("; all shards: ") : QString()) + (parts.isEmpty() ? last : parts.join(QStringLiteral(", ")) + QStringLiteral(", and ") + last);
    } else if (const qint64 drawn = search.drawnOrders(); drawn > 0 && !isSharded) {
        text += QStringLiteral(", %1 of them drawn").arg(numberText(drawn)) + seed;
    }
    if (infeasible > 0)
        text += QStringLiteral("; in %1 of them a script was blocked").arg(numberText(infeasible));
    return text;
}

QString simplificationText(int before, int after, int runs)
{
    return QStringLiteral("Simplified from %1 to %2, in %3.").arg(countText(before, "preemption"), numberText(after), countText(runs, "run"));
}

QString scriptsText(const QStringList &scripts, const std::vector<qint64> &stepCounts)
{
    QStringList texts;
    for (int script = 0; script < scripts.size(); ++script)
        texts.append(QStringLiteral("%1 (%2)").arg(scripts.at(script), countText(stepCounts[static_cast<std::size_t>(script)], "step")));
    return texts.join(QStringLiteral(", "));
}

// As one word of a shell command.
static QString shellQuoted(const QString &text)
{
    static const QRegularExpression harmless(QStringLiteral("^[A-Za-z0-9_./:=+,@%-]+$"));
    if (harmless.match(text).hasMatch())
        return text;
    QString quoted = text;
    return QLatin1Char('\'') + quoted.replace(QLatin1Char('\''), QLatin1String("'\\''")) + QLatin1Char('\'');
}

// Without these, qmltestrunner does not find the test.
static QStringList qmlTestRunnerOptions()
{
    QStringList options;
    const QStringList arguments = QCoreApplication::arguments();
    for (qsizetype index = 1; index + 1 < arguments.size(); ++index) {
        if (const QString &option = arguments.at(index); option == QLatin1String("-input") || option == QLatin1String("-import"))
            options += { option, shellQuoted(arguments.at(index + 1)) };
    }
    return options;
}

// Without the order, which is already in the report.
QString howToRunAgain()
{
    QStringList words{ QStringLiteral("QSEAMSTRESS_ORDER='<order>'") };
    const char *const function = QTest::currentTestFunction();
    if (function && QCoreApplication::instance()) { // it knows the path of the program
        const char *const tag = QTest::currentDataTag();
        words.append(shellQuoted(QCoreApplication::applicationFilePath()));
        words += qmlTestRunnerOptions();
        words.append(shellQuoted(QString::fromUtf8(function) + (tag ? QLatin1Char(':') + QString::fromUtf8(tag) : QString())));
    }
    return QStringLiteral("\nRun it again: %1, or explorer.run(\"<order>\").").arg(words.join(QLatin1Char(' ')));
}

QString failureText(const Failure &failure)
{
    QString text = nameOf(failure.outcome.verdict) + QLatin1String(": ") + failure.outcome.text;
    if (failure.outcome.verdict == QSeamstressExplorer::InvalidOrder)
        return text;
    const QString &order = failure.order.size() > longestOrder ? failure.shortestOrder : failure.order;
    const QString orderLine = order.isEmpty() ? QString() : QStringLiteral("\nOrder: ") + order; // empty: the reset threw
    const bool comesFirst = order.size() <= longestOrderBeforeTimeline;
    if (comesFirst)
        text += orderLine;
    if (!failure.timeline.isEmpty())
        text += QLatin1Char('\n') + failure.timeline;
    if (!comesFirst)
        text += orderLine;
    return failure.simplification.isEmpty() ? text : text + QLatin1Char('\n') + failure.simplification;
}

static QString eventText(const Step &step, const Mechanism &mechanism)
{
    const QString head = step.wasAsked ? QString() : QStringLiteral("woke up, ");
    if (step.end == Step::AtPoint)
        return head + haltedText(step.point);
    if (step.end == Step::Blocked)
        return head + step.blockedText;
    const QList<QSeamstressError> &errors = mechanism.actor(step.script).errors();
    return head + (errors.isEmpty() ? QStringLiteral("ended") : failedText(errors.last()));
}

// If there are too many steps to show each of them, successive steps of one script share a row: what matters is where another script runs.
static QString timelineText(const Mechanism &mechanism, const QStringList &scripts)
{
    EventTable table;
    table.columns = scripts;
    const std::vector<Step> &steps = mechanism.steps();
    const bool mergesSteps = steps.size() > EventTable::maximumRows;
    const auto goesOnInTheSameRow = [&](std::size_t index) {
        if (!mergesSteps || index + 1 == steps.size())
            return false;
        const Step &step = steps[index];
        const Step &next = steps[index + 1];
        return step.end == Step::AtPoint && step.wasAsked && next.script == step.script && next.end != Step::Blocked;
    };
    int inARow = 1;
    for (std::size_t index = 0; index < steps.size(); ++index) {
        if (goesOnInTheSameRow(index)) {
            ++inARow;
            continue;
        }
        const QString event = eventText(steps[index], mechanism);
        table.add(steps[index].script, inARow == 1 ? event : QStringLiteral("%1 (%2 steps)").arg(event).arg(inARow));
        inARow = 1;
    }
    return table.text();
}

Failure failureOf(const Outcome &outcome, const Mechanism &mechanism, const QStringList &scripts)
{
    const std::vector<Step> &steps = mechanism.steps();
    return { outcome, orderText(steps, scripts), orderText(steps, scripts, OrderForm::WithoutBlocked), orderText(steps, scripts, OrderForm::Shortest), timelineText(mechanism, scripts) };
}

} // namespace QSeamstressPrivate
