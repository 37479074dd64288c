// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

#include "crowd_p.h"

#include <array>
#include <cstdio>
#include <cstdlib>
#include <cstring>

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "../platform/proc_linux_p.h"
#include "ignoredthreads_p.h"
#include "interposed_p.h"
#include "ownfiles_p.h"
#include "thisthread_p.h"

using QSeamstressPrivate::ProcFile;

namespace QSeamstressScheduler {

namespace {

ProcFile fileOf(int tasks, pid_t thread, const char *name)
{
    std::array<char, 32> path;
    std::snprintf(path.data(), path.size(), "%d/%s", thread, name);
    return ProcFile(path.data(), tasks);
}

int openTasks()
{
    return ::open("/proc/self/task", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
}

// Whether reading and writing waits for a disk only.
bool isOnDisk(int descriptor)
{
    struct stat status;
    return lookAt(descriptor, status) && (S_ISREG(status.st_mode) || S_ISBLK(status.st_mode));
}

enum class Kind { Memory, Descriptor, Poll, Sleep, Signal, Elsewhere };
struct WaitingCall
{
    long number;
    Kind kind;
};
// In any other call a thread is about to run on: it waits for a disk, or the kernel works for it.
constexpr WaitingCall waitingCalls[] = {
    { SYS_futex, Kind::Memory },
#ifdef SYS_futex_wait
    { SYS_futex_wait, Kind::Memory },
#endif
#ifdef SYS_futex_waitv
    { SYS_futex_waitv, Kind::Memory },
#endif
    { SYS_read, Kind::Descriptor },
    { SYS_readv, Kind::Descriptor },
    { SYS_write, Kind::Descriptor },
    { SYS_writev, Kind::Descriptor },
    { SYS_recvfrom, Kind::Descriptor },
    { SYS_recvmsg, Kind::Descriptor },
    { SYS_recvmmsg, Kind::Descriptor },
    { SYS_sendto, Kind::Descriptor },
    { SYS_sendmsg, Kind::Descriptor },
    { SYS_sendmmsg, Kind::Descriptor },
    { SYS_accept, Kind::Descriptor },
    { SYS_accept4, Kind::Descriptor },
    { SYS_connect, Kind::Descriptor },
    { SYS_ppoll, Kind::Poll },
    { SYS_pselect6, Kind::Poll },
    { SYS_epoll_pwait, Kind::Poll },
#ifdef SYS_epoll_pwait2
    { SYS_epoll_pwait2, Kind::Poll },
#endif
#ifdef SYS_poll // newer architectures lack all of these
    { SYS_poll, Kind::Poll },
    { SYS_select, Kind::Poll },
    { SYS_epoll_wait, Kind::Poll },
    { SYS_pause, Kind::Signal },
#endif
    { SYS_rt_sigsuspend, Kind::Signal },
    { SYS_rt_sigtimedwait, Kind::Signal },
    { SYS_nanosleep, Kind::Sleep },
    { SYS_clock_nanosleep, Kind::Sleep },
    { SYS_restart_syscall, Kind::Sleep },
    { SYS_fcntl, Kind::Elsewhere },
    { SYS_flock, Kind::Elsewhere },
    { SYS_wait4, Kind::Elsewhere },
    { SYS_waitid, Kind::Elsewhere },
    { SYS_semop, Kind::Elsewhere },
    { SYS_semtimedop, Kind::Elsewhere },
    { SYS_msgrcv, Kind::Elsewhere },
    { SYS_msgsnd, Kind::Elsewhere },
    { SYS_mq_timedreceive, Kind::Elsewhere },
    { SYS_mq_timedsend, Kind::Elsewhere },
    { SYS_io_getevents, Kind::Elsewhere },
    { SYS_io_pgetevents, Kind::Elsewhere },
#ifdef SYS_io_uring_enter
    { SYS_io_uring_enter, Kind::Elsewhere },
#endif
};

const WaitingCall *waitingCall(long number)
{
    for (const WaitingCall &call : waitingCalls) {
        if (call.number == number)
            return &call;
    }
    return nullptr;
}

} // namespace

bool Crowd::isVisible()
{
    const int tasks = openTasks();
    const bool is = !fileOf(tasks, thisThread.threadId(), "syscall").isEmpty() && runsOf(tasks, thisThread.threadId()).count != 0;
    ::close(tasks);
    return is;
}

bool Crowd::isAlone()
{
    // A directory has one link more for each directory in it.
    struct stat tasks;
    const IgnoredThreads ignored = ignoredThreads();
    return ::stat("/proc/self/task", &tasks) == 0 && static_cast<int>(tasks.st_nlink) - 2 - ignored.count == 1 && ignoredThreads() == ignored;
}

// "4711 (name) S 1 ...", proc(5). The name may contain any character.
struct Stat
{
    Stat(int tasks, pid_t thread)
        : m_file(fileOf(tasks, thread, "stat"))
        , m_nameEnd(std::strrchr(m_file.text(), ')'))
    {
    }
    // 'R': runs or has been woken up, although it may not have a CPU yet. 'D': its call waits for the kernel. 'Z': it has ended.
    char state() const { return m_nameEnd && m_nameEnd[1] == ' ' ? m_nameEnd[2] : 'R'; }
    bool isBlocked() const { return state() != 'R' && state() != 'D'; }
    // It has ended, as main() does by pthread_exit(), or works for the kernel.
    bool isNoThreadOfTheProgram() const { return state() == 'Z' || std::strstr(m_file.text(), " (iou-"); }

private:
    const ProcFile m_file;
    const char *const m_nameEnd;
};

Crowd::Runs Crowd::runsOf(int tasks, pid_t thread)
{
    const ProcFile file = fileOf(tasks, thread, "schedstat"); // ns of CPU time, ns of waiting for a CPU, number of times that it ran
    char *rest = nullptr;
    const quint64 cpuTime = std::strtoull(file.text(), &rest, 10);
    std::strtoull(rest, &rest, 10);
    return { cpuTime, std::strtoull(rest, &rest, 10) };
}

bool Crowd::isInWaitingCall(int tasks, Seen &thread)
{
    // "202 0x7f12 0x80 ...": the number of the call, its arguments, the stack pointer, the program counter. Outside of a call "running", or
    // "-1 ..." while the thread waits for the kernel, for example for a page of memory.
    const ProcFile call = fileOf(tasks, thread.id, "syscall");
    char *rest = nullptr;
    thread.call = std::strtol(call.text(), &rest, 10);
    const WaitingCall *const kind = rest == call.text() ? nullptr : waitingCall(thread.call);
    if (!kind)
        return false;
    thread.firstArgument = std::strtoull(rest, &rest, 16);
    thread.secondArgument = std::strtoull(rest, &rest, 16);
    return kind->kind != Kind::Descriptor || !isOnDisk(static_cast<int>(thread.firstArgument));
}

// Calls a function with each thread of this process that is not ignored, until it returns false. Returns whether it never did.
template <class Function>
static bool forEachThread(int tasks, Function function)
{
    struct Entry // linux/dirent.h
    {
        quint64 inode;
        qint64 offset;
        unsigned short size;
        unsigned char type;
        char name[1];
    };
    alignas(Entry) std::array<char, 8192> buffer;
    if (::lseek(tasks, 0, SEEK_SET) != 0)
        return false;
    for (;;) {
        const long size = real().syscall(SYS_getdents64, tasks, buffer.data(), buffer.size());
        if (size <= 0)
            return size == 0;
        for (long place = 0; place < size;) {
            const auto *const entry = reinterpret_cast<const Entry *>(buffer.data() + place);
            place += entry->size;
            const auto id = static_cast<pid_t>(std::atol(entry->name));
            if (id > 0 && !isIgnored(id) && !function(id))
                return false;
        }
    }
}

bool Crowd::areAllInWaitingCalls(int tasks)
{
    return forEachThread(tasks, [&](pid_t id) {
        Seen thread{ id, runsOf(tasks, id), 0, 0, 0 };
        if (thread.runs.count != 0 && isInWaitingCall(tasks, thread) && m_threads.size() < m_threads.capacity()) {
            m_threads.push_back(thread);
            return true;
        }
        if (Stat(tasks, id).isNoThreadOfTheProgram())
            return true;
        m_runner = id;
        return false;
    });
}

bool Crowd::hasNobodyRunSince(int tasks)
{
    auto seen = m_threads.cbegin();
    const bool hasNobodyRun = forEachThread(tasks, [&](pid_t id) {
        const Stat stat(tasks, id);
        if (seen != m_threads.cend() && seen->id == id && stat.isBlocked() && runsOf(tasks, id) == seen->runs) {
            ++seen;
            return true;
        }
        if (stat.isNoThreadOfTheProgram())
            return true;
        m_runner = id;
        return false;
    });
    return hasNobodyRun && seen == m_threads.cend();
}

int Crowd::beginLook()
{
    struct stat status;
    const std::size_t enough = ::stat("/proc/self/task", &status) == 0 ? status.st_nlink + 16 : 1024;
    m_threads.reserve(enough);
    m_threads.clear();
    m_runner = 0;
    return openTasks();
}

void Crowd::endLook(int tasks)
{
    ::close(tasks);
}

// Whether an address is in memory that other processes may share.
static bool isShared(quint64 address)
{
    std::FILE *const maps = std::fopen("/proc/self/maps", "re");
    if (!maps)
        return false;
    bool is = false;
    std::array<char, 4352> line;
    while (std::fgets(line.data(), static_cast<int>(line.size()), maps)) {
        unsigned long long begin = 0;
        unsigned long long end = 0;
        std::array<char, 5> rights{};
        if (std::sscanf(line.data(), "%llx-%llx %4s", &begin, &end, rights.data()) == 3 && address >= begin && address < end) {
            is = rights[3] == 's';
            break;
        }
    }
    std::fclose(maps);
    return is;
}

Origin Crowd::originFor(const Seen &thread)
{
    static constexpr quint64 futexPrivate = 0x80; // linux/futex.h
    switch (waitingCall(thread.call)->kind) {
    case Kind::Memory:
        return thread.call == SYS_futex && (thread.secondArgument & futexPrivate) == 0 && isShared(thread.firstArgument) ? Origin::Outside : Origin::Program;
    case Kind::Descriptor:
        return originOf(static_cast<int>(thread.firstArgument));
    case Kind::Sleep: // not by an interposed function: ThreadSanitizer's own thread
    case Kind::Signal:
        return Origin::Program;
    case Kind::Poll: // not by an interposed function, in a wait of QSeamstress for one of its processes
    case Kind::Elsewhere:
        break;
    }
    return Origin::Outside;
}

} // namespace QSeamstressScheduler
