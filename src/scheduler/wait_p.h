// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

#ifndef WAIT_P_H
#define WAIT_P_H

#include <atomic>

#include <poll.h>
#include <sys/types.h>

#include "moment_p.h"

namespace QSeamstressScheduler {

// When a wait ends: on the monotonic clock of the program, or on the wall clock, which can be set.
struct Deadline
{
    qint64 time = never; // ns
    bool isOnWallClock = false;

    static Deadline none() { return {}; }
    static Deadline in(qint64 nanoseconds); // from now on
    static Deadline in(const timespec &duration);
    static Deadline at(clockid_t clock, const timespec &time);
};

// What a wait for descriptors looks at; one of the three.
struct Descriptors
{
    const pollfd *polled = nullptr;
    nfds_t count = 0;
    int epoll = -1;
};

// One wait of a thread in an interposed function, on the stack of that thread. VirtualTime knows of all of them, also while there is no
// virtual time, so that it can take them over.
class Wait
{
public:
    // How the thread is woken up where it sleeps.
    enum class Kick { ByWord, ByFutex, ByCondition, BySignal, NotAtAll };
    struct Place
    {
        const char *call; // the interposed function, for messages
        Kick kick; // if it begins in virtual time
        Kick kickInRealTime = kick;
        void *object = nullptr; // the futex or the condition
        int futexFlags = 0;
        Descriptors descriptors = {};
    };

    Wait(const Place &place, const Deadline &deadline);
    ~Wait();
    Q_DISABLE_COPY_MOVE(Wait)

    // Whether only virtual time ends this wait: the kernel gets no time-out.
    bool isVirtual() const { return m_isVirtual; }
    // To be called before the thread blocks, if what it waits for has not come yet. May be over at once, if this is the only thread.
    void announce();
    // Whether its time has come. Also notices that a clock was created or destroyed in the meantime.
    bool isOver();
    // Whether it was woken up to look at isOver().
    bool wasKicked();
    bool isWoken() const { return m_state == Woken; } // by wakeOne() or wakeAll()
    // The time for the kernel, until the deadline in real time. -1: none
    qint64 remaining() const;

    // Sleeps on its own word, until isOver() or isWoken(). Returns false if a signal handler has run.
    bool sleep();

    const Place place;

private:
    friend class VirtualTime;
    enum State { Waits, TimedOut, Woken };

    void kick();

    Deadline m_deadline;
    Kick m_kick;
    std::atomic<bool> m_isVirtual = false;
    std::atomic<State> m_state = Waits;
    std::atomic<quint32> m_word = 0;
    std::atomic<quint32> m_kicks = 0;
    quint32 m_kicksSeen = 0;
    pid_t m_thread = 0;
    quint64 m_number = 0; // in the order in which waits begin
    Wait *m_next = nullptr;
    Wait *m_previous = nullptr;
};

} // namespace QSeamstressScheduler

#endif // WAIT_P_H
