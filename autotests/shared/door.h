// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

// Doors of both kinds: a script that co_awaits pass() waits there until the test opens, once for each time that it passes.

#ifndef DOOR_H
#define DOOR_H

#include <QFuture>
#include <QPromise>

#include <atomic>
#include <deque>
#include <semaphore>

class DoorBetweenThreads
{
public:
    QFuture<void> pass()
    {
        ++m_arrived;
        m_semaphore.acquire();
        return QtFuture::makeReadyFuture();
    }
    void open(int times = 1) { m_semaphore.release(times); }
    // Whoever waits, or comes later in this test, passes: no test leaves a script behind a closed door.
    void openForGood() { open(1000); }
    int arrived() const { return m_arrived; } // how often a script has come here, waiting or not

private:
    std::counting_semaphore<> m_semaphore{ 0 };
    std::atomic<int> m_arrived = 0;
};

// For scripts in the thread of the test, which must not wait by blocking.
class DoorOnTheEventLoop
{
public:
    QFuture<void> pass()
    {
        ++m_arrived;
        if (m_openings > 0) {
            --m_openings;
            return QtFuture::makeReadyFuture();
        }
        QPromise<void> &waiting = m_waiting.emplace_back();
        waiting.start();
        return waiting.future();
    }
    void open(int times = 1)
    {
        for (; times > 0 && !m_waiting.empty(); --times) {
            m_waiting.front().finish();
            m_waiting.pop_front();
        }
        m_openings += times;
    }
    void openForGood() { open(1000); }
    int arrived() const { return m_arrived; }

private:
    int m_openings = 0;
    int m_arrived = 0;
    std::deque<QPromise<void>> m_waiting;
};

#endif // DOOR_H
