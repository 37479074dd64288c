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
    \brief A place where a test may halt the thread that comes there.

    \sa {Halt inside production code}
*/

/*!
    \macro QSEAMSTRESS_PAUSE_POINT(name, value)
    \relates <QSeamstressPausePoint>

    Marks a place of production code, called \a name, where a test may halt the thread that comes there.

    It does what QSeamstress::pause(name, value) does: it halts a script, or any thread at a QSeamstressBreakpoint. Without either it does nothing, and does not look at \a name, a
    C string in UTF-8.

    The \a value may be left out: \c{QSEAMSTRESS_PAUSE_POINT("queued")}, \c{QSEAMSTRESS_PAUSE_POINT("queued", job.id)}. It is an integer, an unscoped enumerator, a
    bool, a double or float, a \c{const char *} in UTF-8, or another pointer to an object, which the test sees as a \c{const void *}. It is not evaluated in a program that does
    not contain QSeamstress. In parentheses if it has a comma.

    The header <QSeamstressPausePoint> includes no other, and there is nothing to link. It needs C++11. Every thread may pass such a place.

    On ELF systems such as Linux, a program that does not contain QSeamstress pays a load and a branch, one that contains it, runs no script and has no breakpoint a call more. With other object formats
    the macro is nothing, unless the code that uses it links QSeamstress; this is not tested.

    \sa QSEAMSTRESS_NO_PAUSE_POINTS
*/

/*!
    \macro QSEAMSTRESS_NO_PAUSE_POINTS
    \relates <QSeamstressPausePoint>

    If this is defined before <QSeamstressPausePoint> is included, \l QSEAMSTRESS_PAUSE_POINT is nothing at all.

    A test cannot halt at the pause points of code that was compiled so.
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
    Halts the script that calls it here, until the test lets it go on. \a point is the name of the pause point, in UTF-8; \a value
    reaches the test as QSeamstressExecutor::pauseValue.

    It may be called at any depth, in the thread of the script only: a further thread that the script starts is no part of it, nor is any thread that the code under test makes. Such a
    thread halts here if a QSeamstressBreakpoint is armed at this point. Otherwise it goes on; a verb that fails tells that it has passed there. It blocks for as long as the test wants, and returns at once if the test has told the script
    to end, or to run to another point.

    Code that is not a test uses QSEAMSTRESS_PAUSE_POINT() instead, which needs no library.
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
