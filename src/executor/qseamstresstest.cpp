// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

#include "qseamstresstest.h"

#include <QtCore/QPointer>

#include <type_traits>

#include "../timeline/failurehandler_p.h"

/*!
    \headerfile <QSeamstressTest>
    \inmodule QSeamstress
    \title Macros for Tests
    \brief Verbs that fail the test at their own line.

    <QSeamstressTest> includes all executors, and QSeamstressBreakpoint.

    Each macro fails the test if the verb fails, and returns from the function that it stands in. So that function returns \c void,
    as test functions of QTest do. The failure has the error's message, the timeline of the test, and the file and the line of the
    macro. Of a macro of several lines this is the first one with g++, and the last one with clang++.

    From Qt 6.8 on the macro throws instead of returning where QVERIFY does: where \c QTEST_THROW_ON_FAIL is defined, or set in the
    environment, and after QTest::setThrowOnFail(true). An error that a destructor reports fails the test without being thrown.

    \sa {The timeline}, QSeamstress::setFailureHandler()
*/

/*!
    \macro QSEAMSTRESS_ENTER(executor)
    \relates <QSeamstressTest>

    Calls enter() of \a executor. If that returns \c false, fails the test at this line and returns.
*/

/*!
    \macro QSEAMSTRESS_ADVANCE(executor)
    \relates <QSeamstressTest>

    Calls advance() of \a executor. If that returns \c false, fails the test at this line and returns.
*/

/*!
    \macro QSEAMSTRESS_RUN_TO(executor, point)
    \relates <QSeamstressTest>

    Calls runTo() of \a executor with \a point, a QString. If that returns \c false, fails the test at this line and returns.
*/

/*!
    \macro QSEAMSTRESS_EXIT(executor)
    \relates <QSeamstressTest>

    Calls exit() of \a executor. If that returns \c false, fails the test at this line and returns.
*/

/*!
    \macro QSEAMSTRESS_WAIT_FOR_HIT(breakpoint)
    \relates <QSeamstressTest>

    Calls QSeamstressBreakpoint::waitForHit() of \a breakpoint. If that returns \c false, fails the test at this line and returns.
*/

/*!
    \macro QSEAMSTRESS_THREAD(name, ...)
    \relates <QSeamstressTest>

    Declares a QSeamstressThread called \a name, both the variable and its object name, made from the other arguments, and enters
    it. If that fails, fails the test at this line and returns.

    \snippet 01-contested-lock/tst_contestedlock.cpp one line

    The thread exits at the end of the scope, by the destructor. An error of its tear-down fails the test there.

    These are several statements, so the macro cannot be the body of an \c if without braces.
*/

/*!
    \macro QSEAMSTRESS_PROCESS(name, ...)
    \relates <QSeamstressTest>

    Declares a QSeamstressProcess called \a name, as QSEAMSTRESS_THREAD() declares a QSeamstressThread. The other arguments are the
    script, and the arguments that are sent to it.
*/

/*!
    \macro QSEAMSTRESS_TASK(name, ...)
    \relates <QSeamstressTest>

    Declares a QSeamstressTask called \a name, as QSEAMSTRESS_THREAD() declares a QSeamstressThread.

    \snippet tst_snippets.cpp task
*/

namespace QSeamstressPrivate {

template <class Object, class Call>
static bool test(Object &object, const char *file, int line, Call call)
{
    const QPointer<Object> alive(&object);
    if (call())
        return true;
    const auto name = std::is_same_v<Object, QSeamstressBreakpoint> ? QLatin1String("breakpoint") : QLatin1String("executor");
    reportFailure(alive ? alive->errorString() : QStringLiteral("The %1 was deleted by a slot while the test waited for it.").arg(name), file, line);
    return false;
}

bool testEnter(QSeamstressExecutor &executor, const char *file, int line)
{
    return test(executor, file, line, [&executor] { return executor.enter(); });
}

bool testAdvance(QSeamstressExecutor &executor, const char *file, int line)
{
    return test(executor, file, line, [&executor] { return executor.advance(); });
}

bool testRunTo(QSeamstressExecutor &executor, const QString &point, const char *file, int line)
{
    return test(executor, file, line, [&executor, &point] { return executor.runTo(point); });
}

bool testExit(QSeamstressExecutor &executor, const char *file, int line)
{
    return test(executor, file, line, [&executor] { return executor.exit(); });
}

bool testWaitForHit(QSeamstressBreakpoint &breakpoint, const char *file, int line)
{
    return test(breakpoint, file, line, [&breakpoint] { return breakpoint.waitForHit(); });
}

} // namespace QSeamstressPrivate
