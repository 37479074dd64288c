// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

#ifndef EXCEPTIONCODEC_P_H
#define EXCEPTIONCODEC_P_H

#include <QtCore/QByteArray>

#include <exception>

namespace QSeamstressPrivate {

// Empty if another process could not make an exception of exactly this type from it. If it has a cause, that is sent within a QSeamstressException
// that has the type and the text of the exception. Never throws.
QByteArray encodeException(const std::exception_ptr &exception);

// Null if the bytes, which may come from anyone, are not an exception of a type that is known here. Never throws.
std::exception_ptr decodeException(const QByteArray &bytes);

// An exception that belongs to another one: in place of what cannot be sent, a QSeamstressException that has its type and text.
QByteArray encodeCause(const std::exception_ptr &cause);

} // namespace QSeamstressPrivate

#endif // EXCEPTIONCODEC_P_H
