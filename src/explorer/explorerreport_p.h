// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

#ifndef EXPLORERREPORT_P_H
#define EXPLORERREPORT_P_H

#include <QtCore/QStringList>

#include "mechanism_p.h"
#include "qseamstressexplorer.h"
#include "search_p.h"

namespace QSeamstressPrivate {

// What became of one order.
struct Outcome
{
    QSeamstressExplorer::Verdict verdict = QSeamstressExplorer::Passed;
    QString text = {};
};

// One that failed, and is to be told.
struct Failure
{
    Outcome outcome;
    QString order = {};
    QString shortestOrder = {}; // that runs it again
    QString timeline = {};
};

// How many orders were run, and of how many.
struct Coverage
{
    qint64 tried = 0; // in which no script was blocked
    qint64 infeasible = 0; // in which one was
    qint64 total = -1; // that there are, if that is known
    std::vector<qint64> stepCounts = {}; // of each script in the trial run

    qint64 run() const { return tried + infeasible; }
    QString text(const Search &search, const Search::Limits &limits) const;
};

QString nameOf(QSeamstressExplorer::Verdict verdict);
// Where a second run of an order was another one than the first.
QString differenceText(const QString &order, const QString &other, const QStringList &scripts);
// Of the order that was run last.
Failure failureOf(const Outcome &outcome, const Mechanism &mechanism, const QStringList &scripts);
// The parts of a report: the verdict, the order and its timeline; then, in lines of their own, what was tried, and how to run it again.
QString failureText(const Failure &failure);
QString scriptsText(const QStringList &scripts, const std::vector<qint64> &stepCounts);
QString howToRunAgain();

} // namespace QSeamstressPrivate

#endif // EXPLORERREPORT_P_H
