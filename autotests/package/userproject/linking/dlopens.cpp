// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

// Knows nothing of QSeamstress. Loads a plugin that uses a clock, and runs its test.

#include <cstdio>
#include <cstdlib>

#include <dlfcn.h>

#include "clock.h"

int main(int argc, char **argv)
{
    void *const plugin = dlopen(PLUGIN_PATH, FLAGS);
    if (!plugin) {
        std::puts(dlerror());
        return EXIT_FAILURE;
    }
    return reinterpret_cast<decltype(&runTest)>(dlsym(plugin, "runTest"))(argc, argv);
}
