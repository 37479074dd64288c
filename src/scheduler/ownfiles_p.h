// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

#ifndef OWNFILES_P_H
#define OWNFILES_P_H

#include <cstdlib>

#include <dirent.h>
#include <sys/stat.h>

namespace QSeamstressScheduler {

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
        if (file >= 0 && file != ::dirfd(directory) && ::fstat(file, &status) == 0)
            found = function(file, status);
    }
    ::closedir(directory);
    return found;
}

} // namespace QSeamstressScheduler

#endif // OWNFILES_P_H
