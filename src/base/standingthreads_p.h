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

// The threads that stand at breakpoints, in the order in which they came: halted there, or waiting for their turn. None of them gets on by itself.
// Any thread may call this.
class StandingThreads
{
public:
    static StandingThreads &instance();
    static void forgetInForkedChild(); // where there are none

    void addCurrentThread(const QString &point, const void *owner); // owner: whoever can let it go
    void remove(std::thread::id thread); // by whoever lets it go, so that it is not taken for one that stands before it runs
    bool isCurrentThreadFirst(const void *owner) const; // of those of this owner
    QString pointOf(std::thread::id thread) const; // null if it does not stand
    QList<qint64> threads() const;

    // A thread that found all breakpoints taken after turn() waits until one has been left since.
    quint64 turn() const;
    void waitForNextTurn(quint64 turn, const QString &point);
    void nextTurn();

private:
    struct Standing
    {
        std::thread::id id;
        qint64 thread; // of currentThreadId()
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
