// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

#include "stepwatchdog_p.h"

#include <QtCore/QStringList>

#include <algorithm>
#include <condition_variable>
#include <mutex>
#include <semaphore>
#include <system_error>
#include <thread>
#include <utility>
#include <vector>

#include "../executor/messages_p.h"
#include "../platform/scheduler_p.h"

namespace QSeamstressPrivate {

// Shorter steps never cause a warning, even if pauseTimeout is 0.
static constexpr int shortestComplaint = 100; // ms
// The watchdog's thread ends after being idle for this time.
static constexpr int idleTime = 1000; // ms

namespace {

// Checks the watched threads in a thread of its own, which runs only while there are any and is joined when the program ends.
class Watchdog
{
public:
    static Watchdog &instance()
    {
        // Never destroyed: a static executor may still run its script at program exit.
        static auto *const watchdog = new Watchdog;
        static const struct Joiner
        {
            ~Joiner() { watchdog->end(); }
        } joiner;
        return *watchdog;
    }

    void add(WatchedThread *thread)
    {
        const std::lock_guard lock(m_mutex);
        m_watched.push_back(thread);
        m_wasUsed = true;
        if (m_ended)
            return;
        if (!m_isRunning)
            start();
        else if (thread->deadline() < m_nextLook)
            m_condition.notify_one();
    }

    void remove(WatchedThread *thread)
    {
        const std::lock_guard lock(m_mutex);
        std::erase(m_watched, thread);
    }

private:
    void start()
    {
        if (m_thread.joinable())
            m_thread.join(); // it has finished its work
        try {
            m_thread = std::thread([this] { run(); });
            m_isNamed.acquire(); // from the start, code that lists all threads can recognise it by name
            m_isRunning = true;
        } catch (const std::system_error &) {
            // The system could not create a thread: no warnings are printed.
        }
    }

    void run()
    {
        becomeOwnThread();
        m_isNamed.release();
        std::unique_lock lock(m_mutex);
        while (!m_ended) {
            look(lock);
            const bool wasUsed = std::exchange(m_wasUsed, false);
            if (!wasUsed && m_watched.empty())
                break;
            m_nextLook = QDeadlineTimer(idleTime);
            for (const WatchedThread *thread : m_watched)
                m_nextLook = std::min(m_nextLook, thread->deadline());
            m_condition.wait_until(lock, m_nextLook.deadline<std::chrono::steady_clock>());
        }
        m_isRunning = false;
    }

    void look(std::unique_lock<std::mutex> &lock)
    {
        QStringList complaints;
        for (WatchedThread *thread : m_watched) {
            if (const QString complaint = thread->complaint(); !complaint.isEmpty())
                complaints.append(complaint);
        }
        // Without the lock, since the message handler may be user code.
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
    std::binary_semaphore m_isNamed{ 0 };
    bool m_isRunning = false;
    bool m_ended = false;
    bool m_wasUsed = false;
    QDeadlineTimer m_nextLook;
    std::vector<WatchedThread *> m_watched;
};

} // namespace

WatchedThread::WatchedThread(int milliseconds)
    : m_milliseconds(milliseconds < 0 ? milliseconds : std::max(milliseconds, shortestComplaint))
    , m_threadId(currentThreadId())
    , m_eventLoop(EventLoopWatch::ofCurrentThread())
    , m_turns(m_eventLoop->turns())
    , m_patience(Patience::fromProperty(m_milliseconds))
{
}

void WatchedThread::beginWatching()
{
    m_step = step();
    if (m_milliseconds >= 0)
        Watchdog::instance().add(this);
}

void WatchedThread::endWatching()
{
    if (m_milliseconds >= 0)
        Watchdog::instance().remove(this);
}

QString WatchedThread::complaint()
{
    if (m_patience.tick())
        return {};
    QString complaint;
    const quint64 step = this->step();
    // A step may run a nested event loop, for example in a verb of another executor. The test then keeps running, until that takes too
    // long. An event loop that was waiting at the previous check may have woken up only now.
    const quint64 turns = m_eventLoop->turns();
    const bool isWaiting = m_eventLoop->isWaiting();
    const bool isInEventLoop = turns != m_turns || isWaiting || m_wasWaiting;
    if (step != m_step) {
        m_hasComplained = false;
    } else if (step != noStep && isInEventLoop) {
        hasEventLoop(step);
    } else if (step != noStep && !m_hasComplained) {
        m_hasComplained = true;
        complaint = text(m_patience, activityOfThread({ m_threadId }, [this] { return m_eventLoop->isWaiting(); }));
    }
    m_step = step;
    m_turns = turns;
    m_wasWaiting = isWaiting;
    m_patience = Patience::fromProperty(m_milliseconds);
    return complaint;
}

WatchedStep::WatchedStep(const QString &name, Mailbox &mailbox, int milliseconds)
    : WatchedThread(milliseconds)
    , m_name(name)
    , m_mailbox(mailbox)
{
    beginWatching();
}

WatchedStep::~WatchedStep()
{
    endWatching();
    m_mailbox.forgetEventLoop();
}

QString WatchedStep::text(const Patience &patience, const ActivityReport &activity) const
{
    return blockedEventLoopText(m_name, patience, m_mailbox.passedPoints(), activity);
}

} // namespace QSeamstressPrivate
