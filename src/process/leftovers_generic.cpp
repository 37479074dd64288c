// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

#include "leftovers_p.h"

#include <QtCore/QCoreApplication>

namespace QSeamstressPrivate {

ProcessIdentity thisProcess()
{
    return { static_cast<quint64>(QCoreApplication::applicationPid()), 0, 0 };
}

// Windows keeps nothing. Elsewhere nothing is known of the owners, so nothing is taken from them.
void removeLeftovers(const QString &)
{
}

void sweepLeftovers()
{
}

} // namespace QSeamstressPrivate
