// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

#ifndef QSEAMSTRESSTEST_H
#define QSEAMSTRESSTEST_H

#include <QtTest/qtestcase.h>

#include "qseamstressbreakpoint.h"
#include "qseamstressprocess.h"
#include "qseamstresstask.h"
#include "qseamstressthread.h"

namespace QSeamstressPrivate {
// Each calls the verb; if it fails, reports it at this place of the test.
QSEAMSTRESS_EXPORT bool testEnter(QSeamstressExecutor &executor, const char *file, int line);
QSEAMSTRESS_EXPORT bool testAdvance(QSeamstressExecutor &executor, const char *file, int line);
QSEAMSTRESS_EXPORT bool testRunTo(QSeamstressExecutor &executor, const QString &point, const char *file, int line);
QSEAMSTRESS_EXPORT bool testExit(QSeamstressExecutor &executor, const char *file, int line);
QSEAMSTRESS_EXPORT bool testWaitForHit(QSeamstressBreakpoint &breakpoint, const char *file, int line);
}

// What QVERIFY does when it fails: returns, or from Qt 6.8 on throws, where the test wants that. Not part of the API.
#ifdef QTEST_FAIL_ACTION
#define QSEAMSTRESS_FAIL_ACTION QTEST_FAIL_ACTION
#else
#define QSEAMSTRESS_FAIL_ACTION return
#endif

#define QSEAMSTRESS_ENTER(executor) \
    do { \
        if (!QSeamstressPrivate::testEnter(executor, __FILE__, __LINE__)) \
            QSEAMSTRESS_FAIL_ACTION; \
    } while (false)

#define QSEAMSTRESS_ADVANCE(executor) \
    do { \
        if (!QSeamstressPrivate::testAdvance(executor, __FILE__, __LINE__)) \
            QSEAMSTRESS_FAIL_ACTION; \
    } while (false)

#define QSEAMSTRESS_RUN_TO(executor, point) \
    do { \
        if (!QSeamstressPrivate::testRunTo(executor, point, __FILE__, __LINE__)) \
            QSEAMSTRESS_FAIL_ACTION; \
    } while (false)

#define QSEAMSTRESS_EXIT(executor) \
    do { \
        if (!QSeamstressPrivate::testExit(executor, __FILE__, __LINE__)) \
            QSEAMSTRESS_FAIL_ACTION; \
    } while (false)

#define QSEAMSTRESS_WAIT_FOR_HIT(breakpoint) \
    do { \
        if (!QSeamstressPrivate::testWaitForHit(breakpoint, __FILE__, __LINE__)) \
            QSEAMSTRESS_FAIL_ACTION; \
    } while (false)

// Variadic, since the commas of a lambda's captures separate the arguments of a macro.
#define QSEAMSTRESS_THREAD(name, ...) QSEAMSTRESS_EXECUTOR(QSeamstressThread, name, __VA_ARGS__)
#define QSEAMSTRESS_PROCESS(name, ...) QSEAMSTRESS_EXECUTOR(QSeamstressProcess, name, __VA_ARGS__)
#define QSEAMSTRESS_TASK(name, ...) QSEAMSTRESS_EXECUTOR(QSeamstressTask, name, __VA_ARGS__)

// What the macros above have in common. Not part of the API.
#define QSEAMSTRESS_EXECUTOR(type, name, ...) \
    type name { __VA_ARGS__ }; \
    name.setObjectName(#name); \
    QSEAMSTRESS_ENTER(name)

#endif // QSEAMSTRESSTEST_H
