// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

#include "processes_p.h"

namespace QSeamstressPrivate {

CodePlace placeOf(void (*)())
{
    return {};
}

void (*functionAt(const CodePlace &))()
{
    return nullptr;
}

QString signalName(int number)
{
    return QStringLiteral("signal %1").arg(number);
}

void closeFilesOnExec()
{
}

} // namespace QSeamstressPrivate
