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

// A lock among those who share one event loop: whoever waits for it does not block the others. First come, first served.
class AsyncLock : public QObject
{
    Q_OBJECT

public:
    // Holds the lock, and gives it back when it is destroyed. It may outlive the lock.
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

    // Finishes with the guard when it is the caller's turn. To cancel it is to give up: it finishes without a guard, and the turn is
    // the next one's. It is also the next one's if the last copy of the future goes away before somebody took the guard.
    //
    // Take it by takeResult() in a slot of a QFutureWatcher, or by co_await, not in then(): a continuation runs inside
    // QPromise::finish(), and the QPromise of Qt 6.4 crashes if its result is taken there.
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
