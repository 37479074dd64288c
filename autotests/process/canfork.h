// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

#ifndef CANFORK_H
#define CANFORK_H

#include <QByteArray>

#include <unistd.h>

#include "../../src/process/processdescriptor_p.h"

// The fork server needs pidfds, which neither Linux before 5.3 nor valgrind has. scripts/test runs the tests once more with a library that
// is built without them.
inline bool canFork()
{
    return qgetenv("QSEAMSTRESS_TEST_PLATFORM") != "generic" && QSeamstressPrivate::openProcess(::getpid()).isOpen();
}

#endif // CANFORK_H
