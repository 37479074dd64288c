// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

#include "standstill_p.h"

#include "../platform/platform_p.h"
#include "activitytext_p.h"
#include "standingthreads_p.h"

namespace QSeamstressPrivate {

StandStill::StandStill()
    : m_looks(lookAtOtherThreads())
{
}

QHash<qint64, QByteArray> lookAtOtherThreads()
{
    QHash<qint64, QByteArray> looks;
    const QList<qint64> standing = StandingThreads::instance().threads(); // they run only to examine others
    const QList<qint64> threads = threadIds();
    for (const qint64 thread : threads) {
        const bool isOther = thread != currentThreadId() && !standing.contains(thread);
        if (const QByteArray look = isOther ? lookAt(thread) : QByteArray(); !look.isEmpty())
            looks.insert(thread, look);
    }
    return looks;
}

static QString helperText(qint64 thread, const ActivityReport &report)
{
    const QString text = report.activity == ActivityReport::Unknown && report.detail == ActivityReport::None ? QStringLiteral("does something that this system does not report") : activityText(report);
    const QString time = report.endsWithin >= 0 ? QStringLiteral(", for at most %1 ms").arg(report.endsWithin / 1'000'000) : QString();
    return QStringLiteral("The thread %1 (%2), which runs no script, %3%4.").arg(thread).arg(threadName({ thread }), text, time);
}

QStringList StandStill::helpers(const QList<qint64> &scripts) const
{
    QStringList helpers;
    const SharedMemory shared;
    for (auto look = m_looks.cbegin(); look != m_looks.cend(); ++look) {
        const qint64 thread = look.key();
        if (const std::optional<ActivityReport> what = scripts.contains(thread) ? std::nullopt : whatEndsByItself(thread, shared))
            helpers.append(helperText(thread, *what));
    }
    if (mayATimerSendASignal())
        helpers.append(QStringLiteral("The program has a timer that sends it a signal."));
    if (helpers.isEmpty() && lookAtOtherThreads() != m_looks)
        helpers.append(QStringLiteral("Threads that run no script have just run."));
    return helpers;
}

bool StandStill::isStuck(const ActivityReport &report) const
{
    return report.waitsHere() && !mayEndByItself(report) && helpers({}).isEmpty();
}

} // namespace QSeamstressPrivate
