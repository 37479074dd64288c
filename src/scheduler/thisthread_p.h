// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

#ifndef THISTHREAD_P_H
#define THISTHREAD_P_H

#include <QtCore/QtGlobal>

#include <array>

#include <poll.h>
#include <sys/types.h>

namespace QSeamstressScheduler {

// What the library knows of the calling thread. Has no constructor and no destructor, so that it can be used from the thread's first to its
// last moment.
struct ThisThread
{
    int realTime; // greater than 0: the clocks and waits of this thread are real
    int isInLibrary; // 1 where those of QSeamstress itself are
    bool isInLayer; // holds the lock of this library
    unsigned calls; // of interposed functions, with which it is found out whether they are called
    pid_t id; // 0 if not yet known
    bool hasWaitedForCondition; // with a time-out
    bool canBeKicked; // see KickSignal
    int overdueWaits; // in a row, each of which began after its deadline
    unsigned clockReads; // since the last wait
    qint64 busySince; // CPU time of this thread, ns
    // The descriptors of the last poll, if that did not wait and no other wait came after it.
    std::array<pollfd, 32> polled;
    nfds_t polledCount;
    qint64 firstEmptyPoll; // real time of the first poll without a time-out since the last wait, 0 if there is none

    bool isReal() const { return realTime > 0 || isInLibrary != 0; }
    // Whether an interposed function is to call the real one, and nothing else.
    bool bypasses()
    {
        ++calls;
        return isReal() || isInLayer;
    }
    pid_t threadId();
};

extern constinit thread_local ThisThread thisThread;

// The waits and clocks of this thread are real while it exists.
class RealSection
{
public:
    RealSection() { ++thisThread.realTime; }
    ~RealSection() { --thisThread.realTime; }
    Q_DISABLE_COPY_MOVE(RealSection)
};

} // namespace QSeamstressScheduler

#endif // THISTHREAD_P_H
