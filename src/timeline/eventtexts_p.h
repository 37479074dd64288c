// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

#ifndef EVENTTEXTS_P_H
#define EVENTTEXTS_P_H

#include <QtCore/QString>

#include "qseamstresserror.h"

// How a timeline calls what happened.
namespace QSeamstressPrivate {

inline QString haltedText(const QString &point)
{
    return point.isEmpty() ? QStringLiteral("halted") : QStringLiteral("halted at \"%1\"").arg(point);
}

inline QString failedText(const QSeamstressError &error)
{
    return error.exceptionType().isEmpty() ? QStringLiteral("failed") : QStringLiteral("threw %1").arg(error.exceptionType());
}

} // namespace QSeamstressPrivate

#endif // EVENTTEXTS_P_H
