// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

#ifndef RATIOREPORTER_H
#define RATIOREPORTER_H

#include <QList>

#include <benchmark/benchmark.h>

struct Comparison
{
    const char *title;
    const char *name;
    void (*ours)(benchmark::State &);
    const char *baseline;
    void (*byHand)(benchmark::State &);
    double bound; // the maximum ratio of wall times
};

// Measures all comparisons repeatedly, in random order, and prints one table. Accepts the options of Google Benchmark.
int compare(const QList<Comparison> &comparisons, int argc, char **argv);

#endif // RATIOREPORTER_H
