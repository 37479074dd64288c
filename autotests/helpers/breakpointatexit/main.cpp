// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

// Exits with code 7 while a thread is paused at a breakpoint. The argument says in which way.

#include <QSeamstressBreakpoint>
#include <QSeamstressPausePoint>

#include <QCoreApplication>

#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <memory>
#include <thread>

static constexpr int result = 7;

// Like the destructors of many static objects, its destructor waits for a thread.
struct Worker
{
    std::thread thread;
    ~Worker()
    {
        if (thread.joinable())
            thread.join();
    }
    void start()
    {
        thread = std::thread([] {
            QSEAMSTRESS_PAUSE_POINT("there");
            std::puts("continued");
        });
    }
};
static Worker workerMadeBefore;

int main(int argc, char **argv)
{
    const QCoreApplication application(argc, argv);
    const auto is = [&](const char *way) { return argc == 2 && std::strcmp(argv[1], way) == 0; };
    if (is("breakpoint-that-nobody-destroys")) {
        auto *const breakpoint = new QSeamstressBreakpoint("there");
        workerMadeBefore.start();
        return breakpoint->waitForHit() ? result : 1;
    }
    if (is("static-breakpoint")) {
        static const auto breakpoint = std::make_unique<QSeamstressBreakpoint>("there");
        workerMadeBefore.start();
        return breakpoint->waitForHit() ? result : 1;
    }
    if (is("worker-is-destroyed-first")) {
        static const auto breakpoint = std::make_unique<QSeamstressBreakpoint>("there");
        static Worker worker;
        worker.start();
        return breakpoint->waitForHit() ? result : 1;
    }
    if (is("exit")) {
        QSeamstressBreakpoint breakpoint("there");
        workerMadeBefore.start();
        std::exit(breakpoint.waitForHit() ? result : 1);
    }
    if (is("exit-in-an-action")) {
        QSeamstressBreakpoint breakpoint("there");
        breakpoint.setAction([] {
            std::puts("continued");
            std::exit(result);
        });
        std::thread([] { QSEAMSTRESS_PAUSE_POINT("there"); }).join();
    }
    return 1;
}
