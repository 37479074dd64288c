// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

#include "platform_p.h"

namespace QSeamstressPrivate {

bool isDebuggerAttached()
{
    return false;
}

qint64 currentThreadId()
{
    return -1;
}

bool isActivityAvailable()
{
    return false;
}

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

ActivityReport activityOfProcess(qint64)
{
    return {};
}

void closeFilesOnExec()
{
}

ActivityReport activityOfThread(qint64, bool)
{
    return {};
}

} // namespace QSeamstressPrivate
