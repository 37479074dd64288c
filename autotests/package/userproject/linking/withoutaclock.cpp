// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

// Names nothing of QSeamstress::Scheduler. Prints the file that has clock_gettime().

#include <QSeamstressThread>

#include <cstdio>
#include <cstdlib>

#include <dlfcn.h>

int main()
{
    const QSeamstressThread thread([] {});
    Dl_info information;
    if (!dladdr(dlsym(RTLD_DEFAULT, "clock_gettime"), &information))
        return EXIT_FAILURE;
    std::puts(information.dli_fname);
    return EXIT_SUCCESS;
}
