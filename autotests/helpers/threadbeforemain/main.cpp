// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

// A program that starts a thread before anything else, as a preloaded profiler may do. Prints what starts its processes.

#include <QSeamstress/QSeamstressProcess>

#include <QCoreApplication>

#include <cstdio>
#include <cstdlib>

#include <pthread.h>
#include <unistd.h>

static void *sleepForEver(void *)
{
    for (;;)
        ::pause();
}

static void startThread()
{
    pthread_t thread;
    ::pthread_create(&thread, nullptr, sleepForEver, nullptr);
}

// Runs before the constructors of all libraries.
[[gnu::section(".preinit_array"), gnu::used]] static void (*const beforeAll)() = startThread;

int main(int argc, char **argv)
{
    QCoreApplication application(argc, argv);
    for (int i = 0; i < 2; ++i) {
        QSeamstressProcess process([]() -> QSeamstressScript { co_yield QSeamstress::Pause("a", qint64(::getppid())); });
        if (!process.enter()) {
            std::fprintf(stderr, "%s\n", qPrintable(process.errorString()));
            return EXIT_FAILURE;
        }
        std::puts(process.pauseValue().toLongLong() == ::getpid() ? "started by QProcess" : "forked");
    }
    return EXIT_SUCCESS;
}
