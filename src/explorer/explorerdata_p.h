// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

#ifndef EXPLORERDATA_P_H
#define EXPLORERDATA_P_H

#include <QtCore/QStringList>

#include <functional>
#include <optional>

#include "mechanism_p.h"
#include "ordertext_p.h"
#include "qseamstressexplorer.h"
#include "search_p.h"
#include "taskwatch_p.h"

namespace QSeamstressPrivate {

// Runs orders: those that a search wants, or one that is written down; and says what came of it.
class ExplorerData
{
public:
    using Verdict = QSeamstressExplorer::Verdict;

    explicit ExplorerData(QSeamstressExplorer *explorer);
    ~ExplorerData();

    using MakeActor = std::unique_ptr<Actor> (*)(const QString &name, const ScriptSource &source);
    void addScript(const char *function, const QString &name, const ScriptSource &source, MakeActor make);
    bool mayChange(const char *function);
    void refuse(const char *function, const QString &text);

    bool explore();
    bool run(const QString &order);
    void addRows();

    std::function<void()> reset;
    std::function<bool()> check;
    int maximumOrders = 10000;
    int maximumPreemptions = -1;
    quint32 seed = 1;
    int timeout = 5000; // ms

    Verdict verdict = QSeamstressExplorer::Passed;
    QString failingOrder;
    QString report;
    qint64 triedOrders = 0;
    qint64 infeasibleOrders = 0;
    qint64 totalOrders() const;

private:
    // What became of one order.
    struct Outcome
    {
        Verdict verdict = QSeamstressExplorer::Passed;
        QString text = {};
    };
    // One that is to be told.
    struct Failure
    {
        Outcome outcome;
        QString order;
        QString shortestOrder; // that runs it again
        QString timeline;
    };
    enum class Checks { No,
                        Yes };

    bool begin(const char *function);
    QString environmentProblem();
    // Which of those that are ready makes the next step.
    using Chooser = std::function<int(Scripts ready)>;
    Outcome runOrder(Checks checks, const Chooser &choose);
    Outcome runOfSearch(Checks checks);
    static Outcome thrownBy(const char *function);
    Outcome judge(Checks checks);
    QString problemOfPoints() const;
    Outcome runSteps(const QList<WrittenStep> &written);
    Outcome notThisOrder(const QString &problem) const;
    QString otherWay(const QList<WrittenStep> &written) const;
    Outcome runText(const QString &order);
    std::vector<qint64> countSteps() const;
    void countOrder(const Outcome &outcome);
    // Calls handle() after each order; false ends it. False if it could not begin, or if the explorer was deleted meanwhile.
    bool search(const char *function, Checks checks, const std::function<bool(const Outcome &)> &handle);
    Failure failureOf(const Outcome &outcome) const;
    Failure confirmed(const Failure &failure);
    bool runOne(const char *function, const QString &order);

    // What is told.
    static QString nameOf(Verdict verdict);
    QString differenceText(const QString &order, const QString &other) const;
    static QString howToRunAgain();
    void fail(const Failure &failure);
    QString passedText() const;
    QString choicesText() const;
    QString coverageText() const;
    QString eventText(std::size_t step) const;
    QString timelineText() const;

    QSeamstressExplorer *const m_explorer;
    Mechanism m_mechanism;
    QStringList m_names;
    QString m_refusal; // of what was added or set wrongly
    std::optional<TaskWatch> m_watch; // while it runs orders
    Search::Limits m_limits{};
    bool m_readsEnvironment = false; // explore() and addRows() do
    QString m_order; // of the environment
    std::optional<Search> m_search;
    std::vector<qint64> m_stepCounts; // of the trial run
    bool m_countsAgree = true;
};

} // namespace QSeamstressPrivate

#endif // EXPLORERDATA_P_H
