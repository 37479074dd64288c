// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

#ifndef EXPLORERREPORT_P_H
#define EXPLORERREPORT_P_H

#include <QtCore/QStringList>

#include "mechanism_p.h"
#include "qseamstressexplorer.h"
#include "search_p.h"

namespace QSeamstressPrivate {

// The result of one order.
struct Outcome
{
    QSeamstressExplorer::Verdict verdict = QSeamstressExplorer::Passed;
    QString text = {};
    QStringList thrown = {}; // which script, or which function, threw what type

    bool failedLike(const Outcome &other) const { return verdict == other.verdict && thrown == other.thrown; }
};

// A failed order, for the report.
struct Failure
{
    Outcome outcome;
    QString order = {};
    QString orderWithoutBlocked = {}; // without the steps in which a script was blocked
    QString shortestOrder = {}; // the shortest text that runs the same order
    QString timeline = {};
    QString simplification = {}; // what it was simplified from; empty if it was not
};

// How many orders were run, and how many there are.
struct Coverage
{
    qint64 tried = 0; // orders in which no script was blocked
    qint64 infeasible = 0; // orders in which a script was blocked
    qint64 total = -1; // all orders; -1: not known
    std::vector<qint64> stepCounts = {}; // of each script in the trial run

    qint64 run() const { return tried + infeasible; }
    QString text(const Search &search, const Search::Limits &limits, bool havePassed) const;
};

QString nameOf(QSeamstressExplorer::Verdict verdict);
// The first difference between two runs of an order.
QString differenceText(const QString &order, const QString &other, const QStringList &scripts);
// The failure of the last order.
Failure failureOf(const Outcome &outcome, const Mechanism &mechanism, const QStringList &scripts);
// The parts of a report: the verdict, the order and its timeline; then, on separate lines, what was tried and how to run the order again.
QString failureText(const Failure &failure);
// A failing order was simplified from one number of preemptions to another.
QString simplificationText(int before, int after, int runs);
QString scriptsText(const QStringList &scripts, const std::vector<qint64> &stepCounts);
QString howToRunAgain();

} // namespace QSeamstressPrivate

#endif // EXPLORERREPORT_P_H
