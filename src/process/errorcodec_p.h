// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

#ifndef ERRORCODEC_P_H
#define ERRORCODEC_P_H

#include <QtCore/QByteArray>
#include <QtCore/QList>

#include <optional>

#include "qseamstresserror.h"

namespace QSeamstressPrivate {

// The errors with their exceptions, as far as those can be sent. For the others only the message and the type are sent.
QByteArray encodeErrors(const QList<QSeamstressError> &errors);

// Empty if the bytes, which are untrusted, are not a list of errors. Exceptions of types that are unknown here are left out.
std::optional<QList<QSeamstressError>> decodeErrors(const QByteArray &bytes);

} // namespace QSeamstressPrivate

#endif // ERRORCODEC_P_H
