// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

#ifndef PROCESSLOCK_H
#define PROCESSLOCK_H

#include <QString>

#include <memory>

// A lock between processes, of one of four kinds. Each function throws std::runtime_error on a system error.
class ProcessLock
{
public:
    enum Kind {
        Fcntl, // a record lock of fcntl(). The process owns it, so it does not exclude other threads of the same process
        Flock, // a lock of flock(). The open file owns it
        LockFile, // a QLockFile: a file that exists while the lock is held
        SystemSemaphore // a QSystemSemaphore: a counter in the kernel. tryLock() throws std::logic_error
    };

    // path is the path of the file or the name of the semaphore. Locks of the same kind and path exclude each other.
    static std::unique_ptr<ProcessLock> make(Kind kind, const QString &path);
    virtual ~ProcessLock();

    virtual void lock() = 0;
    virtual bool tryLock() = 0; // false if another process holds it
    virtual void unlock() = 0;
};

#endif // PROCESSLOCK_H
