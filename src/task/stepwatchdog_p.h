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

// A thread that may run user code that does not return, so that no verb in this thread can time out. If the thread stays in one step for
// longer than milliseconds and its event loop does not run, the watchdog's thread prints a warning, once for each step. If its event
// loop runs, the watched thread can report that itself.
class WatchedThread
{
public:
    virtual ~WatchedThread() = default;
    Q_DISABLE_COPY_MOVE(WatchedThread)

    // Called by the watchdog's thread. Empty if there is nothing to report, or it was already reported.
    QString complaint();
    QDeadlineTimer deadline() const { return m_patience.deadline(); } // of the next check

protected:
    explicit WatchedThread(int milliseconds); // -1: the thread is not watched
    // Called in the constructor and destructor of the class that implements step().
    void beginWatching();
    void endWatching();

    static constexpr quint64 noStep = 0;
    virtual quint64 step() const = 0; // a number, different for each step
    virtual QString text(const Patience &patience, const ActivityReport &activity) const = 0;
    // Called repeatedly by the watchdog's thread while an event loop has been running in that step for longer than milliseconds. The
    // watched thread has to report it.
    virtual void hasEventLoop(quint64 step) = 0;

private:
    const int m_milliseconds;
    const qint64 m_threadId;
    const std::shared_ptr<const EventLoopWatch> m_eventLoop;
    quint64 m_turns;
    bool m_wasWaiting = false; // at the last check
    quint64 m_step = noStep;
    bool m_hasComplained = false; // about that step
    Patience m_patience;
};

// One step of a task, while it runs.
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
