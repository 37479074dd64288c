// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

#ifndef STEPWATCHDOG_P_H
#define STEPWATCHDOG_P_H

#include <memory>

#include "../base/eventloopwatch_p.h"
#include "../base/patience_p.h"
#include "../executor/mailbox_p.h"
#include "../platform/platform_p.h"

namespace QSeamstressPrivate {

// A thread that may run code of the user which does not return, so that no verb there can time out. If it stays in one step for longer than
// milliseconds, and its event loop does not turn, a thread of the library prints a warning, once for each such step. If the event loop
// does, it can say so itself.
class WatchedThread
{
public:
    virtual ~WatchedThread() = default;
    Q_DISABLE_COPY_MOVE(WatchedThread)

    // Called by the watchdog's thread. Empty if there is nothing to say yet, or any more.
    QString complaint();
    QDeadlineTimer deadline() const { return m_patience.deadline(); } // when to look

protected:
    explicit WatchedThread(int milliseconds); // -1: it is not watched
    // In the constructor and destructor of the class that says what the step is.
    void beginWatching();
    void endWatching();

    static constexpr quint64 noStep = 0;
    virtual quint64 step() const = 0; // a number, another one for each step
    virtual QString text(const Patience &patience, const ActivityReport &activity) const = 0;
    // Called by the watchdog's thread: an event loop runs in that step, for longer than milliseconds; again as long as it does. It is
    // for the thread that is watched to say so.
    virtual void hasEventLoop(quint64 step) = 0;

private:
    const int m_milliseconds;
    const qint64 m_threadId;
    const std::shared_ptr<const EventLoopWatch> m_eventLoop;
    quint64 m_turns;
    bool m_wasWaiting = false; // at the last look
    quint64 m_step = noStep;
    bool m_hasComplained = false; // of that step
    Patience m_patience;
};

// One step of a task, for as long as it runs.
class WatchedStep final : public WatchedThread
{
public:
    WatchedStep(const QString &name, Mailbox &mailbox, int milliseconds);
    ~WatchedStep() override;

private:
    quint64 step() const override { return 1; }
    QString text(const Patience &patience, const ActivityReport &activity) const override;
    void hasEventLoop(quint64) override { m_mailbox.tellOfEventLoop(); }

    const QString &m_name;
    Mailbox &m_mailbox;
};

} // namespace QSeamstressPrivate

#endif // STEPWATCHDOG_P_H
