// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

#include "qseamstressexception.h"

/*!
    \class QSeamstressException
    \inmodule QSeamstress
    \brief An error of QSeamstress, as an exception.

    QSeamstressError::raise() throws it for errors behind which there is no other exception. In a script, co_await throws it if a
    QFuture has ended without a result.

    \sa QSeamstressError
*/

/*!
    Makes an exception that carries \a error.
*/
QSeamstressException::QSeamstressException(const QSeamstressError &error)
    : m_error(error)
    , m_what(error.message().toUtf8())
{
}

/*!
    Makes a copy of \a other.
*/
QSeamstressException::QSeamstressException(const QSeamstressException &other) = default;
/*!
    Destroys the exception.
*/
QSeamstressException::~QSeamstressException() = default;

/*!
    Returns the error that the exception carries.
*/
QSeamstressError QSeamstressException::error() const
{
    return m_error;
}

/*!
    Returns the message of error() in UTF-8. It is valid as long as the exception.
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
    Returns a copy of the exception, which the caller owns.
*/
QSeamstressException *QSeamstressException::clone() const
{
    return new QSeamstressException(*this);
}
