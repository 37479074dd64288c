// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

#ifndef CHAOS_H
#define CHAOS_H

// A test that enters one process after another until it is killed or its standard input is closed. For each process, it prints a line
// with the process IDs of the process and of the fork server, or how the process crashed.
int beVictim();

// Kills the process of such a test, its fork server and the test itself at random moments, one at a time and together, count times each,
// and prints what is left. Returns false if anything is left, or if the survivors do not behave as expected.
bool soakInChaos(int count, unsigned seed);

#endif // CHAOS_H
