// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

#ifndef WORKER_H
#define WORKER_H

#include <QSeamstressPausePoint>

#include <QThread>

#include <atomic>
#include <memory>

// Code under test that makes a thread itself.
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
        m_thread.reset(QThread::create([this] {
            m_steps = 1;
            QSEAMSTRESS_PAUSE_POINT("half-way", 42);
            m_steps = 2;
        }));
        m_thread->start();
    }
    Q_INVOKABLE void wait()
    {
        if (m_thread)
            m_thread->wait();
    }

private:
    std::unique_ptr<QThread> m_thread;
    std::atomic<int> m_steps = 0;
};

#endif // WORKER_H
