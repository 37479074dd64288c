// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

// How an explorer runs one order: one that a search chooses step by step, or one that is written down.

#include <algorithm>
#include <bit>

#include "../script/exceptiontext_p.h"
#include "explorerdata_p.h"

namespace QSeamstressPrivate {

// An order in which a script is blocked is run again so often until its steps are the same: who gets a lock, and when, may depend on
// the system.
static constexpr int maximumConfirmations = 3;
// So often a written order is tried in which a script is blocked, until it comes about.
static constexpr int maximumTries = 3;

// What a chooser says instead of a script.
static constexpr int lookAgain = -1; // who is ready may have changed
static constexpr int giveUp = -2;

// choose: which of those that are ready makes the next step.
ExplorerData::Outcome ExplorerData::runOrder(Checks checks, const Chooser &choose)
{
    m_mechanism.begin(timeout); // nothing is left of the order before when the reset is called
    if (reset) {
        try {
            reset();
        } catch (...) {
            return thrownBy("reset");
        }
    }
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

// What blocked somebody from outside may only have been slow, and then the search would leave out what that script could have done. So
// such an order is run again until it comes out the same way twice, in the end as it came out last.
ExplorerData::Outcome ExplorerData::runOfSearch(Checks checks)
{
    const Chooser choose = [this](Scripts ready) { return m_search->choose(ready); };
    Outcome outcome = runOrder(checks, choose);
    for (int time = 0; time < maximumConfirmations && outcome.verdict == QSeamstressExplorer::Passed && m_mechanism.anyBlockedFromOutside(); ++time) {
        const QString before = orderText(m_mechanism.steps(), m_names);
        m_search->again();
        outcome = runOrder(checks, choose);
        if (orderText(m_mechanism.steps(), m_names) == before)
            break;
    }
    return outcome;
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
ExplorerData::Outcome ExplorerData::runSteps(const QList<WrittenStep> &written)
{
    PointNames names;
    std::size_t named = 0;
    QList<QStringList> unused(m_names.size()); // what each script has done that no written step has asked for yet
    qsizetype position = 0;
    qsizetype searched = 0; // so many of these are not what the step at this position asks for
    const auto passSteps = [&] {
        for (const std::vector<Step> &steps = m_mechanism.steps(); named < steps.size(); ++named)
            unused[steps[named].script].append(names.nameOf(steps[named]));
        for (; position < written.size(); ++position) {
            QStringList &done = unused[written.at(position).script];
            const qsizetype index = done.indexOf(written.at(position).point, searched);
            if (index < 0) {
                searched = done.size();
                break;
            }
            searched = 0;
            done.remove(0, index + 1); // it has passed what was before
        }
    };

    QString problem;
    const Outcome outcome = runOrder(Checks::Yes, [&](Scripts ready) {
        passSteps();
        if (position == written.size())
            return std::countr_zero(ready);
        const WrittenStep &step = written.at(position);
        const Scripts script = setOf(step.script);
        if (ready & script)
            return step.script;
        if (m_mechanism.blocked() & script) {
            if (m_mechanism.waitForBlocked(step.script))
                return lookAgain;
            problem = QStringLiteral("%1 is blocked where the order says %2").arg(m_names.at(step.script), step.text);
            return giveUp;
        }
        problem = QStringLiteral("%1 has ended where the order says %2").arg(m_names.at(step.script), step.text);
        return giveUp;
    });
    passSteps();
    if (problem.isEmpty() && position < written.size() && outcome.verdict == QSeamstressExplorer::Passed)
        problem = QStringLiteral("%1 never came").arg(written.at(position).text);
    return problem.isEmpty() ? outcome : notThisOrder(problem);
}

ExplorerData::Outcome ExplorerData::notThisOrder(const QString &problem) const
{
    return { QSeamstressExplorer::InvalidOrder,
             QStringLiteral("%1. What came was \"%2\". Change the order, or take one that a report shows.").arg(problem, orderText(m_mechanism.steps(), m_names)) };
}

// Where the order that came went another way than the written one, though each script made its steps: who of those that are set free at
// the same time goes on first is up to the system. Empty if they fit.
QString ExplorerData::otherWay(const QList<WrittenStep> &written) const
{
    PointNames names;
    qsizetype position = 0;
    for (const Step &step : m_mechanism.steps()) {
        const QString point = names.nameOf(step);
        const auto isStep = [&](const WrittenStep &other) { return other.script == step.script && other.point == point; };
        if (position == written.size())
            break;
        if (isStep(written.at(position)))
            ++position;
        else if (step.end != Step::Blocked && std::any_of(written.begin() + position, written.end(), isStep)) // a script may be blocked often
            return QStringLiteral("The order went another way at its step %1: where it says %2, %3 came").arg(position + 1).arg(written.at(position).text, m_names.at(step.script) + QLatin1Char('>') + point);
    }
    return position == written.size() ? QString() : QStringLiteral("The order went another way at its step %1: %2 did not come where it says so").arg(position + 1).arg(written.at(position).text);
}

// Where the system has chosen another order, it may choose this one the next time.
ExplorerData::Outcome ExplorerData::runText(const QString &order)
{
    const WrittenOrder written = parseOrder(order, m_names);
    if (!written.problem.isEmpty())
        return { QSeamstressExplorer::InvalidOrder, QStringLiteral("The order \"%1\" cannot be read: %2.").arg(order, written.problem) };
    for (int time = 1;; ++time) {
        Outcome outcome = runSteps(written.steps);
        if (outcome.verdict == QSeamstressExplorer::Passed) {
            if (const QString problem = otherWay(written.steps); !problem.isEmpty())
                outcome = notThisOrder(problem);
        }
        if (outcome.verdict != QSeamstressExplorer::InvalidOrder || !m_mechanism.anyBlocked() || time == maximumTries)
            return outcome;
    }
}

// A failing order is run again before it is told. What is outside may be slow the one time and not the other, so that somebody is
// blocked, or nobody: that makes no difference if all steps that were made are the same.
ExplorerData::Failure ExplorerData::confirmed(const Failure &failure)
{
    const Verdict verdict = failure.outcome.verdict;
    const bool hasBegun = !failure.order.isEmpty(); // else the reset threw
    if (!hasBegun || verdict == QSeamstressExplorer::NotDeterministic)
        return failure;
    const auto madeSteps = [this] { return orderText(m_mechanism.steps(), m_names, OrderForm::WithoutBlocked); };
    const bool wasBlocked = m_mechanism.anyBlocked();
    const QString made = madeSteps();
    QString difference;
    for (int time = 0; time < maximumConfirmations; ++time) {
        const Outcome again = runSteps(parseOrder(failure.order, m_names).steps);
        const bool isSame = madeSteps() == made;
        if (isSame && again.verdict == verdict)
            return failure;
        difference = isSame ? QStringLiteral("The second time the same steps ended with %1.").arg(nameOf(again.verdict))
                            : differenceText(failure.order, orderText(m_mechanism.steps(), m_names));
        if (!wasBlocked && !m_mechanism.anyBlocked())
            break;
    }
    if (wasBlocked) {
        const Outcome again = runSteps(parseOrder(made, m_names).steps);
        if (madeSteps() == made && again.verdict == verdict)
            return failureOf(again);
    }
    const Outcome told{ QSeamstressExplorer::NotDeterministic,
                        QStringLiteral("This order failed with %1, but the scripts do not do the same each time. %2 Let setReset() bring back all that the scripts change, and take "
                                       "clocks, random numbers and threads that are no scripts out of them.\nThe first time: %3")
                            .arg(nameOf(verdict), difference, failure.outcome.text) };
    return { told, failure.order, failure.shortestOrder, failure.timeline };
}

} // namespace QSeamstressPrivate
