// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

#ifndef STEPWATCHDOG_P_H
#define STEPWATCHDOG_P_H

#include <memory>

#include "../executor/eventloopwatch_p.h"
#include "../executor/mailbox_p.h"
#include "../executor/patience_p.h"

namespace QSeamstressPrivate {

// One step of a task, for as long as it runs. If it keeps its event loop from running for longer than milliseconds, so that no verb
// can time out, a thread of the library prints a warning, once.
class WatchedStep
{
public:
    WatchedStep(const QString &name, const Mailbox &mailbox, int milliseconds);
    ~WatchedStep();
    Q_DISABLE_COPY_MOVE(WatchedStep)

    // Called by the watchdog's thread. Empty if there is nothing to say yet, or any more.
    QString complaint();
    QDeadlineTimer deadline() const; // when to look

private:
    const QString &m_name;
    const Mailbox &m_mailbox;
    const int m_milliseconds;
    const qint64 m_threadId;
    const std::shared_ptr<const EventLoopWatch> m_eventLoop;
    quint64 m_turns;
    Patience m_patience;
    bool m_hasComplained = false;
};

} // namespace QSeamstressPrivate

#endif // STEPWATCHDOG_P_H
