// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

#ifndef CHILDPROCESS_P_H
#define CHILDPROCESS_P_H

namespace QSeamstressPrivate {

// This environment variable makes a program run a script instead of its tests. Its value is the key of the shared memory for errors, so
// that a child whose test is gone before it sent anything can still remove that memory.
inline constexpr char childVariable[] = "QSEAMSTRESS_CHILD";

// Whether this process runs a script for a test in another process.
bool isChildProcess();
// Whether a child of this program would run the script instead of the tests: a QCoreApplication exists, it was created after the library
// was loaded, so that creating it runs the script, and it was not created by a test.
bool runsAsChild();

} // namespace QSeamstressPrivate

#endif // CHILDPROCESS_P_H
