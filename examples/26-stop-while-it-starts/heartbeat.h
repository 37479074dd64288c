// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

#ifndef HEARTBEAT_H
#define HEARTBEAT_H

#include <QSeamstressPausePoint>

#include <QThread>

#include <atomic>
#include <memory>

// Beats in its own thread from start() to stop().
class Heartbeat
{
public:
    // Where m_isRunning is set to true. In the thread, it is too late: it overwrites an earlier stop(), and the thread beats forever.
    enum class SaysSo { Thread, // the bug
                        Start }; // the fix

    explicit Heartbeat(SaysSo who)
        : m_who(who)
    {
    }
    ~Heartbeat()
    {
        stop();
        wait();
    }

    void start()
    {
        if (m_who == SaysSo::Start)
            m_isRunning = true;
        m_thread.reset(QThread::create([this] { run(); }));
        m_thread->start();
    }
    void stop() { m_isRunning = false; }
    bool wait() { return m_thread->wait(); }

private:
    void run()
    {
        QSEAMSTRESS_PAUSE_POINT("starting");
        if (m_who == SaysSo::Thread)
            m_isRunning = true;
        while (m_isRunning) {
            QSEAMSTRESS_PAUSE_POINT("beat");
            QThread::msleep(1);
        }
    }

    const SaysSo m_who;
    std::atomic<bool> m_isRunning = false;
    std::unique_ptr<QThread> m_thread;
};

#endif // HEARTBEAT_H
