// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

// Doors: a script that co_awaits pass() waits there until the test calls open(), once for each pass. All copies are the same door.

#ifndef DOOR_H
#define DOOR_H

#include <QFuture>
#include <QPromise>

#include <atomic>
#include <deque>
#include <memory>
#include <semaphore>

#include "../shared/readyfuture.h"

class DoorBetweenThreads
{
public:
    QFuture<void> pass()
    {
        ++m_state->arrived;
        m_state->semaphore.acquire();
        return readyFuture();
    }
    void open(int times = 1) { m_state->semaphore.release(times); }
    // Opens the door for every script that waits now or arrives later in this test, so that none is left behind a closed door.
    void openForGood() { open(1000); }
    int arrived() const { return m_state->arrived; } // how often a script has arrived, whether or not it had to wait

private:
    struct State
    {
        std::counting_semaphore<> semaphore{ 0 };
        std::atomic<int> arrived = 0;
    };
    std::shared_ptr<State> m_state = std::make_shared<State>();
};

// For scripts in the thread of the test, which must not block.
class DoorOnTheEventLoop
{
public:
    QFuture<void> pass()
    {
        ++m_state->arrived;
        if (m_state->openings > 0) {
            --m_state->openings;
            return readyFuture();
        }
        QPromise<void> &waiting = m_state->waiting.emplace_back();
        waiting.start();
        return waiting.future();
    }
    void open(int times = 1)
    {
        for (; times > 0 && !m_state->waiting.empty(); --times) {
            m_state->waiting.front().finish();
            m_state->waiting.pop_front();
        }
        m_state->openings += times;
    }
    void openForGood() { open(1000); }
    int arrived() const { return m_state->arrived; }

private:
    struct State
    {
        int openings = 0;
        int arrived = 0;
        std::deque<QPromise<void>> waiting;
    };
    std::shared_ptr<State> m_state = std::make_shared<State>();
};

#endif // DOOR_H
