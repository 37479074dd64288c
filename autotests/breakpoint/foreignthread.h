// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

#ifndef FOREIGNTHREAD_H
#define FOREIGNTHREAD_H

#include <QThread>

#include <atomic>
#include <functional>
#include <memory>
#include <utility>

// Runs a function in a QThread called "worker", as code under test does. The destructor waits for it to end.
class ForeignThread
{
public:
    explicit ForeignThread(std::function<void()> function)
        : m_thread(QThread::create([this, function = std::move(function)] {
            function();
            m_hasEnded = true;
        }))
    {
        m_thread->setObjectName("worker");
        m_thread->start();
    }
    ~ForeignThread() { wait(); }
    Q_DISABLE_COPY_MOVE(ForeignThread)

    bool wait()
    {
        const bool hasEnded = m_thread->wait();
        static_cast<void>(m_hasEnded.load()); // ThreadSanitizer does not see QThread::wait()
        return hasEnded;
    }
    QThread *thread() const { return m_thread.get(); }

private:
    std::atomic<bool> m_hasEnded = false;
    const std::unique_ptr<QThread> m_thread;
};

#endif // FOREIGNTHREAD_H
