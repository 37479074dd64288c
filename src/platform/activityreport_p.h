// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

#ifndef ACTIVITYREPORT_P_H
#define ACTIVITYREPORT_P_H

#include <QtCore/QString>

namespace QSeamstressPrivate {

// What a thread or a script is doing right now, as data. activitytext_p.h formats it as text.
struct ActivityReport
{
    // Same order as QSeamstressExecutor::Activity.
    enum Activity { NotRunning, Halted, Computing, Blocked, Sleeping, InEventLoop, Unknown, Awaiting };
    // More details, where known.
    enum Detail { None,
                  IsEnding, // the thread is
                  NoFreeDescriptor, // to inspect the thread with
                  LivesInAnotherThread, // the executor does
                  StartsProcess,
                  HasNotBegun,
                  PoolIsBusy, // number: the maximum thread count of the pool
                  UnknownCall, // number: the system call
                  RunsEventLoop, // while paused
                  HeldForEver, // paused forever, because its config is gone
                  AtBreakpoint, // what: the name of the breakpoint
                  InStep, // a task is
                  WaitsForTurn, // in the event loop
                  TriesAgain }; // polls the lock at the address with try_lock
    // What it is blocked on.
    enum WaitsFor { Anything, // including external events: a reply, a signal
                    Memory,
                    FileLock };

    Activity activity = Unknown;
    Detail detail = None;
    qint64 number = 0;
    Activity whileItself = Unknown; // Halted or Awaiting: the report describes a slot that runs in that state

    WaitsFor waitsFor = Anything;
    const char *call = nullptr; // the system call that blocks
    QString what = {}; // what the call waits for, in a few words: a path, "pipe:[123]", "a signal"; or what is awaited
    quintptr address = 0; // for Memory: of the lock, condition variable or semaphore
    qint64 processId = 0; // whose memory it is; 0: this process
    QString lockName = {}; // the name of the lock in messages
    QString lockType = {}; // the type of the lock, if known
    bool isAnsweredFromOutside = false; // anything may wake it up: a socket, a pipe, another process
    bool endsByItself = false; // the wait has a time-out
    qint64 endsWithin = -1; // ns, at most; -1: unknown
    quintptr stackPointer = 0; // of the thread
    quint64 cpuTime = 0; // ns of CPU time so far, if blocked: a change means that it has been awake

    // In co_await: it resumes when the awaited result arrives, which any source may provide.
    static ActivityReport awaiting(const QString &what) { return { .activity = Awaiting, .what = what, .isAnsweredFromOutside = true }; }

    bool waitsHere() const { return waitsFor == Memory && processId == 0; }
    // True if both reports describe a wait for the same thing.
    bool isSameWait(const ActivityReport &other) const
    {
        return (activity == Blocked || activity == Awaiting) && activity == other.activity && detail == other.detail && call == other.call && address == other.address && what == other.what;
    }
};

} // namespace QSeamstressPrivate

#endif // ACTIVITYREPORT_P_H
