// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

#include "inheritance_p.h"

#include <algorithm>
#include <cstdlib>
#include <cstring>
#include <new>
#include <string_view>

#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/uio.h>
#include <unistd.h>

namespace QSeamstressPrivate {

// umask() could tell only by changing it, which other threads would notice.
static std::optional<mode_t> currentFileModeMask()
{
    const int file = ::open("/proc/self/status", O_RDONLY | O_CLOEXEC);
    std::array<char, 512> text; // it stands in the second line
    const ssize_t size = file < 0 ? -1 : ::read(file, text.data(), text.size());
    ::close(file);
    constexpr std::string_view name = "\nUmask:\t";
    const std::string_view status(text.data(), static_cast<std::size_t>(std::max<ssize_t>(size, 0)));
    const std::size_t place = status.find(name);
    if (place == std::string_view::npos || status.find('\n', place + 1) == std::string_view::npos)
        return {};
    return static_cast<mode_t>(std::strtoul(status.data() + place + name.size(), nullptr, 8));
}

std::optional<Inheritance> Inheritance::current(const QByteArray &variable)
{
    const std::optional<mode_t> fileModeMask = currentFileModeMask();
    if (!fileModeMask)
        return {};
    Inheritance inheritance;
    Fixed &fixed = inheritance.m_fixed;
    fixed.fileModeMask = *fileModeMask;
    for (int resource = 0; resource < RLIM_NLIMITS; ++resource)
        ::getrlimit(static_cast<__rlimit_resource>(resource), &fixed.limits[static_cast<std::size_t>(resource)]);
    ::pthread_sigmask(SIG_BLOCK, nullptr, &fixed.blockedSignals);
    ::sigemptyset(&fixed.ignoredSignals);
    for (int signal = 1; signal < NSIG; ++signal) {
        struct sigaction action = {};
        // SIGPIPE is Qt's: it ignores it, and starts programs that do not.
        if (signal != SIGPIPE && ::sigaction(signal, nullptr, &action) == 0 && action.sa_handler == SIG_IGN)
            ::sigaddset(&fixed.ignoredSignals, signal);
    }
    ::sched_getaffinity(0, sizeof fixed.processors, &fixed.processors);
    fixed.niceness = ::getpriority(PRIO_PROCESS, 0);
    for (char **entry = environ; entry && *entry; ++entry)
        inheritance.m_environment.append(*entry, static_cast<qsizetype>(std::strlen(*entry)) + 1);
    inheritance.m_environment.append(variable.constData(), variable.size() + 1);
    return inheritance;
}

int Inheritance::toFile() const
{
    const int file = ::memfd_create("QSeamstress", MFD_CLOEXEC);
    if (file < 0)
        return -1;
    const std::array<iovec, 2> parts{ iovec{ const_cast<Fixed *>(&m_fixed), sizeof m_fixed },
                                      iovec{ const_cast<char *>(m_environment.constData()), static_cast<std::size_t>(m_environment.size()) } };
    if (::writev(file, parts.data(), parts.size()) == static_cast<ssize_t>(parts[0].iov_len + parts[1].iov_len))
        return file;
    ::close(file);
    return -1;
}

bool Inheritance::takeFromFile(int file)
{
    struct stat status = {};
    if (::fstat(file, &status) != 0 || status.st_size <= static_cast<off_t>(sizeof(Fixed)))
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

    Fixed fixed;
    std::memcpy(&fixed, memory, sizeof fixed);
    ::umask(fixed.fileModeMask);
    for (int signal = 1; signal < NSIG; ++signal) {
        struct sigaction action = {};
        const bool isKnown = ::sigaction(signal, nullptr, &action) == 0;
        const auto wanted = ::sigismember(&fixed.ignoredSignals, signal) == 1 ? SIG_IGN : SIG_DFL;
        // What handles one was there before main(), as that of a sanitizer, and would be in a new program.
        if (isKnown && action.sa_handler != wanted && (action.sa_handler == SIG_DFL || action.sa_handler == SIG_IGN))
            ::signal(signal, wanted);
    }
    ::pthread_sigmask(SIG_SETMASK, &fixed.blockedSignals, nullptr);
    ::sched_setaffinity(0, sizeof fixed.processors, &fixed.processors);
    ::setpriority(PRIO_PROCESS, 0, fixed.niceness);
    for (int resource = 0; resource < RLIM_NLIMITS; ++resource)
        ::setrlimit(static_cast<__rlimit_resource>(resource), &fixed.limits[static_cast<std::size_t>(resource)]);
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
