// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

// Reads files in /proc, see proc(5).

#ifndef PROC_LINUX_P_H
#define PROC_LINUX_P_H

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <optional>

#include <fcntl.h>
#include <unistd.h>

#include "platform_p.h"

namespace QSeamstressPrivate {

// A small file in /proc, read without allocating: the reader must not wait for a lock that the inspected thread holds.
//
// The file is opened for each look. open(), read() and close() neither allocate nor lock in user space. Keeping a file descriptor per
// script would take descriptors away from the program under test and slow down enter().
class ProcFile
{
public:
    // The path is relative to the directory, if it does not begin with a slash.
    explicit ProcFile(const char *path, int directory = AT_FDCWD)
    {
        m_text[0] = '\0'; // the rest stays uninitialised, since there is one object per thread
        const int file = ::openat(directory, path, O_RDONLY | O_CLOEXEC);
        if (file < 0) {
            m_error = errno;
            return;
        }
        const ssize_t size = ::read(file, m_text.data(), m_text.size() - 1);
        if (size < 0)
            m_error = errno;
        ::close(file);
        m_text[static_cast<std::size_t>(std::max<ssize_t>(size, 0))] = '\0';
    }
    int error() const { return m_error; } // errno, 0 on success
    bool lacksDescriptor() const { return m_error == EMFILE || m_error == ENFILE; }
    const char *text() const { return m_text.data(); }
    bool isEmpty() const { return m_text[0] == '\0'; }
    bool operator==(const ProcFile &other) const { return std::strcmp(text(), other.text()) == 0; }

private:
    std::array<char, 4096> m_text;
    int m_error = 0;
};

// "/proc/self/task/4711/syscall", "/proc/4711/fd/5".
using ProcPath = std::array<char, 80>;
inline ProcPath procPath(qint64 processId, const char *directory, qint64 number, const char *file = "")
{
    std::array<char, 24> process{ "self" };
    if (processId != 0)
        std::snprintf(process.data(), process.size(), "%lld", static_cast<long long>(processId));
    ProcPath path;
    std::snprintf(path.data(), path.size(), "/proc/%s/%s/%lld%s%s", process.data(), directory, static_cast<long long>(number), *file ? "/" : "", file);
    return path;
}

// One look at a thread: its place in the kernel and its CPU time.
using Arguments = std::array<quint64, 7>; // the six of the system call, and the stack pointer
struct Look
{
    explicit Look(const SystemThread &thread)
        : call(path("syscall", thread).data())
        , cpuTime(path("schedstat", thread).data())
    {
    }
    bool operator==(const Look &other) const { return call == other.call && cpuTime == other.cpuTime; }
    bool hasFailed() const { return call.isEmpty() || cpuTime.lacksDescriptor(); } // some kernels lack schedstat
    bool lacksDescriptor() const { return call.lacksDescriptor() || cpuTime.lacksDescriptor(); }

    // The number of the system call, negative if there is none.
    long number() const
    {
        char *rest = nullptr;
        const long number = std::strtol(call.text(), &rest, 10);
        return rest == call.text() ? -1 : number;
    }
    Arguments arguments() const
    {
        char *rest = nullptr;
        std::strtol(call.text(), &rest, 10);
        Arguments arguments;
        for (quint64 &argument : arguments)
            argument = std::strtoull(rest, &rest, 16);
        return arguments;
    }

    static ProcPath path(const char *file, const SystemThread &thread) { return procPath(thread.processId, "task", thread.threadId, file); }

    // "202 0x7f12 0x80 ...": the number of the call, its arguments, the stack pointer, the program counter. Outside of a call "running", or
    // "-1 ..." while the thread waits for the kernel, for example for a page of memory.
    ProcFile call;
    ProcFile cpuTime;
};

// 'R': runnable, 'D': waits for the kernel, 'Z': has ended, 'S' and others: sleeps. '\0' if it cannot be read.
inline char stateOf(const SystemThread &thread)
{
    // "4711 (name) S 1 ...", proc(5). The name may contain any character.
    const ProcFile stat(Look::path("stat", thread).data());
    const char *const nameEnd = std::strrchr(stat.text(), ')');
    return nameEnd && nameEnd[1] == ' ' ? nameEnd[2] : '\0';
}

// The directory of a process, 0 is this process.
inline QString procDirectory(qint64 processId)
{
    return processId == 0 ? QStringLiteral("/proc/self") : QStringLiteral("/proc/%1").arg(processId);
}

// Reads memory of this process that may be unmapped by now.
template <class T>
std::optional<T> readMemory(quint64 address)
{
    T value;
    const int file = ::open("/proc/self/mem", O_RDONLY | O_CLOEXEC);
    const ssize_t size = ::pread(file, &value, sizeof value, static_cast<off_t>(address));
    ::close(file);
    return size == sizeof value ? std::optional(value) : std::nullopt;
}

} // namespace QSeamstressPrivate

#endif // PROC_LINUX_P_H
