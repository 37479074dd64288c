// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

// Waits with a time-out of 50 ms for a script that never pauses, while another process is attached like a debugger. That process
// detaches after 500 ms. Prints the duration of the wait in ms; the time under the debugger does not count for the time-out.

#include <QSeamstressThread>

#include <QElapsedTimer>
#include <QTextStream>

#include <csignal>
#include <semaphore>

#include <sys/prctl.h>
#include <sys/ptrace.h>
#include <sys/wait.h>
#include <unistd.h>

static constexpr int cannotTrace = 77;

// Starts a process that debugs this one for a while. Returns once it is attached. It exits with 0 or cannotTrace.
static pid_t startDebugger()
{
    const pid_t debugged = getpid();
    prctl(PR_SET_PTRACER, PR_SET_PTRACER_ANY); // otherwise, the ptrace scope of some systems forbids tracing a parent
    int attached[2];
    if (pipe(attached) != 0)
        qFatal("no pipe");
    const pid_t debugger = fork();
    if (debugger == 0) {
        const bool succeeded = ptrace(PTRACE_SEIZE, debugged, nullptr, nullptr) == 0;
        close(attached[0]);
        close(attached[1]);
        if (!succeeded)
            _exit(cannotTrace);
        usleep(500'000);
        // ptrace() can detach only from a stopped process.
        ptrace(PTRACE_INTERRUPT, debugged, nullptr, nullptr);
        waitpid(debugged, nullptr, __WALL);
        ptrace(PTRACE_DETACH, debugged, nullptr, nullptr);
        _exit(0);
    }
    close(attached[1]);
    char end = 0;
    while (read(attached[0], &end, 1) < 0) { } // until the debugger closes it
    close(attached[0]);
    return debugger;
}

int main()
{
    std::counting_semaphore<> door{ 0 };
    QSeamstressThread thread([&door] { door.acquire(); });
    thread.setPauseTimeout(50);
    const pid_t debugger = startDebugger();
    // The factor would extend the 50 ms, and hide what is tested.
    qputenv("QSEAMSTRESS_TIMEOUT_FACTOR", "1");

    QElapsedTimer elapsed;
    elapsed.start();
    const bool entered = thread.enter();
    QTextStream(stdout) << (entered ? "entered" : "timed out") << ' ' << elapsed.elapsed() << '\n';

    int status = 0;
    waitpid(debugger, &status, 0);
    door.release();
    return WIFEXITED(status) ? WEXITSTATUS(status) : 1;
}
