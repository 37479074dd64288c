// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

// The platform-specific functions. One .cpp file per platform implements them.

#ifndef PLATFORM_P_H
#define PLATFORM_P_H

#include <QtCore/QList>
#include <QtCore/QString>

#include <functional>
#include <optional>
#include <utility>

#include "activityreport_p.h"

namespace QSeamstressPrivate {

bool isDebuggerAttached();

// The system's ID of the calling thread, -1 if there is none.
qint64 currentThreadId();

struct SystemThread
{
    qint64 threadId; // as returned by currentThreadId()
    qint64 processId = 0; // another process of this user; 0: this process
};

// Whether the system reports what a thread is doing.
bool isActivityAvailable();
// What a thread is doing right now. isInEventLoop returns whether the thread, if it polls, does so in Qt's event loop. It is called between
// the looks at the thread, since an earlier answer may be out of date.
ActivityReport activityOfThread(const SystemThread &thread, const std::function<bool()> &isInEventLoop);
// Whether the thread exists in this process; false if the system does not report it.
bool isThreadThere(qint64 threadId);
// All threads of a process. 0 is this process, here and below.
QList<qint64> threadIds(qint64 processId = 0);
// The name of the library's own threads, which never unblock a script.
inline constexpr char nameOfOwnThreads[] = "QSeamstress";
void nameThisThread(const char *name); // at most 15 characters
QString threadName(const SystemThread &thread);
// The memory that a process shares with other processes.
class SharedMemory
{
public:
    explicit SharedMemory(qint64 processId = 0); // a snapshot
    bool contains(quintptr address) const; // true if unknown

private:
    std::optional<QList<std::pair<quintptr, quintptr>>> m_pieces; // begin and end of each mapping
};
// Whether an address lies on the stack of the thread in this process that has this stack pointer.
bool isOnStack(quintptr address, quintptr stackPointer);
// Whether the reported wait may end without another thread of this process: through a time-out, an external event or another process. A
// file lock that one of the processes holds does not count as external.
bool mayEndByItself(const ActivityReport &report, const SharedMemory &shared = SharedMemory(), const QList<qint64> &processes = { 0 });
// What a thread is doing, if that may end in this way. Empty if only another thread can wake it up, or if it is an idle pool thread.
std::optional<ActivityReport> whatEndsByItself(qint64 thread, const SharedMemory &shared = SharedMemory());
// Whether a timer of the program is running that sends a signal, since the signal handler may unblock a script.
bool mayATimerSendASignal();
// A snapshot of a thread. Equal snapshots mean that it did not run in between. Empty for threads that never unblock a script, such as the
// library's own.
QByteArray lookAt(qint64 thread);
// Whether some thread of the system is runnable but all CPUs are busy; false if unknown.
bool isAnyThreadKeptWaiting();
// The owner of the C library's mutex at this address, -1 if unknown: other locks do not store their owner.
qint64 ownerOfLock(quintptr address);

} // namespace QSeamstressPrivate

#endif // PLATFORM_P_H
