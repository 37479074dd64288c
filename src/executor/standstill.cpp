// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

#include "standstill_p.h"

#include "../platform/platform_p.h"
#include "standingthreads_p.h"

namespace QSeamstressPrivate {

StandStill::StandStill()
    : m_looks(lookAtOtherThreads())
{
}

QHash<qint64, QByteArray> lookAtOtherThreads()
{
    QHash<qint64, QByteArray> looks;
    const QList<qint64> standing = StandingThreads::instance().threads(); // they run only to look at others themselves
    const QList<qint64> threads = threadIds();
    for (const qint64 thread : threads) {
        const bool isOther = thread != currentThreadId() && !standing.contains(thread);
        if (const QByteArray look = isOther ? lookAt(thread) : QByteArray(); !look.isEmpty())
            looks.insert(thread, look);
    }
    return looks;
}

QStringList StandStill::helpers(const QList<qint64> &scripts) const
{
    QStringList helpers;
    const SharedMemory shared;
    for (auto look = m_looks.cbegin(); look != m_looks.cend(); ++look) {
        const qint64 thread = look.key();
        const QString what = scripts.contains(thread) ? QString() : whatEndsByItself(thread, shared);
        if (!what.isEmpty())
            helpers.append(QStringLiteral("The thread %1 (%2), which runs no script, %3.").arg(thread).arg(threadName({ thread }), what));
    }
    if (mayATimerSendASignal())
        helpers.append(QStringLiteral("A timer of the program sends it a signal."));
    if (helpers.isEmpty() && lookAtOtherThreads() != m_looks)
        helpers.append(QStringLiteral("Threads that run no script have just run."));
    return helpers;
}

bool StandStill::isStuck(const ActivityReport &report) const
{
    const bool isForEver = report.activity == QSeamstressExecutor::Blocked && !report.endsByItself && report.waitsHere && !SharedMemory().contains(report.address);
    return isForEver && helpers({}).isEmpty();
}

} // namespace QSeamstressPrivate
