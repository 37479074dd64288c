// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

#include "inheritance_p.h"

#include <algorithm>
#include <cstdlib>
#include <cstring>
#include <string_view>

#include <fcntl.h>
#include <sys/mman.h>
#include <sys/personality.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

namespace QSeamstressPrivate {

Descriptor makeMemory([[maybe_unused]] qint64 bytes)
{
#ifndef QSEAMSTRESS_WITHOUT_MEMFD
    Descriptor file(::memfd_create("QSeamstress", MFD_CLOEXEC | MFD_ALLOW_SEALING));
    if (file.isOpen() && ::ftruncate(file.number(), bytes) == 0) {
        // SIGBUS kills a process that accesses mapped memory beyond the end of the file.
        ::fcntl(file.number(), F_ADD_SEALS, F_SEAL_SHRINK);
        return file;
    }
#endif
    return {};
}

static QByteArray readFile(const char *path)
{
    std::array<char, 8192> text;
    const Descriptor file(::open(path, O_RDONLY | O_CLOEXEC));
    const ssize_t size = file.isOpen() ? ::read(file.number(), text.data(), text.size()) : -1;
    return size > 0 ? QByteArray(text.data(), size) : QByteArray();
}

// Much of it is in one file, including the file mode mask, which umask() can only read by changing it for all threads.
class Status
{
public:
    std::optional<quint64> number(const char *name, int base) const
    {
        const QByteArray value = line(name);
        return value.isEmpty() ? std::nullopt : std::optional<quint64>(std::strtoull(value.constData(), nullptr, base));
    }
    // The rest of the line after the name.
    QByteArray line(const char *name) const
    {
        const QByteArray key = QByteArray("\n").append(name).append(":\t");
        const qsizetype begin = m_text.indexOf(key);
        return begin < 0 ? QByteArray() : m_text.mid(begin + key.size(), m_text.indexOf('\n', begin + 1) - begin - key.size());
    }

private:
    const QByteArray m_text = readFile("/proc/thread-self/status");
};

using Resource = decltype(RLIMIT_CPU); // an enumeration in glibc, int elsewhere

static quint64 bitOf(int signal)
{
    return quint64(1) << (signal - 1);
}

std::optional<Inheritance> Inheritance::current()
{
    const Status status;
    const std::optional<quint64> fileModeMask = status.number("Umask", 8);
    const std::optional<quint64> ignoredSignals = status.number("SigIgn", 16);
    if (!fileModeMask || !ignoredSignals)
        return {};
    Inheritance inheritance;
    Fixed &fixed = inheritance.m_fixed;
    fixed.fileModeMask = static_cast<mode_t>(*fileModeMask);
    // SIGPIPE belongs to Qt: Qt ignores it, and QProcess resets it in the programs that it starts.
    fixed.ignoredSignals = *ignoredSignals & ~bitOf(SIGPIPE);
    ::pthread_sigmask(SIG_BLOCK, nullptr, &fixed.blockedSignals);
    for (int resource = 0; resource < RLIM_NLIMITS; ++resource)
        ::getrlimit(static_cast<Resource>(resource), &fixed.limits[static_cast<std::size_t>(resource)]);
    ::sched_getaffinity(0, sizeof fixed.processors, &fixed.processors);
    fixed.niceness = ::getpriority(PRIO_PROCESS, 0);
    for (char **entry = environ; entry && *entry; ++entry)
        inheritance.m_environment.append(*entry, static_cast<qsizetype>(std::strlen(*entry)) + 1);
    return inheritance;
}

Descriptor Inheritance::toFile() const
{
    const QByteArray bytes = QByteArray(reinterpret_cast<const char *>(&m_fixed), sizeof m_fixed) + m_environment;
    Descriptor file = makeMemory(bytes.size());
    if (!file.isOpen() || ::write(file.number(), bytes.constData(), static_cast<std::size_t>(bytes.size())) != bytes.size())
        return {};
    return file;
}

bool Inheritance::changeTo(int file) const
{
    struct stat status = {};
    if (::fstat(file, &status) != 0 || status.st_size < static_cast<off_t>(sizeof(Fixed)))
        return false;
    // Stays mapped forever, since it contains the environment of this process.
    const auto size = static_cast<std::size_t>(status.st_size);
    void *const memory = ::mmap(nullptr, size, PROT_READ | PROT_WRITE, MAP_PRIVATE, file, 0);
    if (memory == MAP_FAILED)
        return false;
    char *const begin = static_cast<char *>(memory) + sizeof(Fixed);
    char *const end = static_cast<char *>(memory) + size;
    auto *const variables = new char *[static_cast<std::size_t>(std::count(begin, end, '\0')) + 1];
    char **next = variables;
    for (char *variable = begin; variable < end; variable += std::strlen(variable) + 1)
        *next++ = variable;
    *next = nullptr;
    environ = variables;

    Fixed wanted;
    std::memcpy(&wanted, memory, sizeof wanted);
    ::umask(wanted.fileModeMask);
    for (int signal = 1; signal < NSIG; ++signal) {
        if ((wanted.ignoredSignals ^ m_fixed.ignoredSignals) & bitOf(signal))
            ::signal(signal, wanted.ignoredSignals & bitOf(signal) ? SIG_IGN : SIG_DFL);
    }
    ::pthread_sigmask(SIG_SETMASK, &wanted.blockedSignals, nullptr);
    if (!CPU_EQUAL(&wanted.processors, &m_fixed.processors))
        ::sched_setaffinity(0, sizeof wanted.processors, &wanted.processors);
    if (wanted.niceness != m_fixed.niceness)
        ::setpriority(PRIO_PROCESS, 0, wanted.niceness);
    for (std::size_t i = 0; i < wanted.limits.size(); ++i) {
        const rlimit &limit = wanted.limits[i];
        if (limit.rlim_cur != m_fixed.limits[i].rlim_cur || limit.rlim_max != m_fixed.limits[i].rlim_max)
            ::setrlimit(static_cast<Resource>(i), &limit);
    }
    return true;
}

// The variables of the dynamic linker, the C library, GLib and the sanitizers.
static bool isReadBeforeMain(std::string_view variable)
{
    const std::string_view name = variable.substr(0, variable.find('='));
    return name.starts_with("LD_") || name.starts_with("GLIBC_") || name.starts_with("MALLOC_") || name.starts_with("G_") || name.ends_with("SAN_OPTIONS");
}

QByteArray currentOrigin()
{
    struct stat root = {};
    ::stat("/", &root);
    sched_param parameters = {};
    ::sched_getparam(0, &parameters);
    static constexpr int thread = 1; // IOPRIO_WHO_PROCESS
    static constexpr unsigned long asItIs = 0xffffffff;
    const std::array<qint64, 11> numbers{
        ::getpid(),
        ::getpgrp(),
        ::getsid(0),
        static_cast<qint64>(root.st_dev),
        static_cast<qint64>(root.st_ino),
        ::sched_getscheduler(0), // with SCHED_RESET_ON_FORK
        parameters.sched_priority,
        ::syscall(SYS_ioprio_get, thread, 0),
        ::personality(asItIs),
        ::prctl(PR_GET_TIMERSLACK),
        ::prctl(PR_GET_SECUREBITS),
    };
    QByteArray origin(reinterpret_cast<const char *>(numbers.data()), sizeof numbers);
    // What /proc has only as text: users, groups, capabilities, namespaces, control groups. And the variables that are read before main().
    const Status status;
    for (const char *const name : { "Uid", "Gid", "Groups", "CapInh", "CapPrm", "CapEff", "CapBnd", "CapAmb", "NoNewPrivs", "Seccomp", "Seccomp_filters" })
        origin.append(status.line(name)).append('\n');
    for (const char *const name : { "cgroup", "ipc", "mnt", "net", "pid_for_children", "time_for_children", "user", "uts" }) {
        std::array<char, 64> target;
        const ssize_t size = ::readlink(QByteArray("/proc/thread-self/ns/").append(name).constData(), target.data(), target.size());
        origin.append(target.data(), std::max<ssize_t>(size, 0)).append('\n');
    }
    for (const char *const path : { "/proc/thread-self/cgroup", "/proc/self/oom_score_adj", "/proc/self/coredump_filter" })
        origin.append(readFile(path));
    for (char **entry = environ; entry && *entry; ++entry) {
        if (isReadBeforeMain(*entry))
            origin.append(*entry).append('\0');
    }
    return origin;
}

} // namespace QSeamstressPrivate
