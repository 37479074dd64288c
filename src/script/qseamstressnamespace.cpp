// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

#include "qseamstressnamespace.h"

#include "qseamstressversion.h"
#include "scriptrunner_p.h"

using namespace QSeamstressPrivate;

/*!
    \namespace QSeamstress
    \inmodule QSeamstress
    \inheaderfile QSeamstressNamespace
    \brief Contains functions and types for scripts and test programs.

    The headers of the executors include <QSeamstressNamespace>.
*/

/*!
    \class QSeamstress::Pause
    \inmodule QSeamstress
    \inheaderfile QSeamstressNamespace
    \brief A pause point of a coroutine, for use with co_yield.

    A string literal converts to a Pause, so \c{co_yield "locked"} pauses at a pause point named "locked".

    The test can read the value with QSeamstressExecutor::pauseValue:

    \snippet tst_snippets.cpp value

    Some braced lists need the local variable: g++ 12 rejects \c{co_yield QSeamstress::Pause("n", QVariantList{1, "two"})} with the error
    "array used as initializer".

    \sa QSeamstressScript
*/

/*!
    \variable QSeamstress::Pause::point
    \brief the name of the pause point; empty if it has none.
*/

/*!
    \variable QSeamstress::Pause::value
    \brief the value that the script passes to the test.
*/

/*!
    Constructs a pause point with the name \a point, in UTF-8, and the value \a value. Both are copied.
*/
QSeamstress::Pause::Pause(const char *point, const QVariant &value)
    : point(QString::fromUtf8(point))
    , value(value)
{
}

/*!
    \overload
*/
QSeamstress::Pause::Pause(const QString &point, const QVariant &value)
    : point(point)
    , value(value)
{
}

/*!
    Returns \c true if the caller runs inside a script, in the thread of that script.
*/
bool QSeamstress::isInScript()
{
    return ScriptRunner::current() != nullptr;
}

/*!
    Returns the version of the library at run time. For the version at compile time, see \c QSEAMSTRESS_VERSION_STR in
    <QSeamstressVersion>.
*/
QVersionNumber QSeamstress::version()
{
    return { QSEAMSTRESS_VERSION_MAJOR, QSEAMSTRESS_VERSION_MINOR, QSEAMSTRESS_VERSION_PATCH };
}

/*!
    \headerfile <QSeamstressVersion>
    \inmodule QSeamstress
    \title Version Macros
    \brief The version of the headers.

    \table
    \header \li Macro \li Value
    \row \li \c QSEAMSTRESS_VERSION_STR \li The version as a string, such as \c{"0.2.0"}.
    \row \li \c QSEAMSTRESS_VERSION_MAJOR, \c QSEAMSTRESS_VERSION_MINOR, \c QSEAMSTRESS_VERSION_PATCH \li The components of the version, as numbers.
    \row \li \c QSEAMSTRESS_VERSION \li The version as a number, for comparisons: \c{#if QSEAMSTRESS_VERSION >= QT_VERSION_CHECK(0, 2, 0)}.
    \endtable

    \sa {QSeamstress::version}{QSeamstress::version()}
*/
