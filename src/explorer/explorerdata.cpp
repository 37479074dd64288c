// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

#include "explorerdata_p.h"

#include <QtCore/QElapsedTimer>
#include <QtCore/QPointer>
#include <QtCore/QScopeGuard>
#include <QtCore/QSet>
#include <QtCore/QThread>
#include <QtTest/QTest>

#include <algorithm>
#include <utility>

#include "../base/patience_p.h"
#include "../breakpoint/armedbreakpoints_p.h"
#include "../platform/scheduler_p.h"
#include "../script/errordata_p.h"
#include "ordercount_p.h"
#include "simplifier_p.h"
#include "writtenrun_p.h"

namespace QSeamstressPrivate {

// The maximum number of runs until an order in which a script is blocked has the same steps again: which script gets a lock, and when,
// can depend on the scheduler.
static constexpr int maximumConfirmations = 3;
// The interval between two emissions of progressed().
static constexpr qint64 progressInterval = 100; // ms
// The maximum number of attempts to run a written order in which a script is blocked.
static constexpr int maximumTries = 3;
// The maximum number of runs to simplify a failing order.
static constexpr int maximumSimplifications = 100;
// The name of each call in messages.
static constexpr const char *functions[] = { "explore", "run", "addRows" };

void ExplorerData::refuse(const char *function, const QString &text)
{
    verdict = QSeamstressExplorer::InvalidOrder;
    failingOrder.clear();
    report = text;
    qWarning("QSeamstressExplorer::%s: %s.", function, qPrintable(text));
}

bool ExplorerData::mayChange(const char *function)
{
    if (m_watch) // an order is running
        qWarning("QSeamstressExplorer::%s: called while an order is running; call it between two runs.", function);
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
        refusal = QStringLiteral("an explorer takes at most %1 scripts").arg(maximumScripts);
    if (!refusal.isEmpty()) {
        m_refusal = refusal;
        refuse(function, refusal);
        return;
    }
    m_mechanism.add(make(name, source));
    m_names.append(name);
}

void ExplorerData::clear()
{
    m_mechanism.clear();
    m_names.clear();
    m_refusal.clear();
}

bool ExplorerData::begin(Call call)
{
    if (!mayChange(functions[call]))
        return false;
    m_call = call;
    verdict = QSeamstressExplorer::Passed;
    failingOrder.clear();
    report.clear();
    coverage = {};
    m_search.reset();
    m_drawn.clear();
    QString problem = m_refusal;
    if (QThread::currentThread() != m_explorer->thread())
        problem = QStringLiteral("the explorer lives in another thread; call it from that thread");
    else if (problem.isEmpty() && m_names.isEmpty())
        problem = QStringLiteral("the explorer has no scripts; call addThread(), addTask() or addProcess() first");
    else if (const QString armed = nameOfAnArmedBreakpoint(); problem.isEmpty() && !armed.isEmpty())
        problem = QStringLiteral("the breakpoint \"%1\" is armed, so a script could pause there while the explorer waits for it; disarm() or destroy the breakpoint first").arg(armed);
    else if (problem.isEmpty() && schedulerWithClock())
        problem = QStringLiteral("a QSeamstressClock is alive, and the scripts of an explorer have a time of their own; destroy the clock first");
    else if (problem.isEmpty())
        problem = environmentProblem();
    if (!problem.isEmpty())
        refuse(functions[m_call], problem);
    return problem.isEmpty();
}

QString ExplorerData::environmentProblem()
{
    static constexpr const char *shardsVariable = "QSEAMSTRESS_SHARDS";
    static constexpr const char *shardVariable = "QSEAMSTRESS_SHARD";
    m_order = qEnvironmentVariable("QSEAMSTRESS_ORDER");
    limits.shards = 1;
    if (!qEnvironmentVariableIsSet(shardsVariable) && !qEnvironmentVariableIsSet(shardVariable))
        return {};
    bool isCount = false;
    bool isNumber = false;
    limits.shards = qEnvironmentVariableIntValue(shardsVariable, &isCount);
    limits.shard = qEnvironmentVariableIntValue(shardVariable, &isNumber);
    if (isCount && isNumber && limits.shards >= 1 && limits.shard >= 0 && limits.shard <= limits.shards)
        return {};
    return QStringLiteral("%1 is \"%2\" and %3 is \"%4\"; set both: the first to n, the number of shards, and the second to the number of this shard, from 1 to n or from 0 to n - 1")
        .arg(QLatin1String(shardsVariable), qEnvironmentVariable(shardsVariable), QLatin1String(shardVariable), qEnvironmentVariable(shardVariable));
}

// The number of steps of each script in the last order. A step in which the script blocked counts once, when the script completes it.
std::vector<qint64> ExplorerData::countSteps() const
{
    std::vector<qint64> counts(static_cast<std::size_t>(m_mechanism.count()));
    for (const Step &step : m_mechanism.steps()) {
        if (step.end != Step::Blocked)
            ++counts[step.script];
    }
    return counts;
}

// For each script, the pause points at which its steps in the last order began. The first step begins at none.
std::vector<QStringList> ExplorerData::pointsOfSteps() const
{
    std::vector<QStringList> points(static_cast<std::size_t>(m_mechanism.count()), QStringList{ QString() });
    for (const Step &step : m_mechanism.steps()) {
        if (step.end == Step::AtPoint)
            points[step.script].append(step.point);
    }
    return points;
}

// To be called after the first order.
void ExplorerData::takeSteps()
{
    coverage.stepCounts = countSteps();
    if (m_mechanism.trouble() == Mechanism::None)
        coverage.total = orderCount(coverage.stepCounts);
}

void ExplorerData::countOrder(const Outcome &outcome)
{
    if (m_mechanism.steps().empty())
        return; // the reset threw
    ++(m_mechanism.anyBlocked() ? coverage.infeasible : coverage.tried);
    const bool isWhole = m_mechanism.trouble() == Mechanism::None && outcome.verdict != QSeamstressExplorer::NotDeterministic;
    if (isWhole && coverage.total >= 0 && countSteps() != coverage.stepCounts)
        coverage.total = -1;
}

// runSteps() runs the steps of one order through the mechanism.
template <class Steps>
Outcome ExplorerData::runOrder(Steps runSteps)
{
    m_mechanism.begin(timeout); // before the reset, so that nothing of the previous order is left
    if (reset) {
        try {
            reset();
        } catch (...) {
            return thrownBy("reset");
        }
    }
    runSteps();
    m_mechanism.finish();
    return judge();
}

// To be called in a catch block.
Outcome ExplorerData::thrownBy(const char *function)
{
    const ExceptionText thrown = describe(std::current_exception());
    return { QSeamstressExplorer::ExceptionThrown, QStringLiteral("The %1 threw %2: %3").arg(QLatin1String(function), thrown.type, thrown.text), { QLatin1String(function), thrown.type } };
}

Outcome ExplorerData::judge()
{
    if (const Mechanism::Trouble trouble = m_mechanism.trouble(); trouble != Mechanism::None)
        return { trouble == Mechanism::Deadlock ? QSeamstressExplorer::Deadlock : QSeamstressExplorer::TimedOut, m_mechanism.troubleText() };
    QList<QSeamstressError> errors;
    for (int script = 0; script < m_mechanism.count(); ++script)
        errors += m_mechanism.actor(script).errors();
    if (!errors.isEmpty()) {
        QStringList thrown;
        for (const QSeamstressError &error : std::as_const(errors))
            thrown += { error.origin(), error.exceptionType() };
        return { QSeamstressExplorer::ExceptionThrown, ErrorData::messagesOf(errors), thrown };
    }
    if (m_call == AddRows || !check)
        return {};
    try {
        if (check())
            return {};
    } catch (...) {
        return thrownBy("check");
    }
    return { QSeamstressExplorer::CheckFailed, QStringLiteral("The check returned false.") };
}

Outcome ExplorerData::runWalk(PathWalk &walk)
{
    return runOrder([&] { m_mechanism.run(walk); });
}

// If a script was blocked on something outside of the program, that may only have been slow, and the search would leave out what the script
// could have done. So such an order is run again until two runs in a row are the same. If none are, the last run counts.
Outcome ExplorerData::runPath(const Path &path)
{
    QString before;
    for (int repetitions = 0;; ++repetitions) {
        PathWalk walk(path);
        const Outcome outcome = runWalk(walk);
        const bool mayHaveBeenSlow = outcome.verdict == QSeamstressExplorer::Passed && m_mechanism.anyBlockedFromOutside();
        const QString order = mayHaveBeenSlow ? lastOrder() : QString();
        if (mayHaveBeenSlow && repetitions < maximumConfirmations && order != before) {
            before = order;
            continue;
        }
        const bool hasStrayed = outcome.verdict == QSeamstressExplorer::Passed && walk.hasStrayed() && !m_mechanism.anyBlocked();
        const Outcome judged = hasStrayed ? Outcome{ QSeamstressExplorer::NotDeterministic, QStringLiteral("A script ended earlier than it did in a previous order that began with the same steps. Use setReset() to restore everything that the scripts change.") }
                                          : outcome;
        if (m_search->learn(walk))
            countOrder(judged);
        m_drawn = path.isDrawn ? walk.choices() : std::vector<Choice>();
        return judged;
    }
}

// False, with a warning, if a pause point of the last order has a name with a special meaning in an order.
bool ExplorerData::acceptsPoints()
{
    for (const Step &step : m_mechanism.steps()) {
        if (step.end != Step::AtPoint)
            continue;
        if (const QString problem = refusalOfPoint(step.point); !problem.isEmpty()) {
            refuse(functions[m_call], QStringLiteral("%1: %2").arg(m_names.at(step.script), problem));
            return false;
        }
    }
    return true;
}

Outcome ExplorerData::runWritten(const QList<WrittenStep> &written)
{
    WrittenRun run(m_mechanism, written);
    QString problem;
    const Outcome outcome = runOrder([&] { problem = run.follow(); });
    if (problem.isEmpty() && outcome.verdict == QSeamstressExplorer::Passed)
        problem = run.otherWay();
    if (problem.isEmpty())
        return outcome;
    return { QSeamstressExplorer::InvalidOrder, QStringLiteral("%1. The steps were \"%2\". Correct the order, or copy one from a report.").arg(problem, lastOrder()) };
}

// If the scheduler chose another order, it may choose this one at the next attempt.
Outcome ExplorerData::runText(const QString &order)
{
    const WrittenOrder written = parseOrder(order, m_names);
    if (!written.problem.isEmpty())
        return { QSeamstressExplorer::InvalidOrder, QStringLiteral("The order \"%1\" cannot be read: %2.").arg(order, written.problem) };
    for (int time = 1;; ++time) {
        const Outcome outcome = runWritten(written.steps);
        if (outcome.verdict != QSeamstressExplorer::InvalidOrder || !m_mechanism.anyBlocked() || time == maximumTries)
            return outcome;
    }
}

bool ExplorerData::search(const std::function<bool(const Outcome &)> &handle)
{
    const QPointer<QSeamstressExplorer> alive(m_explorer);
    const auto isOver = qScopeGuard([&alive, this] {
        if (alive)
            m_watch.reset();
    });
    m_watch.emplace(m_mechanism, timeout);
    const NoBreakpoints noBreakpoints;
    m_mechanism.beginChoices();
    const Outcome trial = runOrder([this] { m_mechanism.runInOrderOfAdding(); });
    if (!acceptsPoints())
        return false;
    takeSteps();
    if (trial.verdict != QSeamstressExplorer::Passed) {
        countOrder(trial);
        handle(trial); // it is one of the orders to be tried anyway
        return true;
    }

    Search::Limits limitsOfCall = limits;
    limitsOfCall.alternates = m_call == Explore;
    m_search.emplace(pointsOfSteps(), limitsOfCall);
    QElapsedTimer sinceTold;
    sinceTold.start();
    const auto tell = [&] {
        sinceTold.start();
        Q_EMIT m_explorer->progressed(coverage.run(), std::max(coverage.run(), m_search->plannedOrders()));
    };
    while (const std::optional<Path> path = m_search->next()) {
        const Outcome outcome = runPath(*path);
        if (!handle(outcome))
            break;
        if (sinceTold.hasExpired(progressInterval))
            tell();
        if (!alive)
            return false;
    }
    tell();
    return alive;
}

template <class RunCall>
bool ExplorerData::runOrders(Call call, RunCall runCall)
{
    const QPointer<QSeamstressExplorer> alive(m_explorer);
    if (!begin(call))
        return false;
    const bool havePassed = runCall();
    if (alive)
        Q_EMIT m_explorer->explored();
    return havePassed;
}

bool ExplorerData::explore()
{
    return runOrders(Explore, [this] { return m_order.isEmpty() ? runAll() : runOne(m_order); });
}

bool ExplorerData::run(const QString &order)
{
    return runOrders(Run, [this, &order] { return runOne(order); });
}

bool ExplorerData::runAll()
{
    const bool isOver = search([this](const Outcome &outcome) {
        if (outcome.verdict == QSeamstressExplorer::Passed)
            return true;
        fail(confirmed(simplified(failureOf(outcome, m_mechanism, m_names))));
        return false;
    });
    const bool havePassed = isOver && verdict == QSeamstressExplorer::Passed;
    if (havePassed)
        report = QStringLiteral("Passed: ") + triedText();
    return havePassed;
}

bool ExplorerData::runOne(const QString &order)
{
    m_watch.emplace(m_mechanism, timeout);
    const NoBreakpoints noBreakpoints;
    const Outcome outcome = runText(order);
    m_watch.reset();
    if (!acceptsPoints())
        return false;
    const bool wasRun = outcome.verdict != QSeamstressExplorer::InvalidOrder;
    if (wasRun) {
        takeSteps();
        countOrder(outcome);
    }
    if (outcome.verdict == QSeamstressExplorer::Passed) {
        report = QStringLiteral("Passed: ") + lastOrder();
        return true;
    }
    fail(wasRun ? failureOf(outcome, m_mechanism, m_names) : Failure{ outcome, order });
    return false;
}

// Only an order that was drawn: in the others, each order with fewer preemptions has been tried before. A run that times out takes too long
// to be repeated.
Failure ExplorerData::simplified(const Failure &failure)
{
    const Verdict failed = failure.outcome.verdict;
    if (m_drawn.empty() || failed == QSeamstressExplorer::TimedOut || failed == QSeamstressExplorer::NotDeterministic)
        return failure;
    Patience patience = Patience::fromProperty(timeout);
    int runs = 0;
    const Simplifier::Attempt attempt = [&](const Path &path) -> std::optional<std::vector<Choice>> {
        if (runs == maximumSimplifications || !patience.tick())
            return {};
        ++runs;
        PathWalk walk(path);
        return runWalk(walk).failedLike(failure.outcome) ? walk.choices() : std::vector<Choice>();
    };
    Simplifier simplifier(m_drawn, attempt);
    simplifier.simplify();
    const Path path = simplifier.path();
    PathWalk walk(path);
    const Outcome outcome = runWalk(walk);
    if (!outcome.failedLike(failure.outcome))
        return failure;
    Failure simplest = failureOf(outcome, m_mechanism, m_names);
    if (const int before = preemptionsIn(m_drawn); simplifier.preemptions() < before)
        simplest.simplification = simplificationText(before, simplifier.preemptions(), runs);
    return simplest;
}

// A failing order is run again before it is reported. Something outside of the program may be slow in one run and not in another, so that a
// script is blocked in only one of them. That makes no difference if all other steps are the same.
Failure ExplorerData::confirmed(const Failure &failure)
{
    const Verdict failed = failure.outcome.verdict;
    const bool hasBegun = !failure.order.isEmpty(); // otherwise the reset threw
    if (!hasBegun || failed == QSeamstressExplorer::NotDeterministic)
        return failure;
    const QString made = failure.orderWithoutBlocked;
    const bool wasBlocked = failure.order != made;
    QString difference;
    for (int time = 0; time < maximumConfirmations; ++time) {
        const Outcome again = runWritten(parseOrder(failure.order, m_names).steps);
        const bool isSame = lastOrder(OrderForm::WithoutBlocked) == made;
        if (isSame && again.verdict == failed)
            return failure;
        difference = isSame ? QStringLiteral("The second run had the same steps, but ended with %1.").arg(nameOf(again.verdict)) : differenceText(failure.order, lastOrder(), m_names);
        if (!wasBlocked && !m_mechanism.anyBlocked())
            break;
    }
    if (wasBlocked) {
        const Outcome again = runWritten(parseOrder(made, m_names).steps);
        if (lastOrder(OrderForm::WithoutBlocked) == made && again.verdict == failed) {
            Failure same = failureOf(again, m_mechanism, m_names);
            same.simplification = failure.simplification;
            return same;
        }
    }
    const Outcome told{ QSeamstressExplorer::NotDeterministic,
                        QStringLiteral("This order failed with %1, but the scripts do not behave the same in each run. %2 Use setReset() to restore everything that the scripts change, and "
                                       "remove clocks, random numbers and threads that are not scripts from them.\nThe first run: %3")
                            .arg(nameOf(failed), difference, failure.outcome.text) };
    Failure differing = failure;
    differing.outcome = told;
    return differing;
}

void ExplorerData::fail(const Failure &failure)
{
    verdict = failure.outcome.verdict;
    failingOrder = failure.order;
    report = failureText(failure);
    if (verdict == QSeamstressExplorer::InvalidOrder)
        return;
    if (!reset && verdict == QSeamstressExplorer::CheckFailed && coverage.run() > 1)
        report += QStringLiteral("\nNo function was passed to setReset(), so the scripts start with what the previous orders left.");
    if (m_search)
        report += QStringLiteral("\nTried: ") + triedText();
    if (m_call == Explore && !failure.order.isEmpty())
        report += howToRunAgain();
}

QString ExplorerData::triedText() const
{
    const QString scripts = verdict == QSeamstressExplorer::Passed ? QStringLiteral("; scripts: ") + scriptsText(m_names, coverage.stepCounts) : QString();
    const QString choices = m_mechanism.choices().text();
    return coverage.text(*m_search, limits, verdict == QSeamstressExplorer::Passed) + scripts + QLatin1Char('.') + (choices.isEmpty() ? QString() : QLatin1Char('\n') + choices);
}

void ExplorerData::addRows()
{
    if (!QTest::currentTestFunction()) {
        refuse(functions[AddRows], QStringLiteral("no test function is running; call it in a _data() function"));
        return;
    }
    if (!begin(AddRows))
        return;
    QTest::addColumn<QString>("order");
    if (!m_order.isEmpty()) {
        QTest::newRow(qPrintable(m_order)) << m_order;
        return;
    }
    static constexpr qsizetype longestRow = 10'000;
    QSet<QString> rows;
    search([this, &rows](const Outcome &) {
        QString order = lastOrder();
        if (order.size() > longestRow)
            order = lastOrder(OrderForm::Shortest);
        if (!rows.contains(order)) {
            rows.insert(order);
            QTest::newRow(qPrintable(order)) << order;
        }
        return true;
    });
}

} // namespace QSeamstressPrivate
