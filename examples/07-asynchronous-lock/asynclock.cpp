// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

#include "asynclock.h"

#include <algorithm>
#include <iterator>
#include <utility>

AsyncLock::Guard::Guard(AsyncLock *lock)
    : m_lock(lock)
{
}

AsyncLock::Guard::Guard(Guard &&other) noexcept
    : m_lock(std::exchange(other.m_lock, nullptr))
{
}

AsyncLock::Guard::~Guard()
{
    if (m_lock)
        m_lock->passOn();
}

QFuture<AsyncLock::Guard> AsyncLock::lock()
{
    QPromise<Guard> promise;
    promise.start();
    QFuture<Guard> turn = promise.future();
    if (std::exchange(m_isLocked, true)) {
        auto watcher = std::make_unique<QFutureWatcher<Guard>>();
        // Queued, since the slot deletes the watcher.
        connect(watcher.get(), &QFutureWatcherBase::canceled, this, &AsyncLock::dismissWhoGaveUp, Qt::QueuedConnection);
        watcher->setFuture(turn);
        m_waiters.push_back({ std::move(promise), std::move(watcher) });
    } else {
        grantTo(std::move(promise));
    }
    return turn;
}

qsizetype AsyncLock::waiting() const
{
    return static_cast<qsizetype>(m_waiters.size());
}

void AsyncLock::grantTo(QPromise<Guard> promise)
{
    promise.addResult(Guard(this));
    promise.finish();
}

void AsyncLock::passOn()
{
    while (!m_waiters.empty()) {
        QPromise<Guard> next = std::move(m_waiters.front().promise);
        m_waiters.pop_front();
        if (!next.isCanceled()) // a cancelled waiter may not have been dismissed yet
            return grantTo(std::move(next));
    }
    m_isLocked = false;
}

void AsyncLock::dismissWhoGaveUp()
{
    const auto gaveUp = std::stable_partition(m_waiters.begin(), m_waiters.end(), [](const Waiter &waiter) { return !waiter.promise.isCanceled(); });
    // Destroying a promise finishes its future, whose continuation may call back into this lock. The queue is consistent by then.
    std::deque<Waiter> dismissed;
    std::move(gaveUp, m_waiters.end(), std::back_inserter(dismissed));
    m_waiters.erase(gaveUp, m_waiters.end());
}
