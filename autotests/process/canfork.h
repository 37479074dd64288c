// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

#ifndef CANFORK_H
#define CANFORK_H

#include <unistd.h>

#include "../../src/process/processdescriptor_p.h"

// The fork server needs descriptors of processes, which neither Linux before 5.3 nor valgrind has.
inline bool canFork()
{
    return QSeamstressPrivate::openProcess(::getpid()).isOpen();
}

#endif // CANFORK_H
