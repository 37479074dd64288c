// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

// What an explorer tells of what it has run.

#include <QtCore/QCoreApplication>
#include <QtCore/QLocale>
#include <QtCore/QMetaEnum>
#include <QtCore/QRegularExpression>
#include <QtTest/QTest>

#include <algorithm>

#include "../timeline/eventtable_p.h"
#include "../timeline/eventtexts_p.h"
#include "explorerdata_p.h"

namespace QSeamstressPrivate {

// QTest cuts a message after 1,023 bytes, so what matters most comes first. A longer order is told in its shortest form, and one that is
// long even then comes after the timeline.
static constexpr qsizetype longestOrder = 100;
static constexpr qsizetype longestOrderBeforeTimeline = 300;

static QString numberText(qint64 number)
{
    return QLocale(QLocale::English).toString(number); // 34,650
}

static QString ordersText(qint64 count)
{
    return count == 1 ? QStringLiteral("1 order") : QStringLiteral("%1 orders").arg(numberText(count));
}

QString ExplorerData::nameOf(Verdict verdict)
{
    return QString::fromLatin1(QMetaEnum::fromType<Verdict>().valueToKey(verdict));
}

QString ExplorerData::differenceText(const QString &order, const QString &other) const
{
    const QList<WrittenStep> first = parseOrder(order, m_names).steps;
    const QList<WrittenStep> second = parseOrder(other, m_names).steps;
    const auto [one, another] = std::mismatch(first.begin(), first.end(), second.begin(), second.end(), [](const WrittenStep &step, const WrittenStep &otherStep) { return step.text == otherStep.text; });
    const QString nothing = QStringLiteral("nothing");
    return QStringLiteral("Where the first time %1 came, the second time it was %2.").arg(one == first.end() ? nothing : one->text, another == second.end() ? nothing : another->text);
}

QString ExplorerData::coverageText() const
{
    if (!m_search)
        return QStringLiteral("It failed in the first run.");
    const qint64 run = triedOrders + infeasibleOrders;
    QString text = totalOrders() >= 0 ? QStringLiteral("%1 of %2").arg(numberText(run), ordersText(totalOrders())) : ordersText(run);
    if (m_limits.shards > 1)
        text += QStringLiteral(", shard %1 of %2").arg(m_limits.shard).arg(m_limits.shards);
    if (!m_search->isExhaustive()) {
        const int preemptions = m_search->coveredPreemptions();
        if (preemptions >= 0)
            text += QStringLiteral(", at most %1 %2").arg(preemptions).arg(preemptions == 1 ? QStringLiteral("preemption") : QStringLiteral("preemptions"));
        if (const qint64 sampled = m_search->sampledOrders(); sampled > 0)
            text += QStringLiteral("%1 a sample of %2 with seed %3").arg(preemptions < 0 ? QStringLiteral(",") : QStringLiteral(", and")).arg(numberText(sampled)).arg(seed);
    }
    if (infeasibleOrders > 0)
        text += QStringLiteral("; in %1 of them a script was blocked").arg(numberText(infeasibleOrders));
    return text;
}

QString ExplorerData::passedText() const
{
    QStringList scripts;
    for (int script = 0; script < m_names.size(); ++script) {
        const qint64 steps = m_stepCounts[static_cast<std::size_t>(script)];
        scripts.append(QStringLiteral("%1 (%2)").arg(m_names.at(script), steps == 1 ? QStringLiteral("1 step") : QStringLiteral("%1 steps").arg(numberText(steps))));
    }
    return QStringLiteral("Passed: %1, of %2.%3").arg(coverageText(), scripts.join(QStringLiteral(", ")), choicesText());
}

// As one word of a shell's command.
static QString shellQuoted(const QString &text)
{
    static const QRegularExpression harmless(QStringLiteral("^[A-Za-z0-9_./:=+,@%-]+$"));
    if (harmless.match(text).hasMatch())
        return text;
    QString quoted = text;
    return QLatin1Char('\'') + quoted.replace(QLatin1Char('\''), QLatin1String("'\\''")) + QLatin1Char('\'');
}

// The order is in the report already.
QString ExplorerData::howToRunAgain()
{
    QStringList words{ QStringLiteral("QSEAMSTRESS_ORDER='<order>'") };
    const char *const function = QTest::currentTestFunction();
    if (function && QCoreApplication::instance()) { // which knows the program
        const char *const tag = QTest::currentDataTag();
        words.append(shellQuoted(QCoreApplication::applicationFilePath()));
        words.append(shellQuoted(QString::fromUtf8(function) + (tag ? QLatin1Char(':') + QString::fromUtf8(tag) : QString())));
    }
    return QStringLiteral("\nRun it again: %1, or explorer.run(\"<order>\").").arg(words.join(QLatin1Char(' ')));
}

void ExplorerData::fail(const Failure &failure)
{
    verdict = failure.outcome.verdict;
    failingOrder = failure.order;
    report = nameOf(verdict) + QLatin1String(": ") + failure.outcome.text;
    if (verdict == QSeamstressExplorer::InvalidOrder)
        return;
    const QString &order = failure.order.size() > longestOrder ? failure.shortestOrder : failure.order;
    const QString orderLine = order.isEmpty() ? QString() : QStringLiteral("\nOrder: ") + order; // the reset threw
    if (order.size() <= longestOrderBeforeTimeline)
        report += orderLine;
    if (!failure.timeline.isEmpty())
        report += QLatin1Char('\n') + failure.timeline;
    if (order.size() > longestOrderBeforeTimeline)
        report += orderLine;
    if (m_search)
        report += QStringLiteral("\nTried: %1.%2").arg(coverageText(), choicesText());
    if (m_readsEnvironment && !order.isEmpty())
        report += howToRunAgain();
}

QString ExplorerData::choicesText() const
{
    const QString text = m_mechanism.choices().text();
    return text.isEmpty() ? text : QLatin1Char('\n') + text;
}

// Of the order that was run last.
ExplorerData::Failure ExplorerData::failureOf(const Outcome &outcome) const
{
    const std::vector<Step> &steps = m_mechanism.steps();
    return { outcome, orderText(steps, m_names), orderText(steps, m_names, OrderForm::Shortest), timelineText() };
}

QString ExplorerData::eventText(std::size_t index) const
{
    const Step &step = m_mechanism.steps()[index];
    QString event;
    switch (step.end) {
    case Step::AtPoint:
        event = haltedText(step.point);
        break;
    case Step::Blocked:
        event = m_mechanism.blockedText(index);
        break;
    case Step::Done:
        event = QStringLiteral("ended");
        for (const QSeamstressError &error : m_mechanism.errors(step.script))
            event = failedText(error);
        break;
    }
    return step.wasAsked ? event : QStringLiteral("got on, ") + event;
}

// If there are too many steps to show each, those that one script makes in a row are one row: what matters is where another one comes in.
QString ExplorerData::timelineText() const
{
    EventTable table;
    table.columns = m_names;
    const std::vector<Step> &steps = m_mechanism.steps();
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
        const QString event = eventText(index);
        table.add(steps[index].script, inARow == 1 ? event : QStringLiteral("%1 (%2 steps)").arg(event).arg(inARow));
        inARow = 1;
    }
    return table.text();
}

} // namespace QSeamstressPrivate
