// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

#ifndef CLOCK_H
#define CLOCK_H

#include <QtGlobal>

// Runs the test in clock.cpp.
extern "C" Q_DECL_EXPORT int runTest(int argc, char **argv);

#endif // CLOCK_H
