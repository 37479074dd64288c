// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

#ifndef TROUBLES_P_H
#define TROUBLES_P_H

#include <QtCore/QList>
#include <QtCore/QStringList>

#include <atomic>

#include <sys/types.h>

#include "spinlock_p.h"

namespace QSeamstressScheduler {

// Why time does not pass as the test expects.
enum class Trouble {
    None,
    BusyThread, // the test waits, and another thread does not rest
    BusyTest, // the test polls, and never waits
    ManualMode, // the test waits for a time that nobody lets pass
    ManualModeForEver, // the test and all others wait, and nobody lets time pass
    ReadsClock, // a thread reads the clock, and never waits
};

// What the test is told: errors, which fail it, and warnings.
class Troubles
{
public:
    // call: the function in which the test waits. restless: what restlessText() says.
    void tell(Trouble trouble, qint64 timeout, const char *call, const QString &restless);
    void add(const QString &error);
    QStringList take();
    void forgetWarnings();

private:
    SpinLock m_lock;
    QStringList m_errors;
    std::atomic<bool> m_hasWarnedOfReads = false;
    std::atomic<bool> m_hasWarnedOfManualMode = false;
};

QString threadName(pid_t thread);
// "the thread "worker" (4711) does not rest". 0: no thread was seen that does not.
QString restlessText(pid_t thread, pid_t threadOfTheClock);

} // namespace QSeamstressScheduler

#endif // TROUBLES_P_H
