// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

#ifndef ACTIVITYREPORT_P_H
#define ACTIVITYREPORT_P_H

#include <QtCore/QString>

namespace QSeamstressPrivate {

// What a thread or a script does this instant, as data. activitytext_p.h puts it into words.
struct ActivityReport
{
    // In the order of QSeamstressExecutor::Activity.
    enum Activity { NotRunning, Halted, Computing, Blocked, Sleeping, InEventLoop, Unknown, Awaiting };
    // Where more is known than that.
    enum Detail { None,
                  IsEnding, // its thread
                  NoFreeDescriptor, // to look at it with
                  LivesInAnotherThread, // its executor does
                  StartsProcess,
                  HasNotBegun,
                  PoolIsBusy, // of that many threads: number
                  UnknownCall, // of the system: number
                  RunsEventLoop, // while it is halted
                  HeldForEver, // at its pause point, without its config
                  AtBreakpoint, // of this name: what
                  InStep, // of a task
                  WaitsForTurn, // of the event loop
                  TriesAgain }; // to lock what lies at the address
    // If it is blocked: on what.
    enum WaitsFor { Anything, // the outside as well: an answer, a signal
                    Memory,
                    FileLock };

    Activity activity = Unknown;
    Detail detail = None;
    qint64 number = 0;
    Activity whileItself = Unknown; // Halted or Awaiting: this is what a slot does meanwhile

    WaitsFor waitsFor = Anything;
    const char *call = nullptr; // the system call in which it waits
    QString what = {}; // what that is about, in a few words: a path, "pipe:[123]", "a signal"; or what it awaits
    quintptr address = 0; // of Memory: a lock, a condition, a semaphore
    qint64 processId = 0; // in whose memory; 0: this one
    QString lockName = {}; // how messages call what lies there
    QString lockType = {}; // or of which type it is, if that is known
    bool isAnsweredFromOutside = false; // it may be woken by anybody: by a socket, a pipe, another process
    bool endsByItself = false; // the wait has a time-out
    qint64 endsWithin = -1; // ns, at most; -1: not known
    quintptr stackPointer = 0; // of its thread
    quint64 cpuTime = 0; // ns on a CPU so far, if it is blocked: another number than before tells that it has been awake

    // In co_await: it gets on when that is there, which may come from anywhere.
    static ActivityReport awaiting(const QString &what) { return { .activity = Awaiting, .what = what, .isAnsweredFromOutside = true }; }

    bool waitsHere() const { return waitsFor == Memory && processId == 0; }
    // Both times, for the same.
    bool isSameWait(const ActivityReport &other) const
    {
        return (activity == Blocked || activity == Awaiting) && activity == other.activity && detail == other.detail && call == other.call && address == other.address && what == other.what;
    }
};

} // namespace QSeamstressPrivate

#endif // ACTIVITYREPORT_P_H
