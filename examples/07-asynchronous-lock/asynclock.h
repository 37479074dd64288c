// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

#ifndef ASYNCLOCK_H
#define ASYNCLOCK_H

#include <QFuture>
#include <QFutureWatcher>
#include <QObject>
#include <QPointer>
#include <QPromise>

#include <deque>
#include <memory>

// An asynchronous lock for the tasks of one event loop: waiting for it does not block the event loop. First come, first served.
class AsyncLock : public QObject
{
    Q_OBJECT

public:
    // Holds the lock and releases it on destruction. It may outlive the AsyncLock.
    class Guard
    {
    public:
        Guard(Guard &&other) noexcept;
        Guard &operator=(Guard &&other) = delete;
        ~Guard();

    private:
        friend class AsyncLock;
        explicit Guard(AsyncLock *lock);

        QPointer<AsyncLock> m_lock;
    };

    // The future finishes with the guard when it is the caller's turn. Cancel the future to give up: it then finishes without a guard,
    // and the lock passes to the next waiter. It also passes on if the last copy of the future is destroyed before the guard is taken.
    //
    // Take the guard with takeResult() in a slot of a QFutureWatcher, or with co_await, but not in then(): a continuation runs inside
    // QPromise::finish(), and QPromise in Qt 6.4 crashes if the result is taken there.
    QFuture<Guard> lock();
    qsizetype waiting() const;

private:
    struct Waiter
    {
        QPromise<Guard> promise;
        std::unique_ptr<QFutureWatcher<Guard>> watcher;
    };

    void grantTo(QPromise<Guard> promise);
    void passOn();
    void dismissWhoGaveUp();

    bool m_isLocked = false;
    std::deque<Waiter> m_waiters;
};

#endif // ASYNCLOCK_H
