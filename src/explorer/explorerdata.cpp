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

#include "../script/exceptiontext_p.h"
#include "ordercount_p.h"
#include "progress_p.h"

namespace QSeamstressPrivate {

// A failing order in which a script is blocked is run again so often until its steps are the same: who gets a lock, and when, may
// depend on the system.
static constexpr int maximumConfirmations = 3;

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
    if (m_isRunning) // whose verdict is to come
        qWarning("QSeamstressExplorer::%s: it runs an order now, which called this; call it between two runs.", function);
    return !m_isRunning;
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
    QString problem = m_refusal;
    if (QThread::currentThread() != m_explorer->thread())
        problem = QStringLiteral("it lives in another thread, and is called there only");
    else if (problem.isEmpty() && m_names.isEmpty())
        problem = QStringLiteral("it has no scripts; call addThread(), addTask() or addProcess() first");
    else if (problem.isEmpty())
        problem = environmentProblem();
    if (!problem.isEmpty()) {
        refuse(function, problem);
        return false;
    }
    verdict = QSeamstressExplorer::Passed;
    failingOrder.clear();
    report.clear();
    totalOrders = -1;
    triedOrders = 0;
    infeasibleOrders = 0;
    m_search.reset();
    m_stepCounts.clear();
    m_countsAgree = true;
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
    return QStringLiteral("%1 is \"%2\" and %3 is \"%4\"; set both, the first to the number of shards, and the second to a number from 1 to that")
        .arg(QLatin1String(shardsVariable), qEnvironmentVariable(shardsVariable), QLatin1String(shardVariable), qEnvironmentVariable(shardVariable));
}

// What a chooser says instead of a script.
static constexpr int lookAgain = -1; // who is ready may have changed
static constexpr int giveUp = -2;

// choose: which of those that are ready makes the next step.
template <class Choose>
ExplorerData::Outcome ExplorerData::runOrder(Checks checks, Choose choose)
{
    if (reset) {
        try {
            reset();
        } catch (...) {
            return thrownBy("reset");
        }
    }
    m_mechanism.begin(timeout);
    while (m_mechanism.trouble() == Mechanism::None) {
        if (m_mechanism.ready() != 0) {
            const int script = choose(m_mechanism.ready());
            if (script == giveUp)
                break;
            if (script != lookAgain)
                m_mechanism.step(script);
        } else if (m_mechanism.blocked() != 0) {
            m_mechanism.waitForBlocked();
        } else {
            break;
        }
    }
    m_mechanism.finish();
    return judge(checks);
}

// Called where an exception has been caught.
ExplorerData::Outcome ExplorerData::thrownBy(const char *function)
{
    const ExceptionText thrown = describe(std::current_exception());
    return { QSeamstressExplorer::ExceptionThrown, QStringLiteral("The %1 threw %2: %3").arg(QLatin1String(function), thrown.type, thrown.text) };
}

ExplorerData::Outcome ExplorerData::judge(Checks checks)
{
    switch (m_mechanism.trouble()) {
    case Mechanism::Deadlock:
        return { QSeamstressExplorer::Deadlock, QStringLiteral("Nobody can go on:\n") + m_mechanism.troubleText() };
    case Mechanism::TimedOut:
        return { QSeamstressExplorer::TimedOut, m_mechanism.troubleText() };
    case Mechanism::None:
        break;
    }
    QStringList errors;
    for (int script = 0; script < m_mechanism.count(); ++script) {
        for (const QSeamstressError &error : m_mechanism.errors(script))
            errors.append(error.message());
    }
    if (!errors.isEmpty())
        return { QSeamstressExplorer::ExceptionThrown, errors.join(QLatin1Char('\n')) };
    if (checks == Checks::No || !check)
        return {};
    try {
        if (check())
            return {};
    } catch (...) {
        return thrownBy("check");
    }
    return { QSeamstressExplorer::CheckFailed, QStringLiteral("The check returned false.") };
}

QString ExplorerData::problemOfPoints() const
{
    for (const Step &step : m_mechanism.steps()) {
        if (step.end != Step::AtPoint)
            continue;
        if (const QString problem = refusalOfPoint(step.point); !problem.isEmpty())
            return QStringLiteral("%1: %2").arg(m_names.at(step.script), problem);
    }
    return {};
}

// Each written step lets its script run until the step has come; the rest is run in the order of adding.
ExplorerData::Outcome ExplorerData::runSteps(Checks checks, const QList<WrittenStep> &written)
{
    PointNames names;
    std::size_t named = 0;
    QList<QStringList> unused(m_names.size()); // what each script has done that no written step has asked for yet
    qsizetype position = 0;
    const auto passSteps = [&] {
        for (const std::vector<Step> &steps = m_mechanism.steps(); named < steps.size(); ++named)
            unused[steps[named].script].append(names.nameOf(steps[named]));
        for (; position < written.size(); ++position) {
            QStringList &done = unused[written.at(position).script];
            const qsizetype index = done.indexOf(written.at(position).point);
            if (index < 0)
                break;
            done.remove(0, index + 1); // it has passed what was before
        }
    };

    QString problem;
    const Outcome outcome = runOrder(checks, [&](Scripts ready) {
        passSteps();
        if (position == written.size())
            return std::countr_zero(ready);
        const WrittenStep &step = written.at(position);
        const Scripts script = Scripts(1) << step.script;
        if (ready & script)
            return step.script;
        if (m_mechanism.blocked() & script) {
            m_mechanism.waitForBlocked(step.script);
            if (m_mechanism.trouble() != Mechanism::None)
                problem = QStringLiteral("%1 is blocked where the order says %2").arg(m_names.at(step.script), step.text);
            return lookAgain;
        }
        problem = QStringLiteral("%1 has ended where the order says %2").arg(m_names.at(step.script), step.text);
        return giveUp;
    });
    passSteps();
    if (problem.isEmpty() && position < written.size() && outcome.verdict == QSeamstressExplorer::Passed)
        problem = QStringLiteral("%1 never came").arg(written.at(position).text);
    if (problem.isEmpty())
        return outcome;
    return { QSeamstressExplorer::InvalidOrder,
             QStringLiteral("%1. What came was \"%2\". Change the order, or take one that a report shows.").arg(problem, orderText(m_mechanism.steps(), m_names)) };
}

ExplorerData::Outcome ExplorerData::runText(Checks checks, const QString &order)
{
    const WrittenOrder written = parseOrder(order, m_names);
    if (!written.problem.isEmpty())
        return { QSeamstressExplorer::InvalidOrder, QStringLiteral("The order \"%1\" cannot be read: %2.").arg(order, written.problem) };
    return runSteps(checks, written.steps);
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

bool ExplorerData::hasBlocked() const
{
    const std::vector<Step> &steps = m_mechanism.steps();
    return std::any_of(steps.begin(), steps.end(), [](const Step &step) { return step.end == Step::Blocked; });
}

void ExplorerData::countOrder(const Outcome &outcome)
{
    ++(hasBlocked() ? infeasibleOrders : triedOrders);
    if (m_mechanism.trouble() == Mechanism::None && outcome.verdict != QSeamstressExplorer::NotDeterministic)
        m_countsAgree = m_countsAgree && countSteps() == m_stepCounts;
    totalOrders = m_countsAgree ? orderCount(m_stepCounts) : -1;
}

bool ExplorerData::search(const char *function, Checks checks, const std::function<bool(const Outcome &)> &handle)
{
    const QPointer<QSeamstressExplorer> alive(m_explorer);
    const auto isOver = qScopeGuard([&alive, this] {
        if (alive)
            m_isRunning = false;
    });
    m_isRunning = true;
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
        progress.show(tried, std::max(tried, m_search->plannedOrders()));
        Q_EMIT m_explorer->progressed(tried, std::max(tried, m_search->plannedOrders()));
    };
    while (m_search->next()) {
        Outcome outcome = runOrder(checks, [this](Scripts ready) { return m_search->choose(ready); });
        if (outcome.verdict == QSeamstressExplorer::Passed && m_search->hasStrayed() && !hasBlocked())
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

// A failing order is run again before it is told.
ExplorerData::Outcome ExplorerData::confirmed(const Outcome &outcome)
{
    const QString order = orderText(m_mechanism.steps(), m_names);
    const int times = hasBlocked() ? maximumConfirmations : 1;
    QString difference;
    for (int time = 0; time < times; ++time) {
        const Outcome again = runText(Checks::Yes, order);
        const QString cameAgain = orderText(m_mechanism.steps(), m_names);
        if (cameAgain == order && again.verdict == outcome.verdict)
            return outcome;
        difference = cameAgain == order ? QStringLiteral("The second time the same steps ended with %1.").arg(nameOf(again.verdict)) : differenceText(order, cameAgain);
    }
    return { QSeamstressExplorer::NotDeterministic,
             QStringLiteral("This order failed with %1, but the scripts do not do the same each time. %2 Let setReset() bring back all that the scripts change, and take "
                            "clocks, random numbers and threads that are no scripts out of them.\nThe first time: %3")
                 .arg(nameOf(outcome.verdict), difference, outcome.text) };
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
        const QString order = orderText(m_mechanism.steps(), m_names);
        const QString timeline = timelineText();
        const Outcome told = outcome.verdict == QSeamstressExplorer::NotDeterministic ? outcome : confirmed(outcome);
        fail(told, order, timeline);
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
    return begin("run") && runOne("run", order);
}

bool ExplorerData::runOne(const char *function, const QString &order)
{
    m_isRunning = true;
    const Outcome outcome = runText(Checks::Yes, order);
    m_isRunning = false;
    if (const QString problem = problemOfPoints(); !problem.isEmpty()) {
        refuse(function, problem);
        return false;
    }
    const bool wasRun = outcome.verdict != QSeamstressExplorer::InvalidOrder;
    if (wasRun) {
        m_stepCounts = countSteps();
        countOrder(outcome);
    }
    if (outcome.verdict == QSeamstressExplorer::Passed) {
        report = QStringLiteral("Passed: %1").arg(orderText(m_mechanism.steps(), m_names));
        return true;
    }
    fail(outcome, wasRun ? orderText(m_mechanism.steps(), m_names) : order, wasRun ? timelineText() : QString());
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
    QSet<QString> rows;
    search("addRows", Checks::No, [this, &rows](const Outcome &) {
        const QString order = orderText(m_mechanism.steps(), m_names);
        if (const qsizetype before = rows.size(); rows.insert(order), rows.size() > before)
            QTest::newRow(qPrintable(order)) << order;
        return true;
    });
}

} // namespace QSeamstressPrivate
