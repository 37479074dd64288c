// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

#ifndef CROWD_P_H
#define CROWD_P_H

#include <QtCore/QtGlobal>

#include <algorithm>
#include <vector>

#include <sys/types.h>

#include "outside_p.h"

namespace QSeamstressScheduler {

// All threads of this process except the ignored ones.
class Crowd
{
public:
    // Whether the system reports what threads are doing.
    static bool isVisible();
    // Whether the calling thread is the only one. Ignored threads do not count.
    static bool isAlone();

    // Whether no thread runs, and none has been woken up. Threads are looked at one after the other, so one look at each would not notice
    // work that moves between them. Each is looked at twice: if it has not run in between, and nobody has woken it up by then, it was blocked
    // all the time, and hence all of them were at the moment between the two rounds.
    //
    // Calls the function between the two rounds, which themselves allocate nothing: no thread is to wait for the heap because of this one.
    template <class Function>
    bool isAtRest(Function inBetween)
    {
        const int tasks = beginLook();
        const bool isAtRest = tasks >= 0 && areAllInWaitingCalls(tasks) && (inBetween(), hasNobodyRunSince(tasks));
        endLook(tasks);
        return isAtRest;
    }
    // The thread because of which the last call returned false, 0 if it returned true.
    pid_t runner() const { return m_runner; }
    // Between the rounds: where that comes from for which threads wait that are in no known wait.
    template <class IsKnown>
    Origin origin(IsKnown isKnown) const
    {
        auto origin = Origin::Program;
        for (const Seen &thread : m_threads) {
            if (!isKnown(thread.id))
                origin = std::max(origin, originFor(thread));
        }
        return origin;
    }

private:
    struct Runs // changes when a thread runs
    {
        quint64 cpuTime; // ns
        quint64 count; // 0 if the system does not tell
        bool operator==(const Runs &) const = default;
    };
    struct Seen
    {
        pid_t id;
        Runs runs;
        long call;
        quint64 firstArgument;
        quint64 secondArgument;
    };

    int beginLook(); // returns the folder of the threads
    static void endLook(int tasks);
    bool areAllInWaitingCalls(int tasks);
    bool hasNobodyRunSince(int tasks);
    static Runs runsOf(int tasks, pid_t thread);
    static bool isInWaitingCall(int tasks, Seen &thread);
    static Origin originFor(const Seen &thread);

    std::vector<Seen> m_threads;
    pid_t m_runner = 0;
};

} // namespace QSeamstressScheduler

#endif // CROWD_P_H
