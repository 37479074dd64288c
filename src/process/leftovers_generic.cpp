// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

#include "leftovers_p.h"

#include <QtCore/QCoreApplication>

namespace QSeamstressPrivate {

ProcessIdentity thisProcess()
{
    return { static_cast<quint64>(QCoreApplication::applicationPid()), 0, 0 };
}

// Windows leaves nothing behind. Other platforms do not report the owners, so nothing is removed.
void removeLeftovers(const QString &)
{
}

void sweepLeftovers()
{
}

} // namespace QSeamstressPrivate
