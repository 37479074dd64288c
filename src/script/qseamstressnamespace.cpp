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
    \brief What scripts and test programs use beside the classes.

    The headers of the executors include <QSeamstressNamespace>.
*/

/*!
    \class QSeamstress::Pause
    \inmodule QSeamstress
    \inheaderfile QSeamstressNamespace
    \brief A pause point of a coroutine: what co_yield takes.

    A name in quotes converts to it, so \c{co_yield "locked"} halts at a pause point called "locked".

    The value reaches the test as QSeamstressExecutor::pauseValue:

    \snippet tst_snippets.cpp value

    The local variable is needed for a braced list: g++ 12 refuses \c{co_yield QSeamstress::Pause("n", QVariantList{1, "two"})} with
    the message "array used as initializer".

    \sa QSeamstressScript
*/

/*!
    \variable QSeamstress::Pause::point
    \brief the name of the pause point; empty if it has none.
*/

/*!
    \variable QSeamstress::Pause::value
    \brief the value that the script gives the test there.
*/

/*!
    Makes a pause point with the name \a point, in UTF-8, and \a value. Both are copied.
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
    Returns \c true if the caller runs inside a script, in the script's thread.
*/
bool QSeamstress::isInScript()
{
    return ScriptRunner::current() != nullptr;
}

/*!
    Returns the version of the library that the program runs with. The one that it was compiled with is \c QSEAMSTRESS_VERSION_STR, in
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
    \row \li \c QSEAMSTRESS_VERSION_STR \li The version as text, such as \c{"0.2.0"}.
    \row \li \c QSEAMSTRESS_VERSION_MAJOR, \c QSEAMSTRESS_VERSION_MINOR, \c QSEAMSTRESS_VERSION_PATCH \li Its parts, as numbers.
    \row \li \c QSEAMSTRESS_VERSION \li A number to compare: \c{#if QSEAMSTRESS_VERSION >= QT_VERSION_CHECK(0, 2, 0)}.
    \endtable

    \sa QSeamstress::version()
*/
