// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

#include "processlock.h"

#include <QFile>
#include <QLockFile>
#include <QSystemSemaphore>

#include <cerrno>
#include <stdexcept>
#include <system_error>

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

namespace {

// The base class of the two locks on an open file.
class OpenFile : public ProcessLock
{
public:
    explicit OpenFile(const QString &path)
        : m_descriptor(::open(QFile::encodeName(path).constData(), O_RDWR | O_CREAT | O_CLOEXEC, 0600))
    {
        if (m_descriptor < 0)
            throw std::system_error(errno, std::generic_category(), path.toStdString());
    }
    ~OpenFile() override { ::close(m_descriptor); }
    Q_DISABLE_COPY_MOVE(OpenFile)

    void lock() override
    {
        while (!change(Lock)) {
            if (errno != EINTR)
                fail();
        }
    }
    bool tryLock() override
    {
        if (change(TryLock))
            return true;
        if (errno != EAGAIN && errno != EACCES)
            fail();
        return false;
    }
    void unlock() override
    {
        if (!change(Unlock))
            fail();
    }

protected:
    enum Change { Lock,
                  TryLock,
                  Unlock };
    virtual bool change(Change change) = 0; // returns false and sets errno on failure

    int descriptor() const { return m_descriptor; }

private:
    [[noreturn]] static void fail() { throw std::system_error(errno, std::generic_category(), "lock"); }

    const int m_descriptor;
};

class FcntlLock final : public OpenFile
{
public:
    using OpenFile::OpenFile;

private:
    bool change(Change change) override
    {
        struct flock wholeFile = {};
        wholeFile.l_type = change == Unlock ? F_UNLCK : F_WRLCK;
        wholeFile.l_whence = SEEK_SET;
        return ::fcntl(descriptor(), change == Lock ? F_SETLKW : F_SETLK, &wholeFile) == 0;
    }
};

class FlockLock final : public OpenFile
{
public:
    using OpenFile::OpenFile;

private:
    bool change(Change change) override
    {
        static constexpr int operations[] = { LOCK_EX, LOCK_EX | LOCK_NB, LOCK_UN };
        return ::flock(descriptor(), operations[change]) == 0;
    }
};

class LockFileLock final : public ProcessLock
{
public:
    explicit LockFileLock(const QString &path)
        : m_file(path)
    {
        m_file.setStaleLockTime(0); // not stale, however long it is held
    }
    void lock() override
    {
        if (!m_file.lock())
            throw std::runtime_error("cannot create the lock file");
    }
    bool tryLock() override
    {
        if (m_file.tryLock())
            return true;
        if (m_file.error() != QLockFile::LockFailedError)
            throw std::runtime_error("cannot create the lock file");
        return false;
    }
    void unlock() override { m_file.unlock(); }

private:
    QLockFile m_file;
};

class SystemSemaphoreLock final : public ProcessLock
{
public:
    // The first process creates the semaphore, and removes it on destruction.
    explicit SystemSemaphoreLock(const QString &name)
        : m_semaphore(name, 1, QSystemSemaphore::Open)
    {
        check(m_semaphore.error() == QSystemSemaphore::NoError);
    }
    void lock() override { check(m_semaphore.acquire()); }
    bool tryLock() override { throw std::logic_error("QSystemSemaphore has no tryAcquire()"); }
    void unlock() override { check(m_semaphore.release()); }

private:
    void check(bool worked) const
    {
        if (!worked)
            throw std::runtime_error(m_semaphore.errorString().toStdString());
    }

    QSystemSemaphore m_semaphore;
};

} // namespace

ProcessLock::~ProcessLock() = default;

std::unique_ptr<ProcessLock> ProcessLock::make(Kind kind, const QString &path)
{
    switch (kind) {
    case Fcntl:
        return std::make_unique<FcntlLock>(path);
    case Flock:
        return std::make_unique<FlockLock>(path);
    case LockFile:
        return std::make_unique<LockFileLock>(path);
    case SystemSemaphore:
        return std::make_unique<SystemSemaphoreLock>(path);
    }
    Q_UNREACHABLE();
}
