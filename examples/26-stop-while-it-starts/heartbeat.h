// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

#ifndef HEARTBEAT_H
#define HEARTBEAT_H

#include <QSeamstressPausePoint>

#include <QThread>

#include <atomic>
#include <memory>

// Beats in a thread of its own, from start() to stop().
class Heartbeat
{
public:
    // Who says that it runs. If the thread does, it says so too late: a stop() that came before is forgotten, and it beats for ever.
    enum class SaysSo { Thread, // the fault
                        Start }; // the cure

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
