// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

#include "startedthread_p.h"

#include "../platform/platform_p.h"
#include "../script/errordata_p.h"

namespace QSeamstressPrivate {

QSeamstressError startThread(QThread &thread, const QString &name, const QString &origin)
{
    if (!origin.isEmpty())
        thread.setObjectName(origin); // also the name that gdb and top show
    thread.start();
    if (thread.isRunning() || thread.isFinished())
        return {};
    return ErrorData::make(QSeamstressError::FailedToStart,
                           QStringLiteral("%1 could not start: the system gave no thread. End other threads, or raise the limits of processes and memory.").arg(name), origin);
}

bool joinThread(QThread &thread, qint64 threadId, QDeadlineTimer deadline)
{
    if (!thread.wait(deadline))
        return false;
    static constexpr int patience = 100; // ms; another thread may have the number by then
    for (const QDeadlineTimer end(patience); isThreadThere(threadId) && !end.hasExpired();)
        QThread::yieldCurrentThread();
    return true;
}

} // namespace QSeamstressPrivate
