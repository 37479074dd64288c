// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

// What differs from system to system. One .cpp file a system implements it.

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

// The system's number of the calling thread, -1 if it has none.
qint64 currentThreadId();

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
    std::optional<QList<std::pair<quintptr, quintptr>>> m_pieces; // from the first address to that behind the last one
};
// Whether an address lies on the stack of a thread of this process that has this stack pointer.
bool isOnStack(quintptr address, quintptr stackPointer);
// Whether what is reported may end without another thread of this process: by a time-out, from outside, by another process. processes: in
// which the lock of a file is not held by somebody else.
bool mayEndByItself(const ActivityReport &report, const SharedMemory &shared = SharedMemory(), const QList<qint64> &processes = { 0 });
// What a thread does that may end so. Nothing if it goes on only when another one wants it to, or is a thread of a pool that waits for work.
std::optional<ActivityReport> whatEndsByItself(qint64 thread, const SharedMemory &shared = SharedMemory());
// Whether a timer of the program runs that sends it a signal, whose handler may free somebody.
bool mayATimerSendASignal();
// What the system tells of a thread this instant. Equal looks mean that it has not run meanwhile. Empty of threads that do nothing for
// others, such as the library's own.
QByteArray lookAt(qint64 thread);
// Whether some thread of the system cannot run now since all processors run others; false if that is not known.
bool isAnyThreadKeptWaiting();
// Which thread has locked the mutex of the C library at this address, -1 if that is not known: other locks do not tell.
qint64 ownerOfLock(quintptr address);

} // namespace QSeamstressPrivate

#endif // PLATFORM_P_H
