// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

#ifndef CHILDPROCESS_P_H
#define CHILDPROCESS_P_H

namespace QSeamstressPrivate {

// By this variable a program is told to run a script in place of its tests. Its value is the key of the memory for its errors: a child
// that hears nothing else, since its test is gone, can still remove that.
inline constexpr char childVariable[] = "QSEAMSTRESS_CHILD";

// This process runs a script for a test in another one.
bool isChildProcess();
// The script runs as soon as there is a QCoreApplication, and before the tests: none was there when the library was loaded, so each one
// will run it, and the first one was not made by a test.
bool runsAsChild();

} // namespace QSeamstressPrivate

#endif // CHILDPROCESS_P_H
