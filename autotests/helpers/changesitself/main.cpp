// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

// A program that permanently changes a property that child processes inherit; its argument names the property. Prints what starts its
// processes before and after the change. Exits with 77 if the change is not permitted.

#include <QSeamstress/QSeamstressProcess>

#include <QCoreApplication>
#include <QFile>

#include <cstdio>
#include <cstdlib>

#include <grp.h>
#include <linux/capability.h>
#include <linux/securebits.h>
#include <sched.h>
#include <sys/personality.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <unistd.h>

static bool writeTo(const char *path, const char *text)
{
    QFile file(QString::fromLatin1(path));
    return file.open(QIODevice::WriteOnly | QIODevice::Unbuffered) && file.write(text) > 0;
}

static bool change(const QByteArray &what)
{
    if (what == "groups") {
        const gid_t group = 4711;
        return ::setgroups(1, &group) == 0;
    }
    if (what == "capabilities")
        return ::prctl(PR_CAPBSET_DROP, CAP_NET_RAW, 0, 0, 0) == 0;
    if (what == "namespace-of-names")
        return ::unshare(CLONE_NEWUTS) == 0;
    if (what == "namespace-of-networks")
        return ::unshare(CLONE_NEWNET) == 0;
    if (what == "namespace-of-mounts")
        return ::unshare(CLONE_NEWNS) == 0;
    if (what == "namespace-of-IPC")
        return ::unshare(CLONE_NEWIPC) == 0;
    if (what == "scheduling-policy") {
        const sched_param none = {};
        return ::sched_setscheduler(0, SCHED_BATCH, &none) == 0;
    }
    if (what == "session")
        return ::setsid() > 0;
    if (what == "process-group")
        return ::setpgid(0, 0) == 0;
    if (what == "no_new_privs")
        return ::prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0;
    if (what == "securebits")
        return ::prctl(PR_SET_SECUREBITS, SECBIT_NO_SETUID_FIXUP) == 0;
    if (what == "io-priority") {
        constexpr int process = 1; // IOPRIO_WHO_PROCESS; linux/ioprio.h has names for these only since Linux 5.16
        constexpr int lowestOfBestEffort = 2 << 13 | 7;
        return ::syscall(SYS_ioprio_set, process, 0, lowestOfBestEffort) == 0;
    }
    if (what == "personality")
        return ::personality(static_cast<unsigned long>(::personality(0xffffffff)) | STICKY_TIMEOUTS) >= 0; // with little effect
    if (what == "timer-slack")
        return ::prctl(PR_SET_TIMERSLACK, 123'456) == 0;
    if (what == "oom-score")
        return writeTo("/proc/self/oom_score_adj", "500");
    return what == "nothing";
}

static bool sayWhoStarts()
{
    QSeamstressProcess process([]() -> QSeamstressScript { co_yield QSeamstress::Pause("a", qint64(::getppid())); });
    if (!process.enter()) {
        std::fprintf(stderr, "%s\n", qPrintable(process.errorString()));
        return false;
    }
    std::puts(process.pauseValue().toLongLong() == ::getpid() ? "started by QProcess" : "forked");
    return true;
}

int main(int argc, char **argv)
{
    QCoreApplication application(argc, argv);
    if (!sayWhoStarts())
        return EXIT_FAILURE;
    if (!change(application.arguments().value(1).toLatin1()))
        return 77;
    return sayWhoStarts() ? EXIT_SUCCESS : EXIT_FAILURE;
}
