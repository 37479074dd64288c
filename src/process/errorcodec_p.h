// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

#ifndef ERRORCODEC_P_H
#define ERRORCODEC_P_H

#include <QtCore/QByteArray>
#include <QtCore/QList>

#include <optional>

#include "qseamstresserror.h"

namespace QSeamstressPrivate {

// The errors with the exceptions behind them, as far as those can be sent; message and type of the others are sent all the same.
QByteArray encodeErrors(const QList<QSeamstressError> &errors);

// Nothing if the bytes, which may come from anyone, are not a list of errors. An exception of a type that is not known here is left out.
std::optional<QList<QSeamstressError>> decodeErrors(const QByteArray &bytes);

} // namespace QSeamstressPrivate

#endif // ERRORCODEC_P_H
