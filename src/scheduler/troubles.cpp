// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

#include "troubles_p.h"

#include <mutex>

#include "../platform/proc_linux_p.h"
#include "moment_p.h"

using QSeamstressPrivate::Look;
using QSeamstressPrivate::ProcFile;

namespace QSeamstressScheduler {

void Troubles::tell(Trouble trouble, qint64 timeout, const char *call, const QString &restless)
{
    const qint64 patience = timeout / millisecond;
    switch (trouble) {
    case Trouble::None:
        break;
    case Trouble::BusyThread:
        return add(QStringLiteral("The test has waited for a time for %1 ms, but %2, so no virtual time could pass. From then on it ran at its real pace. Let the other thread end or wait first.")
                       .arg(patience)
                       .arg(restless));
    case Trouble::BusyTest:
        return add(QStringLiteral("The thread of the clock has been busy for %1 ms without ever waiting, probably with a timer of 0 ms, so no virtual time could pass. From then on it ran at its "
                                  "real pace. Stop such a timer before the test waits for a time.")
                       .arg(patience));
    case Trouble::ManualMode:
        return add(QStringLiteral("The test waits in %1() for a time that only itself can let pass, since the clock is in Manual mode. Call advance() instead, or use Automatic mode.")
                       .arg(QLatin1String(call)));
    case Trouble::ManualModeForEver:
        if (!m_hasWarnedOfManualMode.exchange(true)) {
            qWarning("QSeamstressClock: The test has waited for %lld ms, and so do all other threads, in virtual time that only the test itself can let pass, since the clock is in Manual mode. "
                     "Call advance() before, or use Automatic mode.",
                     static_cast<long long>(patience));
        }
        break;
    case Trouble::ReadsClock:
        if (!m_hasWarnedOfReads.exchange(true)) {
            qWarning("QSeamstressClock: A thread reads the clock again and again without ever waiting, for 100 ms now, so virtual time runs at its real pace meanwhile. Let it wait for a "
                     "time-out instead, or sleep.");
        }
        break;
    }
}

void Troubles::add(const QString &error)
{
    const std::lock_guard lock(m_lock);
    m_errors.append(error);
}

QStringList Troubles::take()
{
    const std::lock_guard lock(m_lock);
    return std::exchange(m_errors, {});
}

void Troubles::forgetWarnings()
{
    m_hasWarnedOfReads = m_hasWarnedOfManualMode = false;
}

QString threadName(pid_t thread)
{
    return QString::fromLocal8Bit(ProcFile(Look::path("comm", { thread }).data()).text()).trimmed();
}

QString restlessText(pid_t thread, pid_t threadOfTheClock)
{
    if (thread == 0)
        return QStringLiteral("threads have kept waking each other up");
    if (thread == threadOfTheClock)
        return QStringLiteral("the thread of the clock itself does not rest");
    return QStringLiteral("the thread \"%1\" (%2) does not rest").arg(threadName(thread)).arg(thread);
}

} // namespace QSeamstressScheduler
