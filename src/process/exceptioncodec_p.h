// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

#ifndef EXCEPTIONCODEC_P_H
#define EXCEPTIONCODEC_P_H

#include <QtCore/QByteArray>

#include <exception>

namespace QSeamstressPrivate {

// Empty if another process could not recreate an exception of exactly this type. If such an exception has a cause, the cause is sent in a
// QSeamstressException with the type and the text of the exception. Never throws.
QByteArray encodeException(const std::exception_ptr &exception);

// Null if the bytes, which are untrusted, are not an exception of a type that is known here. Never throws.
std::exception_ptr decodeException(const QByteArray &bytes);

// An exception that is nested in another one. If it cannot be sent, a QSeamstressException with its type and text replaces it.
QByteArray encodeCause(const std::exception_ptr &cause);

} // namespace QSeamstressPrivate

#endif // EXCEPTIONCODEC_P_H
