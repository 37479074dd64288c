// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

#ifndef EXPLORERDATA_P_H
#define EXPLORERDATA_P_H

#include <QtCore/QStringList>

#include <functional>
#include <optional>
#include <utility>

#include "explorerreport_p.h"
#include "ordertext_p.h"
#include "taskwatch_p.h"

namespace QSeamstressPrivate {

// Runs the orders of a search, or one order from a text, and reports the result.
class ExplorerData
{
public:
    using Verdict = QSeamstressExplorer::Verdict;

    explicit ExplorerData(QSeamstressExplorer *explorer)
        : m_explorer(explorer)
    {
    }

    using MakeActor = std::unique_ptr<Actor> (*)(const QString &name, const ScriptSource &source);
    void addScript(const char *function, const QString &name, const ScriptSource &source, MakeActor make);
    bool mayChange(const char *function);
    void refuse(const char *function, const QString &text);
    template <class Value>
    void set(const char *function, Value &setting, Value value, const QString &refusal = {})
    {
        if (!mayChange(function))
            return;
        if (!refusal.isEmpty())
            refuse(function, refusal);
        else if (std::exchange(setting, value) != value)
            Q_EMIT m_explorer->settingsChanged();
    }
    const QStringList &names() const { return m_names; }
    void clear();

    bool explore();
    bool run(const QString &order);
    void addRows();

    std::function<void()> reset;
    std::function<bool()> check;
    Search::Limits limits;
    int timeout = 5000; // ms

    Verdict verdict = QSeamstressExplorer::Passed;
    QString failingOrder;
    QString report;
    Coverage coverage;

private:
    enum Call { Explore,
                Run,
                AddRows };

    bool begin(Call call);
    template <class RunCall>
    bool runOrders(Call call, RunCall runCall);
    QString environmentProblem();
    template <class Steps>
    Outcome runOrder(Steps runSteps);
    Outcome runWalk(PathWalk &walk);
    Outcome runPath(const Path &path);
    Outcome runWritten(const QList<WrittenStep> &written);
    Outcome runText(const QString &order);
    static Outcome thrownBy(const char *function);
    Outcome judge();
    bool acceptsPoints();
    QString lastOrder(OrderForm form = OrderForm::AllSteps) const { return orderText(m_mechanism.steps(), m_names, form); }
    std::vector<qint64> countSteps() const;
    std::vector<QStringList> pointsOfSteps() const;
    void takeSteps();
    void countOrder(const Outcome &outcome);
    // Calls handle() after each order until it returns false. Returns false if no order could be run or a slot deleted the explorer.
    bool search(const std::function<bool(const Outcome &)> &handle);
    Failure simplified(const Failure &failure);
    Failure confirmed(const Failure &failure);
    bool runAll();
    bool runOne(const QString &order);
    void fail(const Failure &failure);
    QString triedText() const;

    QSeamstressExplorer *const m_explorer;
    Call m_call = Explore; // the running call, or the last one
    Mechanism m_mechanism;
    QStringList m_names;
    QString m_refusal; // why a script was refused
    std::optional<TaskWatch> m_watch; // while orders run
    QString m_order; // from the environment
    std::optional<Search> m_search;
    std::vector<Choice> m_drawn; // the choices of the last order if it was drawn
};

} // namespace QSeamstressPrivate

#endif // EXPLORERDATA_P_H
