// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

// /proc is not mounted.

#include "reason.h"

#include <cerrno>
#include <cstdarg>
#include <cstring>

#include <fcntl.h>
#include <sys/syscall.h>
#include <unistd.h>

const char *const reason = "/proc/self/task does not tell what threads are doing; mount /proc, with a kernel that has CONFIG_SCHEDSTATS";

// Replaces the function of the C library, also for QSeamstress.
extern "C" int open(const char *path, int flags, ...)
{
    if (std::strncmp(path, "/proc/", 6) == 0) {
        errno = ENOENT;
        return -1;
    }
    va_list rest;
    va_start(rest, flags);
    const mode_t mode = flags & O_CREAT ? va_arg(rest, mode_t) : 0;
    va_end(rest);
    return static_cast<int>(::syscall(SYS_openat, AT_FDCWD, path, flags, mode));
}
