// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

// What differs from system to system. One .cpp file a system implements it.

#ifndef PLATFORM_P_H
#define PLATFORM_P_H

#include <QtCore/QList>
#include <QtCore/QString>

#include <functional>
#include <utility>

#include "qseamstressexecutor.h"

namespace QSeamstressPrivate {

bool isDebuggerAttached();
bool isErrorOutputATerminal();

// The system's number of the calling thread, -1 if it has none.
qint64 currentThreadId();

// How a report calls the place in memory where a thread waits, before it is known what lies there.
inline QString waitAddressText(quintptr address)
{
    return QStringLiteral("the lock, condition or semaphore at 0x%1").arg(address, 0, 16);
}

struct ActivityReport
{
    QSeamstressExecutor::Activity activity = QSeamstressExecutor::Unknown;
    QString text = {}; // completes "it ...": "is blocked in flock", "is computing"; empty if not known
    QString shortText = {}; // for the timeline, if it is blocked
    quintptr address = 0; // where it waits, if in memory
    quintptr stackPointer = 0; // of its thread then
    bool endsByItself = false; // its wait has a time-out
    qint64 endsWithin = -1; // ns, at most, if that is known
    bool isAnsweredFromOutside = false; // it waits for what may come from anywhere: a socket, a pipe, another process
    bool waitsHere = false; // in memory of this process
    bool waitsForAFile = false; // for a lock of one
    bool isAwaiting = false; // it waits in co_await, in an event loop
    quint64 cpuTime = 0; // ns on a CPU so far, if it is blocked: another number than before tells that it has been awake
};

struct SystemThread
{
    qint64 threadId; // of currentThreadId()
    qint64 processId = 0; // of another process of this user; 0: this one
};

// Whether the system tells what a thread does.
bool isActivityAvailable();
// What a thread does this instant. isInEventLoop tells whether it is Qt's event loop if it polls: it is asked while the
// thread is looked at, since what it said before may be out of date.
ActivityReport activityOfThread(const SystemThread &thread, const std::function<bool()> &isInEventLoop);
// Whether this process has the thread; false if the system does not tell.
bool isThreadThere(qint64 threadId);
// All threads of a process. 0 is this one, here and below.
QList<qint64> threadIds(qint64 processId = 0);
// How the threads of the library itself are called, which do nothing for others.
inline constexpr char nameOfOwnThreads[] = "QSeamstress";
void nameThisThread(const char *name); // of 15 characters at most
QString threadName(const SystemThread &thread);
// The memory of a process that is shared with others.
class SharedMemory
{
public:
    explicit SharedMemory(qint64 processId = 0); // as it is now
    bool contains(quintptr address) const; // or may

private:
    bool m_isKnown = false;
    QList<std::pair<quintptr, quintptr>> m_ranges; // from the first address to that behind the last one
};
// Whether an address lies on the stack of a thread of this process that has this stack pointer.
bool isOnStack(quintptr address, quintptr stackPointer);
// What a thread does that may end without another thread of this process: "is asleep in nanosleep, for 200 ms at most". Empty if it goes
// on only when another one wants it to, or is a thread of a pool that waits for work.
QString whatEndsByItself(qint64 thread, const SharedMemory &shared = SharedMemory());
// Whether the main thread of another process, which waits at this address, may be freed by another thread of its process, by a timer, or by
// another process that shares that memory.
bool mayBeFreedInItsProcess(qint64 processId, quintptr address);
// Whether a timer of the program runs that sends it a signal, whose handler may free somebody.
bool mayATimerSendASignal();
// What the system tells of a thread this instant. Equal looks mean that it has not run meanwhile. Empty of threads that do nothing for
// others, such as the library's own.
QByteArray lookAt(qint64 thread);
// Whether a lock of a file for which a thread of a process waits is held by none of these processes: somebody else may free it.
bool isFileLockHeldOutside(qint64 waiter, const QList<qint64> &processes);
// Whether some thread of the system cannot run now since all processors run others; false if that is not known.
bool isAnyThreadKeptWaiting();
// Which thread has locked the mutex of the C library at this address, -1 if that is not known: other locks do not tell.
qint64 ownerOfLock(quintptr address);

} // namespace QSeamstressPrivate

#endif // PLATFORM_P_H
