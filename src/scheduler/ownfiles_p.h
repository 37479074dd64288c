// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

#ifndef OWNFILES_P_H
#define OWNFILES_P_H

#include <cstdlib>

#include <dirent.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <sys/syscall.h>

#include "interposed_p.h"

namespace QSeamstressScheduler {

// fstat() and ioctl() for files that other threads may open and close meanwhile, which ThreadSanitizer would report as a race.
inline bool lookAt(int file, struct stat &status)
{
    return ::fstatat(file, "", &status, AT_EMPTY_PATH) == 0;
}

template <class Value>
bool lookAt(int file, unsigned long request, Value &value)
{
    return real().syscall(SYS_ioctl, file, request, &value) == 0;
}

// Calls a function with each open file of this process until it returns true.
template <class Function>
bool anyOwnFile(Function function)
{
    DIR *const directory = ::opendir("/proc/self/fd");
    if (!directory)
        return false;
    bool found = false;
    while (const dirent *const entry = found ? nullptr : ::readdir(directory)) {
        const int file = entry->d_name[0] == '.' ? -1 : std::atoi(entry->d_name);
        struct stat status;
        if (file >= 0 && file != ::dirfd(directory) && lookAt(file, status))
            found = function(file, status);
    }
    ::closedir(directory);
    return found;
}

} // namespace QSeamstressScheduler

#endif // OWNFILES_P_H
