// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

#include "platform_p.h"

namespace QSeamstressPrivate {

bool isDebuggerAttached()
{
    return false;
}

bool isErrorOutputATerminal()
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

ActivityReport activityOfThread(const SystemThread &, const std::function<bool()> &)
{
    return {};
}

bool isThreadThere(qint64)
{
    return false;
}

QList<qint64> threadIds(qint64)
{
    return {};
}

void nameThisThread(const char *) { }

QString threadName(const SystemThread &)
{
    return {};
}

QString whatEndsByItself(qint64, const SharedMemory &)
{
    return QStringLiteral("does what this system does not tell");
}

bool isOnStack(quintptr, quintptr)
{
    return false;
}

bool mayBeFreedInItsProcess(qint64, quintptr)
{
    return true;
}

bool mayATimerSendASignal()
{
    return true;
}

QByteArray lookAt(qint64)
{
    return {};
}

bool isFileLockHeldOutside(qint64, const QList<qint64> &)
{
    return true;
}

SharedMemory::SharedMemory(qint64) { }

bool SharedMemory::contains(quintptr) const
{
    return !m_isKnown;
}

bool isAnyThreadKeptWaiting()
{
    return false;
}

qint64 ownerOfLock(quintptr)
{
    return -1;
}

} // namespace QSeamstressPrivate
