// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

// Loads and unloads QSeamstress::Scheduler, and then uses QSeamstress.

#include <QSeamstressThread>

#include <cstdio>
#include <cstdlib>

#include <dlfcn.h>

int main()
{
    void *const scheduler = dlopen(SCHEDULER_PATH, RTLD_NOW);
    if (!scheduler) {
        std::puts(dlerror());
        return EXIT_FAILURE;
    }
    dlclose(scheduler);

    QSeamstressThread thread([] {});
    thread.start();
    if (!thread.waitForFinished()) {
        std::puts(qPrintable(thread.errorString()));
        return EXIT_FAILURE;
    }
    return EXIT_SUCCESS;
}
