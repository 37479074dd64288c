// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

#ifndef CHAOS_H
#define CHAOS_H

// A test that enters processes without end, until it is killed or its standard input is closed. For each process it prints a line: its
// number and that of the fork server, or how it crashed.
int beVictim();

// Kills the process of such a test, its fork server and the test itself at random moments, alone and together, count times each, and
// prints what is left. False if anything is, or if those that live on do not do what they should.
bool soakInChaos(int count, unsigned seed);

#endif // CHAOS_H
