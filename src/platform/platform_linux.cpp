// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

#include "platform_p.h"

#include <array>
#include <cstdio>
#include <cstdlib>
#include <cstring>

#include <fcntl.h>
#include <sys/syscall.h>
#include <unistd.h>

namespace QSeamstressPrivate {

namespace {

// A small file of /proc, read without allocating: whoever looks must not wait for a lock of the thread that is looked at.
class ProcFile
{
public:
    explicit ProcFile(const char *path)
    {
        const int file = ::open(path, O_RDONLY | O_CLOEXEC);
        if (file < 0)
            return;
        const ssize_t size = ::read(file, m_text.data(), m_text.size() - 1);
        ::close(file);
        m_text[size > 0 ? size : 0] = '\0';
    }
    const char *text() const { return m_text.data(); }
    bool isEmpty() const { return m_text[0] == '\0'; }
    bool operator==(const ProcFile &other) const { return std::strcmp(text(), other.text()) == 0; }

private:
    std::array<char, 4096> m_text{};
};

// One look at a thread: where it is in the kernel, and how long it has been on a CPU.
struct Look
{
    explicit Look(qint64 threadId)
        : call(path("syscall", threadId).data())
        , cpuTime(path("schedstat", threadId).data())
    {
    }
    bool operator==(const Look &other) const { return call == other.call && cpuTime == other.cpuTime; }

    static std::array<char, 64> path(const char *file, qint64 threadId)
    {
        std::array<char, 64> text;
        std::snprintf(text.data(), text.size(), "/proc/self/task/%lld/%s", static_cast<long long>(threadId), file);
        return text;
    }

    ProcFile call; // "202 0x7f... 0x80 ...", or "running"
    ProcFile cpuTime;
};

struct SystemCall
{
    enum Kind { Waits, Polls, Sleeps };
    long number;
    const char *name;
    Kind kind = Waits;
};
constexpr SystemCall waitingCalls[] = {
    { SYS_futex, "futex, so on a lock, a condition or a semaphore" },
    { SYS_read, "read" },
    { SYS_readv, "readv" },
    { SYS_recvfrom, "recvfrom" },
    { SYS_recvmsg, "recvmsg" },
    { SYS_accept4, "accept4" },
    { SYS_connect, "connect" },
    { SYS_write, "write" },
    { SYS_sendto, "sendto" },
    { SYS_fcntl, "fcntl, so on the lock of a file" },
    { SYS_flock, "flock, so on the lock of a file" },
    { SYS_semop, "semop, so on a System V semaphore" },
    { SYS_semtimedop, "semtimedop, so on a System V semaphore" },
    { SYS_wait4, "wait4, so for a child process" },
    { SYS_waitid, "waitid, so for a child process" },
    { SYS_ppoll, "ppoll", SystemCall::Polls },
    { SYS_pselect6, "pselect6", SystemCall::Polls },
    { SYS_epoll_pwait, "epoll_pwait", SystemCall::Polls },
#ifdef SYS_poll
    { SYS_poll, "poll", SystemCall::Polls },
    { SYS_select, "select", SystemCall::Polls },
    { SYS_epoll_wait, "epoll_wait", SystemCall::Polls },
#endif
    { SYS_clock_nanosleep, "clock_nanosleep", SystemCall::Sleeps },
    { SYS_nanosleep, "nanosleep", SystemCall::Sleeps },
};

} // namespace

bool isDebuggerAttached()
{
    const ProcFile status("/proc/self/status");
    static constexpr char key[] = "TracerPid:";
    const char *tracer = std::strstr(status.text(), key);
    return tracer && std::atoi(tracer + sizeof(key) - 1) != 0;
}

qint64 currentThreadId()
{
    return ::syscall(SYS_gettid);
}

ActivityReport activityOfThread(qint64 threadId, bool isInEventLoop)
{
    const Look look(threadId);
    if (look.call.isEmpty())
        return {};
    // Two equal looks with no time on a CPU between them: else the first may have caught a call that returned at once.
    if (!(look == Look(threadId)) || std::strncmp(look.call.text(), "running", 7) == 0)
        return { QSeamstressExecutor::Computing, QStringLiteral("is computing") };
    const long number = std::strtol(look.call.text(), nullptr, 10);
    for (const SystemCall &call : waitingCalls) {
        if (call.number != number)
            continue;
        const QString name = QString::fromLatin1(call.name);
        if (call.kind == SystemCall::Polls && isInEventLoop)
            return { QSeamstressExecutor::InEventLoop, QStringLiteral("waits in its event loop") };
        if (call.kind == SystemCall::Sleeps)
            return { QSeamstressExecutor::Sleeping, QStringLiteral("is asleep in %1").arg(name) };
        return { QSeamstressExecutor::Blocked, QStringLiteral("is blocked in %1").arg(name) };
    }
    return { QSeamstressExecutor::Unknown, QStringLiteral("is in system call %1").arg(number) };
}

} // namespace QSeamstressPrivate
