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
// Each of these calls the verb and, if it fails, reports the failure at the given place of the test.
QSEAMSTRESS_EXPORT bool testEnter(QSeamstressExecutor &executor, const char *file, int line);
QSEAMSTRESS_EXPORT bool testAdvance(QSeamstressExecutor &executor, const char *file, int line);
QSEAMSTRESS_EXPORT bool testRunTo(QSeamstressExecutor &executor, const QString &point, const char *file, int line);
QSEAMSTRESS_EXPORT bool testExit(QSeamstressExecutor &executor, const char *file, int line);
QSEAMSTRESS_EXPORT bool testWaitForHit(QSeamstressBreakpoint &breakpoint, const char *file, int line);
}

// What QVERIFY does on failure: returns, or throws if the test asks for that (Qt 6.8 or later). Not part of the API.
#ifdef QTEST_FAIL_ACTION
#define QSEAMSTRESS_FAIL_ACTION QTEST_FAIL_ACTION
#else
#define QSEAMSTRESS_FAIL_ACTION return
#endif

// Common part of the verb macros. Not part of the API.
#define QSEAMSTRESS_VERB(test, ...) \
    do { \
        if (!QSeamstressPrivate::test(__VA_ARGS__, __FILE__, __LINE__)) \
            QSEAMSTRESS_FAIL_ACTION; \
    } while (false)

#define QSEAMSTRESS_ENTER(executor) QSEAMSTRESS_VERB(testEnter, executor)
#define QSEAMSTRESS_ADVANCE(executor) QSEAMSTRESS_VERB(testAdvance, executor)
#define QSEAMSTRESS_RUN_TO(executor, point) QSEAMSTRESS_VERB(testRunTo, executor, point)
#define QSEAMSTRESS_EXIT(executor) QSEAMSTRESS_VERB(testExit, executor)
#define QSEAMSTRESS_WAIT_FOR_HIT(breakpoint) QSEAMSTRESS_VERB(testWaitForHit, breakpoint)

// Variadic, since the preprocessor splits a lambda's captures at their commas.
#define QSEAMSTRESS_THREAD(name, ...) QSEAMSTRESS_EXECUTOR(QSeamstressThread, name, __VA_ARGS__)
#define QSEAMSTRESS_PROCESS(name, ...) QSEAMSTRESS_EXECUTOR(QSeamstressProcess, name, __VA_ARGS__)
#define QSEAMSTRESS_TASK(name, ...) QSEAMSTRESS_EXECUTOR(QSeamstressTask, name, __VA_ARGS__)

// Common part of the macros above. Not part of the API.
#define QSEAMSTRESS_EXECUTOR(type, name, ...) \
    type name { __VA_ARGS__ }; \
    name.setObjectName(#name); \
    QSEAMSTRESS_ENTER(name)

#endif // QSEAMSTRESSTEST_H
