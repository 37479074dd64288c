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
    \brief Verbs that fail the test at the line that calls them.

    <QSeamstressTest> includes all executors, and QSeamstressBreakpoint.

    Each macro fails the test if the verb fails, and returns from the calling function. That function must therefore return \c void, as
    QTest functions do. The failure contains the error's message, the timeline of the test, and the file and the line of the macro. For a
    macro that spans several lines, this is the first line with g++, and the last line with clang++.

    Since Qt 6.8, the macro throws instead of returning in the same cases as QVERIFY: if \c QTEST_THROW_ON_FAIL is defined or set in the
    environment, and after QTest::setThrowOnFail(true). An error that a destructor reports fails the test but is not thrown.

    \sa {The timeline}, {QSeamstress::setFailureHandler}{QSeamstress::setFailureHandler()}
*/

/*!
    \macro QSEAMSTRESS_ENTER(executor)
    \relates <QSeamstressTest>

    Calls enter() of \a executor. If it returns \c false, fails the test at this line and returns.
*/

/*!
    \macro QSEAMSTRESS_ADVANCE(executor)
    \relates <QSeamstressTest>

    Calls advance() of \a executor. If it returns \c false, fails the test at this line and returns.
*/

/*!
    \macro QSEAMSTRESS_RUN_TO(executor, point)
    \relates <QSeamstressTest>

    Calls runTo() of \a executor with \a point, a QString. If it returns \c false, fails the test at this line and returns.
*/

/*!
    \macro QSEAMSTRESS_EXIT(executor)
    \relates <QSeamstressTest>

    Calls exit() of \a executor. If it returns \c false, fails the test at this line and returns.
*/

/*!
    \macro QSEAMSTRESS_WAIT_FOR_HIT(breakpoint)
    \relates <QSeamstressTest>

    Calls QSeamstressBreakpoint::waitForHit() of \a breakpoint. If it returns \c false, fails the test at this line and returns.
*/

/*!
    \macro QSEAMSTRESS_THREAD(name, ...)
    \relates <QSeamstressTest>

    Declares a QSeamstressThread with the variable name and object name \a name, constructs it from the other arguments, and enters it. If
    that fails, fails the test at this line and returns.

    \snippet 01-contested-lock/tst_contestedlock.cpp one line

    The destructor lets the script run to its end when the scope ends. An error in the script's tear-down fails the test there.

    The macro expands to several statements, so it cannot be the body of an \c if without braces.
*/

/*!
    \macro QSEAMSTRESS_PROCESS(name, ...)
    \relates <QSeamstressTest>

    Declares a QSeamstressProcess with the name \a name, as QSEAMSTRESS_THREAD() does for a QSeamstressThread. The other arguments are the
    script and the arguments that are sent to it.
*/

/*!
    \macro QSEAMSTRESS_TASK(name, ...)
    \relates <QSeamstressTest>

    Declares a QSeamstressTask with the name \a name, as QSEAMSTRESS_THREAD() does for a QSeamstressThread.

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
    reportFailure(alive ? alive->errorString() : QStringLiteral("The %1 was deleted by a slot while the test was waiting for it.").arg(name), file, line);
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
