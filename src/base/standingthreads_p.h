// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

#ifndef STANDINGTHREADS_P_H
#define STANDINGTHREADS_P_H

#include <QtCore/QList>
#include <QtCore/QString>

#include <condition_variable>
#include <mutex>
#include <thread>

namespace QSeamstressPrivate {

// The threads at breakpoints, in the order of their arrival: paused there, or waiting for their turn. None of them continues on its own.
// Any thread may call this.
class StandingThreads
{
public:
    static StandingThreads &instance();
    static void forgetInForkedChild(); // which has no such threads

    void addCurrentThread(const QString &point, const void *owner); // owner: what can resume the thread
    void remove(std::thread::id thread); // called on resume, so that a thread that does not run yet no longer counts as paused
    bool isCurrentThreadFirst(const void *owner) const; // among the threads of this owner
    QString pointOf(std::thread::id thread) const; // null if it is not at a breakpoint
    QList<qint64> threads() const;

    // A thread that found all breakpoints taken after turn() waits until a thread has left one.
    quint64 turn() const;
    void waitForNextTurn(quint64 turn, const QString &point);
    void nextTurn();

private:
    struct Standing
    {
        std::thread::id id;
        qint64 thread; // as returned by currentThreadId()
        QString point;
        const void *owner; // null if it waits for its turn
    };

    mutable std::mutex m_mutex;
    std::condition_variable m_changed;
    QList<Standing> m_standing;
    quint64 m_turn = 0;
};

} // namespace QSeamstressPrivate

#endif // STANDINGTHREADS_P_H
