// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

#include "stepwatchdog_p.h"

#include <QtCore/QStringList>

#include <algorithm>
#include <condition_variable>
#include <mutex>
#include <system_error>
#include <thread>
#include <utility>
#include <vector>

#include "../executor/messages_p.h"
#include "../platform/platform_p.h"

namespace QSeamstressPrivate {

// Shorter steps are never complained of, also with a pauseTimeout of 0.
static constexpr int shortestComplaint = 100; // ms
// The thread ends when there has been no step for so long.
static constexpr int idleTime = 1000; // ms

namespace {

// The thread that looks at the steps. It runs only while there are any, and is joined when the program ends.
class Watchdog
{
public:
    static Watchdog &instance()
    {
        // Never destroyed: a static executor may still run its script when the program ends.
        static auto *const watchdog = new Watchdog;
        static const struct Joiner
        {
            ~Joiner() { watchdog->end(); }
        } joiner;
        return *watchdog;
    }

    void add(WatchedStep *step)
    {
        const std::lock_guard lock(m_mutex);
        m_steps.push_back(step);
        m_wasUsed = true;
        if (m_ended)
            return;
        if (!m_isRunning)
            start();
        else if (step->deadline() < m_nextLook)
            m_condition.notify_one();
    }

    void remove(WatchedStep *step)
    {
        const std::lock_guard lock(m_mutex);
        std::erase(m_steps, step);
    }

private:
    void start()
    {
        if (m_thread.joinable())
            m_thread.join(); // it has nothing left to do
        try {
            m_thread = std::thread([this] { run(); });
            m_isRunning = true;
        } catch (const std::system_error &) {
            // The system gives no thread: then nobody complains.
        }
    }

    void run()
    {
        std::unique_lock lock(m_mutex);
        while (!m_ended) {
            look(lock);
            const bool wasUsed = std::exchange(m_wasUsed, false);
            if (!wasUsed && m_steps.empty())
                break;
            m_nextLook = QDeadlineTimer(idleTime);
            for (const WatchedStep *step : m_steps)
                m_nextLook = std::min(m_nextLook, step->deadline());
            m_condition.wait_until(lock, m_nextLook.deadline<std::chrono::steady_clock>());
        }
        m_isRunning = false;
    }

    void look(std::unique_lock<std::mutex> &lock)
    {
        QStringList complaints;
        for (WatchedStep *step : m_steps) {
            if (const QString complaint = step->complaint(); !complaint.isEmpty())
                complaints.append(complaint);
        }
        // Without the lock: the message handler may be the user's.
        lock.unlock();
        for (const QString &complaint : std::as_const(complaints))
            qWarning("%s", qPrintable(complaint));
        lock.lock();
    }

    void end()
    {
        {
            const std::lock_guard lock(m_mutex);
            m_ended = true;
        }
        m_condition.notify_one();
        if (m_thread.joinable())
            m_thread.join();
    }

    std::mutex m_mutex;
    std::condition_variable m_condition;
    std::thread m_thread;
    bool m_isRunning = false;
    bool m_ended = false;
    bool m_wasUsed = false;
    QDeadlineTimer m_nextLook;
    std::vector<WatchedStep *> m_steps;
};

} // namespace

WatchedStep::WatchedStep(const QString &name, const Mailbox &mailbox, int milliseconds)
    : m_name(name)
    , m_mailbox(mailbox)
    , m_milliseconds(milliseconds < 0 ? milliseconds : std::max(milliseconds, shortestComplaint))
    , m_threadId(currentThreadId())
    , m_eventLoop(EventLoopWatch::ofCurrentThread())
    , m_turns(m_eventLoop->turns())
    , m_patience(Patience::fromProperty(m_milliseconds))
{
    if (m_milliseconds >= 0)
        Watchdog::instance().add(this);
}

WatchedStep::~WatchedStep()
{
    if (m_milliseconds >= 0)
        Watchdog::instance().remove(this);
}

QString WatchedStep::complaint()
{
    if (m_hasComplained || !m_patience.isOver())
        return {};
    // A step may run an event loop of its own, in a verb of another executor perhaps: then the test goes on.
    if (const quint64 turns = m_eventLoop->turns(); m_eventLoop->isWaiting() || turns != m_turns) {
        m_turns = turns;
        m_patience = Patience::fromProperty(m_milliseconds);
        return {};
    }
    m_hasComplained = true;
    return blockedEventLoopText(m_name, m_patience, m_mailbox.passedPoints(), activityOfThread({ m_threadId }, [this] { return m_eventLoop->isWaiting(); }));
}

QDeadlineTimer WatchedStep::deadline() const
{
    return m_hasComplained ? QDeadlineTimer(QDeadlineTimer::Forever) : m_patience.deadline();
}

} // namespace QSeamstressPrivate
