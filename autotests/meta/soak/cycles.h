// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

#ifndef CYCLES_H
#define CYCLES_H

// Runs scripts of each kind that end well, throw, are late, are killed and are destroyed, count times each, and prints what is left.
// False if anything is, or if one did not do what it should.
bool soakInCycles(int count);

#endif // CYCLES_H
