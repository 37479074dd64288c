// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

#include "explorerdata_p.h"

#include <QtCore/QPointer>
#include <QtCore/QScopeGuard>
#include <QtCore/QSet>
#include <QtCore/QThread>
#include <QtTest/QTest>

#include <algorithm>
#include <bit>
#include <utility>

#include "../breakpoint/armedbreakpoints_p.h"
#include "ordercount_p.h"
#include "progress_p.h"

namespace QSeamstressPrivate {

ExplorerData::ExplorerData(QSeamstressExplorer *explorer)
    : m_explorer(explorer)
{
}

ExplorerData::~ExplorerData() = default;

void ExplorerData::refuse(const char *function, const QString &text)
{
    verdict = QSeamstressExplorer::InvalidOrder;
    failingOrder.clear();
    report = text;
    qWarning("QSeamstressExplorer::%s: %s.", function, qPrintable(text));
}

bool ExplorerData::mayChange(const char *function)
{
    if (m_watch) // whose verdict is to come
        qWarning("QSeamstressExplorer::%s: it runs an order now, which called this; call it between two runs.", function);
    return !m_watch;
}

void ExplorerData::addScript(const char *function, const QString &name, const ScriptSource &source, MakeActor make)
{
    if (!mayChange(function))
        return;
    QString refusal = refusalOfScriptName(name, m_names);
    if (refusal.isEmpty() && source.isNull())
        refusal = source.refusal;
    if (refusal.isEmpty() && m_mechanism.count() == maximumScripts)
        refusal = QStringLiteral("it takes %1 scripts at most").arg(maximumScripts);
    if (!refusal.isEmpty()) {
        m_refusal = refusal;
        refuse(function, refusal);
        return;
    }
    m_mechanism.add(make(name, source));
    m_names.append(name);
}

bool ExplorerData::begin(const char *function)
{
    if (!mayChange(function))
        return false;
    verdict = QSeamstressExplorer::Passed;
    failingOrder.clear();
    report.clear();
    triedOrders = 0;
    infeasibleOrders = 0;
    m_readsEnvironment = true;
    m_search.reset();
    m_stepCounts.clear();
    m_countsAgree = true;
    QString problem = m_refusal;
    if (QThread::currentThread() != m_explorer->thread())
        problem = QStringLiteral("it lives in another thread, and is called there only");
    else if (problem.isEmpty() && m_names.isEmpty())
        problem = QStringLiteral("it has no scripts; call addThread(), addTask() or addProcess() first");
    else if (const QString armed = nameOfAnArmedBreakpoint(); problem.isEmpty() && !armed.isEmpty())
        problem = QStringLiteral("the breakpoint \"%1\" is armed, at which a script would halt that this waits for; call its disarm(), or destroy it, before").arg(armed);
    else if (problem.isEmpty())
        problem = environmentProblem();
    if (!problem.isEmpty()) {
        refuse(function, problem);
        return false;
    }
    return true;
}

QString ExplorerData::environmentProblem()
{
    static constexpr const char *shardsVariable = "QSEAMSTRESS_SHARDS";
    static constexpr const char *shardVariable = "QSEAMSTRESS_SHARD";
    m_order = qEnvironmentVariable("QSEAMSTRESS_ORDER");
    m_limits = { maximumOrders, maximumPreemptions, seed };
    if (!qEnvironmentVariableIsSet(shardsVariable) && !qEnvironmentVariableIsSet(shardVariable))
        return {};
    bool isCount = false;
    bool isNumber = false;
    m_limits.shards = qEnvironmentVariableIntValue(shardsVariable, &isCount);
    m_limits.shard = qEnvironmentVariableIntValue(shardVariable, &isNumber);
    if (isCount && isNumber && m_limits.shards >= 1 && m_limits.shard >= 0 && m_limits.shard <= m_limits.shards)
        return {};
    return QStringLiteral("%1 is \"%2\" and %3 is \"%4\"; set both, the first to the number of shards, and the second to a number from 1 to that, or from 0 to one less")
        .arg(QLatin1String(shardsVariable), qEnvironmentVariable(shardsVariable), QLatin1String(shardVariable), qEnvironmentVariable(shardVariable));
}

// How many steps of each script an order had. One that blocked inside a step has made it only once it goes on.
std::vector<qint64> ExplorerData::countSteps() const
{
    std::vector<qint64> counts(static_cast<std::size_t>(m_mechanism.count()));
    for (const Step &step : m_mechanism.steps()) {
        if (step.end != Step::Blocked)
            ++counts[step.script];
    }
    return counts;
}

void ExplorerData::countOrder(const Outcome &outcome)
{
    if (m_mechanism.steps().empty())
        return; // the reset threw
    ++(m_mechanism.anyBlocked() ? infeasibleOrders : triedOrders);
    if (m_mechanism.trouble() == Mechanism::None && outcome.verdict != QSeamstressExplorer::NotDeterministic)
        m_countsAgree = m_countsAgree && countSteps() == m_stepCounts;
}

qint64 ExplorerData::totalOrders() const
{
    return m_stepCounts.empty() || !m_countsAgree ? -1 : orderCount(m_stepCounts);
}

bool ExplorerData::search(const char *function, Checks checks, const std::function<bool(const Outcome &)> &handle)
{
    const QPointer<QSeamstressExplorer> alive(m_explorer);
    const auto isOver = qScopeGuard([&alive, this] {
        if (alive)
            m_watch.reset();
    });
    m_watch.emplace(m_mechanism.actors(), m_mechanism.serving(), timeout);
    const NoBreakpoints noBreakpoints;
    m_mechanism.beginChoices();
    const Outcome trial = runOrder(checks, [](Scripts ready) { return std::countr_zero(ready); });
    if (const QString problem = problemOfPoints(); !problem.isEmpty()) {
        refuse(function, problem);
        return false;
    }
    m_stepCounts = countSteps();
    m_countsAgree = m_mechanism.trouble() == Mechanism::None;
    if (trial.verdict != QSeamstressExplorer::Passed) {
        countOrder(trial);
        handle(trial); // it is one of the orders that would have come
        return true;
    }

    m_search.emplace(m_stepCounts, m_limits);
    Progress progress;
    const auto tell = [&] {
        const qint64 tried = triedOrders + infeasibleOrders;
        const qint64 planned = std::max(tried, m_search->plannedOrders());
        progress.show(tried, planned);
        Q_EMIT m_explorer->progressed(tried, planned);
    };
    while (m_search->next()) {
        Outcome outcome = runOfSearch(checks);
        if (outcome.verdict == QSeamstressExplorer::Passed && m_search->hasStrayed() && !m_mechanism.anyBlocked())
            outcome = { QSeamstressExplorer::NotDeterministic, QStringLiteral("A script ended earlier than in an order before that began with the same steps. Let setReset() bring back all that the scripts change.") };
        countOrder(outcome);
        if (!handle(outcome))
            break;
        if (!progress.isDue())
            continue;
        tell();
        if (!alive)
            return false;
    }
    tell();
    return alive;
}

bool ExplorerData::explore()
{
    if (!begin("explore"))
        return false;
    if (!m_order.isEmpty())
        return runOne("explore", m_order);
    const bool isOver = search("explore", Checks::Yes, [this](const Outcome &outcome) {
        if (outcome.verdict == QSeamstressExplorer::Passed)
            return true;
        fail(confirmed(failureOf(outcome)));
        return false;
    });
    if (!isOver)
        return false;
    if (verdict == QSeamstressExplorer::Passed)
        report = passedText();
    return verdict == QSeamstressExplorer::Passed;
}

bool ExplorerData::run(const QString &order)
{
    if (!begin("run"))
        return false;
    m_readsEnvironment = false;
    return runOne("run", order);
}

bool ExplorerData::runOne(const char *function, const QString &order)
{
    m_watch.emplace(m_mechanism.actors(), m_mechanism.serving(), timeout);
    const NoBreakpoints noBreakpoints;
    const Outcome outcome = runText(order);
    m_watch.reset();
    if (const QString problem = problemOfPoints(); !problem.isEmpty()) {
        refuse(function, problem);
        return false;
    }
    const bool wasRun = outcome.verdict != QSeamstressExplorer::InvalidOrder;
    if (wasRun) {
        if (m_mechanism.trouble() == Mechanism::None)
            m_stepCounts = countSteps();
        countOrder(outcome);
    }
    if (outcome.verdict == QSeamstressExplorer::Passed) {
        report = QStringLiteral("Passed: %1").arg(orderText(m_mechanism.steps(), m_names));
        return true;
    }
    fail(wasRun ? failureOf(outcome) : Failure{ outcome, order, order, {} });
    return false;
}

void ExplorerData::addRows()
{
    if (!QTest::currentTestFunction()) {
        refuse("addRows", QStringLiteral("no test function runs, whose data it could be; call it in a _data() function"));
        return;
    }
    if (!begin("addRows"))
        return;
    QTest::addColumn<QString>("order");
    if (!m_order.isEmpty()) {
        QTest::newRow(qPrintable(m_order)) << m_order;
        return;
    }
    static constexpr qsizetype longestRow = 10'000;
    QSet<QString> rows;
    search("addRows", Checks::No, [this, &rows](const Outcome &) {
        QString order = orderText(m_mechanism.steps(), m_names);
        if (order.size() > longestRow)
            order = orderText(m_mechanism.steps(), m_names, OrderForm::Shortest);
        if (!rows.contains(order)) {
            rows.insert(order);
            QTest::newRow(qPrintable(order)) << order;
        }
        return true;
    });
}

} // namespace QSeamstressPrivate
