// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

#include "interposed_p.h"

#include <cstdio>
#include <cstring>
#include <initializer_list>

#include <dlfcn.h>

namespace QSeamstressScheduler {

constinit RealFunctions realFunctions = {};

static void *find(const char *name)
{
    // The conditions of old programs have another layout, and dlsym() may prefer their functions (glibc, nptl/Versions).
    for (const char *condition : { "pthread_cond_broadcast", "pthread_cond_signal", "pthread_cond_timedwait", "pthread_cond_wait" }) {
        if (std::strcmp(name, condition) != 0)
            continue;
        if (void *const function = ::dlvsym(RTLD_NEXT, name, "GLIBC_2.3.2"))
            return function;
    }
    return ::dlsym(RTLD_NEXT, name);
}

void findRealFunctions()
{
    // The first is clock_gettime(). ThreadSanitizer's heap needs it while the others are looked for.
    static bool isLooking = false;
    if (isLooking)
        return;
    isLooking = true;
#define QSEAMSTRESS_FIND(name) realFunctions.name = reinterpret_cast<decltype(realFunctions.name)>(find(#name));
    QSEAMSTRESS_INTERPOSED(QSEAMSTRESS_FIND)
#undef QSEAMSTRESS_FIND
    isLooking = false;
    // Not if the C library only comes before this one.
    const bool isStatic = !realFunctions.syscall && !::dlsym(RTLD_DEFAULT, "syscall");
    if (isStatic) {
        std::fputs("QSeamstress::Scheduler: the C library is linked statically, so its functions cannot be replaced; link it without -static\n", stderr);
        ::_exit(127);
    }
}

__attribute__((constructor(101))) static void findRealFunctionsEarly()
{
    findRealFunctions();
}

} // namespace QSeamstressScheduler
