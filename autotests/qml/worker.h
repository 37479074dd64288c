// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

#ifndef WORKER_H
#define WORKER_H

#include <QSeamstressPausePoint>

#include <QObject>

#include <atomic>
#include <thread>

// Code under test that creates a thread itself. ThreadSanitizer knows what std::thread::join() waits for, unlike QThread::wait().
class Worker : public QObject
{
    Q_OBJECT

public:
    ~Worker() override { wait(); }
    Q_INVOKABLE int steps() const { return m_steps; }
    Q_INVOKABLE void start()
    {
        wait();
        m_steps = 0;
        m_thread = std::thread([this] {
            m_steps = 1;
            QSEAMSTRESS_PAUSE_POINT("half-way", 42);
            m_steps = 2;
        });
    }
    Q_INVOKABLE void wait()
    {
        if (m_thread.joinable())
            m_thread.join();
    }

private:
    std::atomic<int> m_steps = 0;
    std::thread m_thread;
};

#endif // WORKER_H
