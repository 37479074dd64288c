// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

#ifndef CYCLES_H
#define CYCLES_H

// Runs scripts of each kind that end normally, throw, time out, are killed or are destroyed, count times each, and prints what is left.
// Returns false if anything is left, or if a script does not behave as expected.
bool soakInCycles(int count);

#endif // CYCLES_H
