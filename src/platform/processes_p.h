// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

// The platform-specific functions that running a script in another process needs. One .cpp file per platform implements them.

#ifndef PROCESSES_P_H
#define PROCESSES_P_H

#include <QtCore/QByteArray>
#include <QtCore/QString>

namespace QSeamstressPrivate {

// "SIGSEGV"; "signal 42" if it has no name.
QString signalName(int number);

// The location of a function: its module and its offset in that module. The module of the main program has an empty name.
struct CodePlace
{
    QByteArray module = {}; // null if the system does not provide it
    quintptr offset = 0;
};
CodePlace placeOf(void (*function)());
void (*functionAt(const CodePlace &place))(); // null if there is no code at that place

// For a new process before exec(): the new program must not inherit open files.
void closeFilesOnExec();

} // namespace QSeamstressPrivate

#endif // PROCESSES_P_H
