// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

// For production code: a named place where a test may halt whoever runs there. Needs no other header and no library. Without
// QSeamstress in the program it costs a load and a branch; with QSEAMSTRESS_NO_PAUSE_POINTS defined it is nothing at all.

#ifndef QSEAMSTRESSPAUSEPOINT_H
#define QSEAMSTRESSPAUSEPOINT_H

#if defined(QSEAMSTRESS_NO_PAUSE_POINTS)
#define QSEAMSTRESS_PAUSE_POINT(name) static_cast<void>(0)
#elif defined(__ELF__)
// Weak: the address is null in a program that does not contain QSeamstress.
extern "C" __attribute__((weak)) void qseamstress_pause_point(const char *name);
#define QSEAMSTRESS_PAUSE_POINT(name) (qseamstress_pause_point ? qseamstress_pause_point(name) : static_cast<void>(0))
#elif defined(QSEAMSTRESS_LIBRARY)
// Other object formats have no weak reference of this kind: there the code under test must link QSeamstress, whose CMake target
// defines QSEAMSTRESS_LIBRARY. Untested on Mach-O and PE.
extern "C" void qseamstress_pause_point(const char *name);
#define QSEAMSTRESS_PAUSE_POINT(name) qseamstress_pause_point(name)
#else
#define QSEAMSTRESS_PAUSE_POINT(name) static_cast<void>(0)
#endif

#endif // QSEAMSTRESSPAUSEPOINT_H
