// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

#ifndef PROCESSLOCK_H
#define PROCESSLOCK_H

#include <QString>

#include <memory>

// A lock between processes, of one of four kinds. Each function throws std::runtime_error if the system refuses.
class ProcessLock
{
public:
    enum Kind {
        Fcntl, // a record lock by fcntl(). It belongs to the process, so it does not exclude the other threads of its own
        Flock, // a lock by flock(). It belongs to the opened file
        LockFile, // a QLockFile: a file that is there while the lock is held
        SystemSemaphore // a QSystemSemaphore: a number in the kernel. One can wait for it, but not try it
    };

    // The path is the file's, or the name of the semaphore. All who give the same one share a lock.
    static std::unique_ptr<ProcessLock> make(Kind kind, const QString &path);
    virtual ~ProcessLock();

    virtual void lock() = 0;
    virtual bool tryLock() = 0; // false if another process holds it
    virtual void unlock() = 0;
};

#endif // PROCESSLOCK_H
