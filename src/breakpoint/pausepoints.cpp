// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

#include "../base/pausepointlistener_p.h"

#include "../script/passedpoints_p.h"
#include "../script/scriptrunner_p.h"
#include "armedbreakpoints_p.h"
#include "qseamstressnamespace.h"
#include "qseamstresspausepoint.h"

using namespace QSeamstressPrivate;

std::atomic<int> PausePointListener::count = 0;

/*!
    \headerfile <QSeamstressPausePoint>
    \inmodule QSeamstress
    \title Pause Points for Production Code
    \brief A place where a test can pause the thread that reaches it.

    \sa {Pause inside production code}
*/

/*!
    \macro QSEAMSTRESS_PAUSE_POINT(name, value)
    \relates <QSeamstressPausePoint>

    Marks a place in production code, called \a name, where a test can pause the thread that reaches it.

    It does what QSeamstress::pause(name, value) does: it pauses a script, or any thread at a QSeamstressBreakpoint. If neither applies, it
    does nothing and does not read \a name, a C string in UTF-8.

    The \a value is optional: \c{QSEAMSTRESS_PAUSE_POINT("queued")}, \c{QSEAMSTRESS_PAUSE_POINT("queued", job.id)}. It is an integer, an
    unscoped enumerator, a bool, a double or float, a \c{const char *} in UTF-8, or a pointer to another object, which the test receives as
    a \c{const void *}. A program that does not contain QSeamstress does not evaluate it. Enclose a value that contains a comma in
    parentheses.

    The header <QSeamstressPausePoint> includes no other header and requires no library. It needs C++11. Any thread may reach a pause point.

    On ELF systems such as Linux, the macro costs a load and a branch in a program that does not contain QSeamstress, and an additional call
    in one that contains it but runs no script and has no breakpoint. With other object formats, the macro expands to nothing unless the
    code that uses it links QSeamstress; this is not tested.

    \sa QSEAMSTRESS_NO_PAUSE_POINTS
*/

/*!
    \macro QSEAMSTRESS_NO_PAUSE_POINTS
    \relates <QSeamstressPausePoint>

    If this is defined before <QSeamstressPausePoint> is included, \l QSEAMSTRESS_PAUSE_POINT expands to nothing.

    A test cannot pause at the pause points of code that is compiled this way.
*/

extern "C" QSEAMSTRESS_EXPORT void qseamstress_pause_point(const char *name)
{
    if (PausePointListener::isThere())
        QSeamstress::pause(name);
}

static QVariant toVariant(const qseamstress_value &value)
{
    switch (value.kind) {
    case qseamstress_value::Bool:
        return value.as.boolean;
    case qseamstress_value::Int:
        return value.as.integer;
    case qseamstress_value::UnsignedInt:
        return value.as.unsignedInteger;
    case qseamstress_value::Long:
        return value.as.longInteger;
    case qseamstress_value::UnsignedLong:
        return value.as.unsignedLongInteger;
    case qseamstress_value::Double:
        return value.as.number;
    case qseamstress_value::Text:
        return QString::fromUtf8(value.as.text);
    case qseamstress_value::Pointer:
        return QVariant::fromValue(value.as.pointer);
    }
    return {};
}

extern "C" QSEAMSTRESS_EXPORT void qseamstress_pause_point_with_value(const char *name, qseamstress_value value)
{
    if (PausePointListener::isThere())
        QSeamstress::pause(name, toVariant(value));
}

/*!
    Pauses the calling script here until the test lets it continue. \a point is the name of the pause point, in UTF-8; the test receives
    \a value as QSeamstressExecutor::pauseValue.

    Call it at any depth, but only in the thread of the script: other threads, created by the script or by the code under test, are not
    part of the script. They pause here if a QSeamstressBreakpoint is armed at this point. Otherwise they continue; a verb that
    fails reports that they have passed this point. The function blocks until the test lets the script continue, and returns at once
    if the test has asked the script to finish or to run to another point.

    Code that is not a test uses QSEAMSTRESS_PAUSE_POINT() instead, which requires no library.
*/
void QSeamstress::pause(const char *point, const QVariant &value)
{
    if (!PausePointListener::isThere())
        return;
    if (ScriptRunner *runner = ScriptRunner::current())
        runner->pauseInPlainCode(QString::fromUtf8(point), value);
    else
        PointsWithoutScript::pass(point);
    reachBreakpoints(point, value);
}
