// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

#ifndef PLACETEXT_P_H
#define PLACETEXT_P_H

#include <QtCore/QString>

#include <optional>

namespace QSeamstressPrivate {

// Where a script is, or was, by the last pause point that it has reached; none if it has reached none.
inline QString placeText(const std::optional<QString> &lastPoint)
{
    if (!lastPoint)
        return QStringLiteral("before its first pause point");
    return lastPoint->isEmpty() ? QStringLiteral("after its last pause point") : QStringLiteral("after its pause point \"%1\"").arg(*lastPoint);
}

} // namespace QSeamstressPrivate

#endif // PLACETEXT_P_H
