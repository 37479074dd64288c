// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

// Small programs with a concurrency bug. They have the structure of the programs of the same names in SCTBench (Thomson, Donaldson and
// Betts: Concurrency Testing Using Controlled Schedulers, TOPC 2016), with which other tools have been measured.

#ifndef SEARCHPROGRAMS_H
#define SEARCHPROGRAMS_H

#include <QSeamstressExplorer>

#include <QList>
#include <QString>

#include <functional>

struct SearchProgram
{
    QString name;
    std::function<void(QSeamstressExplorer &)> addTo; // adds the scripts, the reset and the check
};

QList<SearchProgram> searchPrograms(); // all
QList<SearchProgram> bufferPrograms();

#endif // SEARCHPROGRAMS_H
