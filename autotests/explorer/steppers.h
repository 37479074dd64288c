// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

#ifndef STEPPERS_H
#define STEPPERS_H

#include <QSeamstressExplorer>
#include <QSeamstressScript>

#include <QStringList>

// The orders of the runs, as the letters of the scripts.
struct Log
{
    QString order;
    QStringList orders; // without the trial run
    int runs = 0;

    void addTo(QSeamstressExplorer &explorer)
    {
        explorer.setReset([this] { order.clear(); });
        explorer.setCheck([this] {
            if (runs++ > 0)
                orders.append(order);
            return true;
        });
    }
};

inline QSeamstressScript stepper(Log &log, char letter, int steps)
{
    for (int step = 1; step < steps; ++step) {
        log.order.append(letter);
        co_yield "turn";
    }
    log.order.append(letter);
}

// Three scripts of four steps: 34,650 orders, of which 402 have at most two preemptions.
inline void addSteppers(QSeamstressExplorer &explorer, Log &log)
{
    for (const char letter : { 'A', 'B', 'C' })
        explorer.addTask(QString(QLatin1Char(letter)), [&log, letter] { return stepper(log, letter, 4); });
    log.addTo(explorer);
}

inline int preemptions(const QString &order)
{
    int count = 0;
    for (qsizetype i = 1; i < order.size(); ++i)
        count += order.at(i) != order.at(i - 1) && order.indexOf(order.at(i - 1), i) >= 0;
    return count;
}

#endif // STEPPERS_H
