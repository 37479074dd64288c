// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

#include "inheritance_p.h"

#include <algorithm>
#include <cstdlib>
#include <cstring>
#include <string_view>

#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/uio.h>
#include <unistd.h>

#include "descriptor_p.h"

namespace QSeamstressPrivate {

// Of /proc/self/status, which says much in one look: umask() could tell only by changing it, which other threads would notice.
class Status
{
public:
    Status()
    {
        const Descriptor file(::open("/proc/self/status", O_RDONLY | O_CLOEXEC));
        const ssize_t size = file.isOpen() ? ::read(file.number(), m_text.data(), m_text.size() - 1) : -1;
        m_text[static_cast<std::size_t>(std::max<ssize_t>(size, 0))] = '\0';
    }
    std::optional<quint64> number(const char *name, int base) const
    {
        const char *const place = std::strstr(m_text.data(), name);
        return place ? std::optional<quint64>(std::strtoull(place + std::strlen(name), nullptr, base)) : std::nullopt;
    }

private:
    std::array<char, 8192> m_text;
};

using Resource = decltype(RLIMIT_CPU); // glibc has an enumeration, others have int

static quint64 bitOf(int signal)
{
    return quint64(1) << (signal - 1);
}

std::optional<Inheritance> Inheritance::current()
{
    const Status status;
    const std::optional<quint64> fileModeMask = status.number("\nUmask:\t", 8);
    const std::optional<quint64> ignoredSignals = status.number("\nSigIgn:\t", 16);
    if (!fileModeMask || !ignoredSignals)
        return {};
    Inheritance inheritance;
    Fixed &fixed = inheritance.m_fixed;
    fixed.fileModeMask = static_cast<mode_t>(*fileModeMask);
    // SIGPIPE is Qt's: it ignores it, and starts programs that do not.
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

int Inheritance::toFile() const
{
#ifndef QSEAMSTRESS_WITHOUT_MEMFD
    const int file = ::memfd_create("QSeamstress", MFD_CLOEXEC);
    if (file < 0)
        return -1;
    const std::array<iovec, 2> parts{ iovec{ const_cast<Fixed *>(&m_fixed), sizeof m_fixed },
                                      iovec{ const_cast<char *>(m_environment.constData()), static_cast<std::size_t>(m_environment.size()) } };
    if (::writev(file, parts.data(), parts.size()) == static_cast<ssize_t>(parts[0].iov_len + parts[1].iov_len))
        return file;
    ::close(file);
#endif
    return -1;
}

bool Inheritance::changeTo(int file) const
{
    struct stat status = {};
    if (::fstat(file, &status) != 0 || status.st_size < static_cast<off_t>(sizeof(Fixed)))
        return false;
    // Kept for ever: the environment of this process lies in there.
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

// Variables of the dynamic linker, the C library, GLib and the sanitizers.
static bool isReadBeforeMain(std::string_view variable)
{
    const std::string_view name = variable.substr(0, variable.find('='));
    return name.starts_with("LD_") || name.starts_with("GLIBC_") || name.starts_with("MALLOC_") || name.starts_with("G_") || name.ends_with("SAN_OPTIONS");
}

Origin Origin::current()
{
    Origin origin;
    origin.m_processId = ::getpid();
    origin.m_user = ::geteuid();
    origin.m_group = ::getegid();
    struct stat root = {};
    if (::stat("/", &root) == 0) {
        origin.m_rootDevice = root.st_dev;
        origin.m_root = root.st_ino;
    }
    for (char **entry = environ; entry && *entry; ++entry) {
        if (isReadBeforeMain(*entry))
            origin.m_environment.append(*entry).append('\0');
    }
    return origin;
}

} // namespace QSeamstressPrivate
