// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

// What it takes to run a script in another process, and differs from system to system. One .cpp file a system implements it.

#ifndef PROCESSES_P_H
#define PROCESSES_P_H

#include <QtCore/QByteArray>
#include <QtCore/QString>

namespace QSeamstressPrivate {

// "SIGSEGV", or its number if it has no name.
QString signalName(int number);

// Where a function lies: in which module, and where in there. The main program's own module has an empty name.
struct CodePlace
{
    QByteArray module = {}; // null if the system does not tell
    quintptr offset = 0;
};
CodePlace placeOf(void (*function)());
void (*functionAt(const CodePlace &place))(); // null if there is no code

// In a new process before it runs its program: no file that is open here is to be open there.
void closeFilesOnExec();

} // namespace QSeamstressPrivate

#endif // PROCESSES_P_H
