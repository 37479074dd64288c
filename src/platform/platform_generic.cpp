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

bool mayEndByItself(const ActivityReport &, const SharedMemory &, const QList<qint64> &)
{
    return true;
}

std::optional<ActivityReport> whatEndsByItself(qint64, const SharedMemory &)
{
    return ActivityReport();
}

bool isOnStack(quintptr, quintptr)
{
    return false;
}

bool mayATimerSendASignal()
{
    return true;
}

QByteArray lookAt(qint64)
{
    return {};
}

SharedMemory::SharedMemory(qint64) { }

bool SharedMemory::contains(quintptr) const
{
    return !m_pieces;
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
