// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

#include "qseamstressexception.h"

/*!
    \class QSeamstressException
    \inmodule QSeamstress
    \brief Wraps a QSeamstressError as an exception.

    QSeamstressError::raise() throws this class for errors that hold no other exception. In a script, co_await throws it if a QFuture
    finishes without a result.

    \sa QSeamstressError
*/

/*!
    Constructs an exception that holds \a error.
*/
QSeamstressException::QSeamstressException(const QSeamstressError &error)
    : m_error(error)
    , m_what(error.message().toUtf8())
{
}

/*!
    Constructs a copy of \a other.
*/
QSeamstressException::QSeamstressException(const QSeamstressException &other) = default;
/*!
    Destroys the exception.
*/
QSeamstressException::~QSeamstressException() = default;

/*!
    Returns the error that the exception holds.
*/
QSeamstressError QSeamstressException::error() const
{
    return m_error;
}

/*!
    Returns the message of error() in UTF-8. The pointer is valid for the lifetime of the exception.
*/
const char *QSeamstressException::what() const noexcept
{
    return m_what.constData();
}

/*!
    Throws a copy of the exception.
*/
void QSeamstressException::raise() const
{
    throw *this;
}

/*!
    Returns a copy of the exception. The caller takes ownership.
*/
QSeamstressException *QSeamstressException::clone() const
{
    return new QSeamstressException(*this);
}
