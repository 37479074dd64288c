// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

// Ends with 7 while a thread is halted at a breakpoint. The argument says how.

#include <QSeamstressBreakpoint>
#include <QSeamstressPausePoint>

#include <QCoreApplication>

#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <memory>
#include <thread>

static constexpr int result = 7;

// Its destructor waits, as those of static objects do.
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
            std::puts("went on");
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
            std::puts("went on");
            std::exit(result);
        });
        std::thread([] { QSEAMSTRESS_PAUSE_POINT("there"); }).join();
    }
    return 1;
}
