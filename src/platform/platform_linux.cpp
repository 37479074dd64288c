// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

#include <ctime>

#include <dirent.h>
#include <poll.h>
#include <sys/prctl.h>
#include <sys/syscall.h>

#include "proc_linux_p.h"
#include "scheduler_p.h"

namespace QSeamstressPrivate {

namespace {

struct SystemCall
{
    enum Kind { Waits, WaitsOnAddress, WaitsOnDescriptor, WaitsOnFileLock, Polls, Sleeps };
    enum TimeoutKind { None, Pointer, Milliseconds };
    long number;
    const char *name;
    Kind kind = Waits;
    const char *purpose = "";
    TimeoutKind timeoutKind = None;
    int timeout = 0; // index of the argument
};
constexpr SystemCall waitingCalls[] = {
    { SYS_futex, "futex", SystemCall::WaitsOnAddress, "", SystemCall::Pointer, 3 },
#ifdef SYS_futex_waitv
    { SYS_futex_waitv, "futex_waitv", SystemCall::Waits, "", SystemCall::Pointer, 3 },
#endif
    { SYS_read, "read", SystemCall::WaitsOnDescriptor },
    { SYS_readv, "readv", SystemCall::WaitsOnDescriptor },
    { SYS_write, "write", SystemCall::WaitsOnDescriptor },
    { SYS_writev, "writev", SystemCall::WaitsOnDescriptor },
    { SYS_recvfrom, "recvfrom", SystemCall::WaitsOnDescriptor },
    { SYS_recvmsg, "recvmsg", SystemCall::WaitsOnDescriptor },
    { SYS_sendto, "sendto", SystemCall::WaitsOnDescriptor },
    { SYS_sendmsg, "sendmsg", SystemCall::WaitsOnDescriptor },
    { SYS_accept, "accept", SystemCall::WaitsOnDescriptor },
    { SYS_accept4, "accept4", SystemCall::WaitsOnDescriptor },
    { SYS_connect, "connect", SystemCall::WaitsOnDescriptor },
    { SYS_fcntl, "fcntl", SystemCall::WaitsOnFileLock },
    { SYS_flock, "flock", SystemCall::WaitsOnFileLock },
    { SYS_semop, "semop", SystemCall::Waits, "a System V semaphore" },
    { SYS_semtimedop, "semtimedop", SystemCall::Waits, "a System V semaphore", SystemCall::Pointer, 3 },
    { SYS_msgrcv, "msgrcv", SystemCall::Waits, "a message queue" },
    { SYS_msgsnd, "msgsnd", SystemCall::Waits, "a message queue" },
    { SYS_mq_timedreceive, "mq_timedreceive", SystemCall::WaitsOnDescriptor, "", SystemCall::Pointer, 4 },
    { SYS_mq_timedsend, "mq_timedsend", SystemCall::WaitsOnDescriptor, "", SystemCall::Pointer, 4 },
    { SYS_rt_sigtimedwait, "rt_sigtimedwait", SystemCall::Waits, "a signal", SystemCall::Pointer, 2 },
    { SYS_rt_sigsuspend, "rt_sigsuspend", SystemCall::Waits, "a signal" },
    { SYS_wait4, "wait4", SystemCall::Waits, "the end of a child process" },
    { SYS_waitid, "waitid", SystemCall::Waits, "the end of a child process" },
    { SYS_ppoll, "ppoll", SystemCall::Polls, "", SystemCall::Pointer, 2 },
    { SYS_pselect6, "pselect6", SystemCall::Polls, "", SystemCall::Pointer, 4 },
    { SYS_epoll_pwait, "epoll_pwait", SystemCall::Polls, "", SystemCall::Milliseconds, 3 },
#ifdef SYS_epoll_pwait2
    { SYS_epoll_pwait2, "epoll_pwait2", SystemCall::Polls, "", SystemCall::Pointer, 3 },
#endif
#ifdef SYS_poll // newer architectures lack all of these
    { SYS_pause, "pause", SystemCall::Waits, "a signal" },
    { SYS_poll, "poll", SystemCall::Polls, "", SystemCall::Milliseconds, 2 },
    { SYS_select, "select", SystemCall::Polls, "", SystemCall::Pointer, 4 },
    { SYS_epoll_wait, "epoll_wait", SystemCall::Polls, "", SystemCall::Milliseconds, 3 },
#endif
    { SYS_clock_nanosleep, "clock_nanosleep", SystemCall::Sleeps, "", SystemCall::Pointer, 2 },
    { SYS_nanosleep, "nanosleep", SystemCall::Sleeps, "", SystemCall::Pointer, 0 },
};

// What a file descriptor of a process refers to: a path, "pipe:[1234]", "socket:[1234]".
QString targetOf(quint64 descriptor, qint64 processId)
{
    std::array<char, 512> target;
    const ssize_t size = ::readlink(procPath(processId, "fd", static_cast<int>(descriptor)).data(), target.data(), target.size());
    return size > 0 ? QString::fromLocal8Bit(target.data(), size) : QStringLiteral("descriptor %1").arg(descriptor);
}

bool hasTimeout(const SystemCall &call, const Arguments &arguments)
{
    const quint64 timeout = arguments[static_cast<std::size_t>(call.timeout)];
    if (call.timeoutKind == SystemCall::Milliseconds)
        return static_cast<qint32>(timeout) >= 0;
    return call.timeoutKind == SystemCall::Pointer && timeout != 0;
}

// The clock of an absolute time-out; empty if the call takes a duration.
std::optional<clockid_t> clockOf(const SystemCall &call, const Arguments &arguments)
{
    static constexpr quint64 futexCommand = 0x7f; // linux/futex.h; FUTEX_WAIT (0) takes a duration, the other commands an absolute time
    static constexpr quint64 futexClockRealtime = 0x100;
    if (call.kind == SystemCall::WaitsOnAddress && (arguments[1] & futexCommand) != 0)
        return arguments[1] & futexClockRealtime ? CLOCK_REALTIME : CLOCK_MONOTONIC;
    if (call.number == SYS_clock_nanosleep && (arguments[1] & TIMER_ABSTIME) != 0)
        return static_cast<clockid_t>(arguments[0]);
    return {};
}

// The time in ns until a wait in this process times out, -1 if unknown.
qint64 remainingTime(const SystemCall &call, const Arguments &arguments)
{
    const quint64 timeout = arguments[static_cast<std::size_t>(call.timeout)];
    if (call.timeoutKind == SystemCall::Milliseconds)
        return static_cast<qint64>(static_cast<qint32>(timeout)) * 1'000'000;
    if (std::strcmp(call.name, "select") == 0)
        return -1; // its timeval has microseconds
    const auto nanoseconds = [](const timespec &time) { return static_cast<qint64>(std::min<time_t>(time.tv_sec, 1'000'000'000)) * 1'000'000'000 + time.tv_nsec; };
    const std::optional<timespec> given = readMemory<timespec>(timeout);
    const std::optional<clockid_t> clock = clockOf(call, arguments);
    timespec now{};
    if (!given || (clock && ::clock_gettime(*clock, &now) != 0))
        return -1;
    return std::max<qint64>(0, given->tv_sec < now.tv_sec ? 0 : nanoseconds({ given->tv_sec - now.tv_sec, given->tv_nsec }) - now.tv_nsec);
}

// Whether a call polls only descriptors with which the threads of this process wake each other up, as event loops do.
bool isWokenByThreadsOnly(const SystemCall &call, const Arguments &arguments)
{
    const bool isPoll = std::strcmp(call.name, "ppoll") == 0 || std::strcmp(call.name, "poll") == 0;
    static constexpr quint64 maximum = 16; // no event loop that only waits for threads polls more
    if (!isPoll || arguments[1] == 0 || arguments[1] > maximum)
        return false;
    for (quint64 index = 0; index < arguments[1]; ++index) {
        const std::optional<pollfd> polled = readMemory<pollfd>(arguments[0] + index * sizeof(pollfd));
        // A descriptor that child processes inherit may be written to from outside.
        const bool staysHere = polled && (::fcntl(polled->fd, F_GETFD) & FD_CLOEXEC) != 0;
        if (!staysHere || targetOf(static_cast<quint64>(polled->fd), 0) != QLatin1String("anon_inode:[eventfd]"))
            return false;
    }
    return true;
}

ActivityReport waitReport(const SystemCall &call, const Arguments &arguments, qint64 processId)
{
    ActivityReport report{ call.kind == SystemCall::Sleeps ? ActivityReport::Sleeping : ActivityReport::Blocked };
    report.call = call.name;
    report.processId = processId;
    report.endsByItself = call.kind == SystemCall::Sleeps || hasTimeout(call, arguments);
    if (report.endsByItself && processId == 0)
        report.endsWithin = remainingTime(call, arguments);
    const bool isOnDescriptor = call.kind == SystemCall::WaitsOnDescriptor || call.kind == SystemCall::WaitsOnFileLock;
    report.what = isOnDescriptor ? targetOf(arguments[0], processId) : QString::fromLatin1(call.purpose);
    if (call.kind == SystemCall::WaitsOnAddress) {
        report.waitsFor = ActivityReport::Memory;
        report.address = static_cast<quintptr>(arguments[0]);
    } else if (call.kind == SystemCall::WaitsOnFileLock) {
        report.waitsFor = ActivityReport::FileLock;
    } else if (call.kind == SystemCall::Polls) {
        report.isAnsweredFromOutside = processId != 0 || !isWokenByThreadsOnly(call, arguments);
    } else {
        report.isAnsweredFromOutside = call.kind != SystemCall::Sleeps;
    }
    return report;
}

// In virtual time the kernel knows no time-outs, and a sleep is a futex for it.
void addVirtualTime(ActivityReport &report, const SystemThread &thread)
{
    const Scheduler *const withClock = thread.processId == 0 ? schedulerWithClock() : nullptr;
    const std::optional<Scheduler::VirtualWait> wait = withClock ? withClock->waitOf(thread.threadId) : std::nullopt;
    if (!wait || wait->remaining < 0)
        return;
    if (std::strstr(wait->call, "sleep"))
        report = { ActivityReport::Sleeping };
    report.call = wait->call;
    report.endsByItself = true;
    report.endsWithin = wait->remaining;
}

} // namespace

bool isDebuggerAttached()
{
    const ProcFile status("/proc/self/status");
    static constexpr char key[] = "TracerPid:";
    const char *tracer = std::strstr(status.text(), key);
    return tracer && std::atoi(tracer + sizeof(key) - 1) != 0;
}

qint64 currentThreadId()
{
    return ::syscall(SYS_gettid);
}

bool isActivityAvailable()
{
    const ProcFile own(Look::path("syscall", { currentThreadId() }).data());
    return !own.isEmpty() || own.lacksDescriptor();
}

// The report for a look that failed.
static ActivityReport reportWithoutLook(const Look &look)
{
    if (look.lacksDescriptor())
        return { ActivityReport::Unknown, ActivityReport::NoFreeDescriptor };
    if ((look.call.error() == ENOENT || look.call.error() == ESRCH) && isActivityAvailable())
        return { ActivityReport::Computing, ActivityReport::IsEnding }; // the thread is gone
    return {};
}

// After an interruption, for example by SIGSTOP and SIGCONT, a wait with a time-out resumes as restart_syscall(2) with the arguments of
// the original call. The place in the kernel where the thread sleeps shows which call that was.
static long restartedCall(const SystemThread &thread)
{
    const ProcFile place(Look::path("wchan", thread).data());
    if (place.isEmpty() || std::strcmp(place.text(), "0") == 0)
        return SYS_restart_syscall; // the kernel hides it
    if (std::strstr(place.text(), "futex"))
        return SYS_futex;
#ifdef SYS_poll
    if (std::strstr(place.text(), "poll"))
        return SYS_poll;
#endif
    return SYS_clock_nanosleep;
}

ActivityReport activityOfThread(const SystemThread &thread, const std::function<bool()> &isInEventLoop)
{
    // Take two looks. They must be equal, with no CPU time in between: a single look may catch a call that returns at once.
    const Look look(thread);
    // Asked between the two looks: if they are equal, the thread did not run in between.
    const bool inEventLoop = isInEventLoop();
    // A thread that sleeps in a system call waits to be woken up, for example by the owner of a lock. Any other thread waits only for a CPU
    // or for the kernel, which may be fetching a page of memory for the call or throttling the program because memory is scarce.
    const char state = look.number() >= 0 ? stateOf(thread) : 'R';
    const bool asleep = state != 'R' && state != 'D';
    const long number = look.number() == SYS_restart_syscall ? restartedCall(thread) : look.number();
    const Look again(thread);
    if (look.hasFailed() || again.hasFailed())
        return reportWithoutLook(look.hasFailed() ? look : again);
    if (!(look == again) || !asleep)
        return { ActivityReport::Computing };
    const Arguments arguments = look.arguments();
    for (const SystemCall &call : waitingCalls) {
        if (call.number != number)
            continue;
        if (call.kind == SystemCall::Polls && inEventLoop)
            return { ActivityReport::InEventLoop };
        ActivityReport report = waitReport(call, arguments, thread.processId);
        addVirtualTime(report, thread);
        report.cpuTime = std::strtoull(look.cpuTime.text(), nullptr, 10);
        report.stackPointer = static_cast<quintptr>(arguments.back());
        return report;
    }
    return { ActivityReport::Unknown, ActivityReport::UnknownCall, number };
}

bool isThreadThere(qint64 threadId)
{
    return threadId > 0 && ::syscall(SYS_tgkill, ::getpid(), threadId, 0) == 0;
}

QList<qint64> threadIds(qint64 processId)
{
    QList<qint64> ids;
    if (DIR *const directory = ::opendir(qPrintable(procDirectory(processId) + QLatin1String("/task")))) {
        while (const dirent *const entry = ::readdir(directory)) {
            if (const qint64 id = std::atoll(entry->d_name); id > 0)
                ids.append(id);
        }
        ::closedir(directory);
    }
    return ids;
}

void nameThisThread(const char *name)
{
    ::prctl(PR_SET_NAME, name);
}

QString threadName(const SystemThread &thread)
{
    return QString::fromLocal8Bit(ProcFile(Look::path("comm", thread).data()).text()).trimmed();
}

bool isAnyThreadKeptWaiting()
{
    // "0.20 0.18 0.12 3/80 11206": the fourth field begins with the number of runnable threads, including this one; proc(5).
    const ProcFile averages("/proc/loadavg");
    int runnable = 0;
    return std::sscanf(averages.text(), "%*s %*s %*s %d/", &runnable) == 1 && runnable > ::sysconf(_SC_NPROCESSORS_ONLN);
}

#ifdef QSEAMSTRESS_WITHOUT_OWNER_OF_MUTEX
qint64 ownerOfLock(quintptr)
{
    return -1;
}
#else
qint64 ownerOfLock(quintptr address)
{
    // glibc, struct __pthread_mutex_s. The lock may be of another type, with a smaller object.
    struct Mutex
    {
        qint32 word; // the futex
        qint32 count;
        qint32 owner;
    };
    const std::optional<Mutex> mutex = readMemory<Mutex>(address);
    static constexpr qint32 isWaitedFor = 2; // QMutex has another value here, and other data behind it
    if (!mutex || mutex->word != isWaitedFor || !threadIds().contains(mutex->owner))
        return -1;
    return mutex->owner;
}
#endif

} // namespace QSeamstressPrivate
