// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

#include "processes_p.h"

#include <array>
#include <climits>
#include <csignal>
#include <cstdlib>
#include <utility>

#include <dlfcn.h>
#include <link.h>
#include <sys/auxv.h>
#include <sys/syscall.h>
#include <unistd.h>

namespace QSeamstressPrivate {

static QByteArray moduleName(const Dl_info &info)
{
    // The same program may be started with different paths.
    static void *const program = [] {
        Dl_info ofProgram;
        const auto entry = reinterpret_cast<void *>(::getauxval(AT_ENTRY));
        return ::dladdr(entry, &ofProgram) ? ofProgram.dli_fbase : nullptr;
    }();
    if (info.dli_fbase == program)
        return QByteArray("");
    std::array<char, PATH_MAX> path;
    return ::realpath(info.dli_fname, path.data()) ? QByteArray(path.data()) : QByteArray(info.dli_fname);
}

CodePlace placeOf(void (*function)())
{
    Dl_info info;
    if (!::dladdr(reinterpret_cast<void *>(function), &info))
        return {};
    return { moduleName(info), reinterpret_cast<quintptr>(function) - reinterpret_cast<quintptr>(info.dli_fbase) };
}

void (*functionAt(const CodePlace &place))()
{
    struct Search
    {
        const CodePlace &place;
        quintptr found = 0;
    } search{ place };
    ::dl_iterate_phdr(
        [](dl_phdr_info *module, size_t, void *data) {
            auto *const search = static_cast<Search *>(data);
            for (int i = 0; i < module->dlpi_phnum; ++i) {
                const ElfW(Phdr) &segment = module->dlpi_phdr[i];
                const quintptr begin = module->dlpi_addr + segment.p_vaddr;
                if (segment.p_type != PT_LOAD || !(segment.p_flags & PF_X))
                    continue;
                // Accept only code of exactly this module.
                Dl_info info;
                if (!::dladdr(reinterpret_cast<void *>(begin), &info) || moduleName(info) != search->place.module)
                    continue;
                const quintptr address = reinterpret_cast<quintptr>(info.dli_fbase) + search->place.offset;
                if (address >= begin && address < begin + segment.p_memsz)
                    search->found = address;
            }
            return search->found != 0 ? 1 : 0;
        },
        &search);
    return reinterpret_cast<void (*)()>(search.found);
}

QString signalName(int number)
{
    // The signals that terminate a process. POSIX has no function that returns such a name.
    static constexpr std::pair<int, const char *> names[] = {
        { SIGABRT, "SIGABRT" },
        { SIGALRM, "SIGALRM" },
        { SIGBUS, "SIGBUS" },
        { SIGFPE, "SIGFPE" },
        { SIGHUP, "SIGHUP" },
        { SIGILL, "SIGILL" },
        { SIGINT, "SIGINT" },
        { SIGPOLL, "SIGPOLL" },
        { SIGKILL, "SIGKILL" },
        { SIGPIPE, "SIGPIPE" },
        { SIGPROF, "SIGPROF" },
        { SIGPWR, "SIGPWR" },
        { SIGQUIT, "SIGQUIT" },
        { SIGSEGV, "SIGSEGV" },
        { SIGSYS, "SIGSYS" },
        { SIGTERM, "SIGTERM" },
        { SIGTRAP, "SIGTRAP" },
        { SIGUSR1, "SIGUSR1" },
        { SIGUSR2, "SIGUSR2" },
        { SIGVTALRM, "SIGVTALRM" },
        { SIGXCPU, "SIGXCPU" },
        { SIGXFSZ, "SIGXFSZ" },
    };
    for (const auto &[known, name] : names) {
        if (known == number)
            return QString::fromLatin1(name);
    }
    return QStringLiteral("signal %1").arg(number);
}

void closeFilesOnExec()
{
#ifndef QSEAMSTRESS_WITHOUT_CLOSE_RANGE
    // CLOSE_RANGE_CLOEXEC of <linux/close_range.h>, which some C libraries lack. On older kernels the call fails and has no effect.
    static constexpr unsigned closeRangeOnExec = 1U << 2;
    // Do not close them right away: QProcess still needs some of them.
    ::syscall(SYS_close_range, 3U, ~0U, closeRangeOnExec);
#endif
}

} // namespace QSeamstressPrivate
