// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

// Finds the threads that may unblock a blocked script, and what each of them is doing that ends on its own or through an external event.

#include <QtCore/QDir>
#include <QtCore/QFile>
#include <QtCore/QSet>
#include <QtCore/QThreadPool>

#include <csignal>
#include <iterator>
#include <utility>

#include <sys/syscall.h>
#include <sys/time.h>

#include "proc_linux_p.h"

// GCC and Clang announce the sanitizer in different ways.
#ifdef __SANITIZE_THREAD__
#define QSEAMSTRESS_WITH_THREAD_SANITIZER
#elif defined(__has_feature)
#if __has_feature(thread_sanitizer)
#define QSEAMSTRESS_WITH_THREAD_SANITIZER
#endif
#endif

namespace QSeamstressPrivate {

// The helper thread with which glibc implements SIGEV_THREAD timers. The timers themselves are checked separately.
static bool waitsForTimersOnly(const SystemThread &thread, const Look &look)
{
    static constexpr quint64 signalOfTimers = 32; // SIGTIMER, reserved for this thread: __SIGRTMIN in signal.h
    if (look.number() != SYS_rt_sigtimedwait || thread.processId != 0)
        return false;
    const std::optional<quint64> set = readMemory<quint64>(look.arguments()[0]);
    return set && *set == quint64(1) << (signalOfTimers - 1);
}

#ifdef QSEAMSTRESS_WITH_THREAD_SANITIZER
// ThreadSanitizer's own thread, which sleeps most of the time, in a system call that glibc does not use. -1 if not found.
static qint64 findThreadOfSanitizer()
{
    static constexpr int maximumTries = 100;
    for (int time = 0; time < maximumTries; ++time) {
        const QList<qint64> threads = threadIds();
        const auto found = std::find_if(threads.begin(), threads.end(), [](qint64 thread) { return Look({ thread }).number() == SYS_nanosleep; });
        if (found != threads.end())
            return *found;
        ::usleep(1000);
    }
    return -1;
}
#endif

// Threads that never do anything a script waits for: they always wait for external events, or with a time-out.
static bool isOfALibrary(const SystemThread &thread)
{
    static constexpr const char *names[] = { nameOfOwnThreads, "QtTest Watchdog", "gmain", "gdbus", "dconf worker", "pool-spawner", "QXcbEventQueue", "WaylandEventThr" };
    const QString name = threadName(thread);
    return std::any_of(std::begin(names), std::end(names), [&name](const char *other) { return name == QLatin1String(other); });
}

// Or they have ended while their process lives on, like the main thread after pthread_exit().
static bool helpsNobody(const SystemThread &thread, const Look &look)
{
    const char state = stateOf(thread);
    if (state == '\0' || state == 'Z' || waitsForTimersOnly(thread, look))
        return true;
#ifdef QSEAMSTRESS_WITH_THREAD_SANITIZER
    static const qint64 ofSanitizer = findThreadOfSanitizer();
    if (thread.processId == 0 ? thread.threadId == ofSanitizer : look.number() == SYS_nanosleep)
        return true;
#endif
    return false;
}

QByteArray lookAt(qint64 thread)
{
    if (isOfALibrary({ thread }))
        return {};
    const Look look({ thread });
    if (helpsNobody({ thread }, look))
        return {};
    return QByteArray(look.call.text()) + look.cpuTime.text();
}

// An idle thread of a Qt or GLib thread pool waits for work with a time-out and then ends. Any other wait of a pool thread with a longer
// time-out than this looks the same, except while Qt's global pool is busy.
static constexpr qint64 timeOfPools = 10'000'000'000; // ns; what remains of their 30 s after 20 s of idling
static bool waitsForWork(const QString &name, const ActivityReport &report)
{
    const bool isOfQt = name == QLatin1String("Thread (pooled)");
    if (report.address == 0 || report.endsWithin < timeOfPools)
        return false;
    return isOfQt ? QThreadPool::globalInstance()->activeThreadCount() == 0 : name.startsWith(QLatin1String("pool-"));
}

// The lines of a file in /proc; a single empty line if it cannot be read.
static QByteArrayList linesOf(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll().trimmed().split('\n') : QByteArrayList{ QByteArray() };
}

bool mayATimerSendASignal()
{
    itimerval alarm{};
    if (::getitimer(ITIMER_REAL, &alarm) == 0 && (alarm.it_value.tv_sec != 0 || alarm.it_value.tv_usec != 0))
        return true;
    // For each timer_create() "ID: 0", then "notify: signal/pid.4711" or "notify: none/pid.4711"; proc(5).
    bool runs = false;
    const QByteArrayList lines = linesOf(QStringLiteral("/proc/self/timers"));
    for (const QByteArray &line : lines) {
        itimerspec left{};
        if (line.startsWith("ID: "))
            runs = ::syscall(SYS_timer_gettime, line.mid(4).toInt(), &left) == 0 && (left.it_value.tv_sec != 0 || left.it_value.tv_nsec != 0);
        else if (line.startsWith("notify: ") && runs && !line.startsWith("notify: none"))
            return true;
    }
    return false;
}

static bool hasAHelper(qint64 processId)
{
    const QList<qint64> threads = threadIds(processId);
    return std::any_of(threads.begin(), threads.end(), [processId](qint64 id) {
        const SystemThread thread{ id, processId };
        if (id == processId || isOfALibrary(thread) || helpsNobody(thread, Look(thread)))
            return false;
        const ActivityReport report = activityOfThread(thread, [] { return false; });
        return report.waitsFor != ActivityReport::Memory || report.endsByItself;
    });
}

// /proc lists the timers of timer_create(). Of other timers it shows only whether their signals have a handler.
static bool mayHaveATimer(qint64 processId)
{
    static constexpr char handled[] = "\nSigCgt:\t";
    const ProcFile status(procPath(processId, "task", processId, "status").data());
    const char *const signalSet = std::strstr(status.text(), handled);
    const quint64 handledSignals = signalSet ? std::strtoull(signalSet + sizeof handled - 1, nullptr, 16) : 0;
    static constexpr quint64 signalsOfTimers = quint64(1) << (SIGALRM - 1) | quint64(1) << (SIGVTALRM - 1) | quint64(1) << (SIGPROF - 1);
    return (handledSignals & signalsOfTimers) != 0 || !ProcFile(qPrintable(procDirectory(processId) + QLatin1String("/timers"))).isEmpty();
}

// "1: FLOCK  ADVISORY  WRITE 4711 fe:01:1234 0 EOF" is a lock; "1: -> FLOCK ..." is a process that waits for it.
struct FileLockLine
{
    explicit FileLockLine(const QByteArray &line)
        : lock(line.simplified().split(' ').mid(1))
        , isWaiter(lock.removeAll(QByteArray("->")) > 0)
    {
    }
    bool isLock() const { return lock.size() >= 7; }
    qint64 processId() const { return lock.at(3).toLongLong(); } // -1 for a lock by F_OFD_SETLKW

    QByteArrayList lock;
    const bool isWaiter;
};

// The locks held through the file descriptors of a process.
static QSet<QByteArrayList> fileLocksOf(qint64 processId)
{
    QSet<QByteArrayList> locks;
    const QDir directory(procDirectory(processId) + QLatin1String("/fdinfo"));
    for (const QString &descriptor : directory.entryList(QDir::Files)) {
        const QByteArrayList lines = linesOf(directory.filePath(descriptor));
        for (const QByteArray &line : lines) {
            static constexpr char key[] = "lock:";
            if (line.startsWith(key))
                locks.insert(FileLockLine(line.mid(sizeof key - 1)).lock);
        }
    }
    return locks;
}

// Whether a file lock that the waiter waits for is held by none of these processes, so that an outside process may release it.
static bool isFileLockHeldOutside(qint64 waiter, const QList<qint64> &processes)
{
    const qint64 waitersId = waiter == 0 ? ::getpid() : waiter;
    QSet<QByteArrayList> waitedFor;
    QByteArrayList last;
    const QByteArrayList lines = linesOf(QStringLiteral("/proc/locks"));
    for (const QByteArray &line : lines) {
        const FileLockLine read(line);
        if (!read.isLock())
            continue;
        if (!read.isWaiter)
            last = read.lock;
        else if (read.processId() == waitersId || read.processId() == -1)
            waitedFor.insert(last);
    }
    if (waitedFor.isEmpty())
        return true; // the owner is in another container, or the lock is free by now, or the system does not report it
    for (const qint64 process : processes)
        waitedFor -= fileLocksOf(process);
    return !waitedFor.isEmpty();
}

// The memory mappings of a process, or only the shared ones. Empty if they cannot be read.
static std::optional<QList<std::pair<quintptr, quintptr>>> piecesOf(qint64 processId, bool sharedOnly)
{
    QList<std::pair<quintptr, quintptr>> pieces;
    const QByteArrayList lines = linesOf(procDirectory(processId) + QLatin1String("/maps"));
    for (const QByteArray &line : lines) {
        // "7f12000-7f13000 rw-s 00000000 ...", proc(5).
        unsigned long long begin = 0;
        unsigned long long end = 0;
        char sharing = 0;
        if (std::sscanf(line.constData(), "%llx-%llx %*3c%c", &begin, &end, &sharing) != 3)
            return {};
        if (sharing == 's' || !sharedOnly)
            pieces.append({ static_cast<quintptr>(begin), static_cast<quintptr>(end) });
    }
    return pieces;
}

bool isOnStack(quintptr address, quintptr stackPointer)
{
    const auto pieces = piecesOf(0, false);
    return pieces && std::any_of(pieces->begin(), pieces->end(), [=](const auto &piece) { return piece.first <= stackPointer && stackPointer <= address && address < piece.second; });
}

// The futex call does not show whether the memory is shared: libstdc++'s atomics wait as if all memory were shared.
SharedMemory::SharedMemory(qint64 processId)
    : m_pieces(piecesOf(processId, true))
{
}

bool SharedMemory::contains(quintptr address) const
{
    return !m_pieces || std::any_of(m_pieces->begin(), m_pieces->end(), [address](const auto &piece) { return piece.first <= address && address < piece.second; });
}

bool mayEndByItself(const ActivityReport &report, const SharedMemory &shared, const QList<qint64> &processes)
{
    if (report.activity != ActivityReport::Blocked || report.endsByItself || report.isAnsweredFromOutside)
        return true;
    switch (report.waitsFor) {
    case ActivityReport::Memory:
        if (report.processId == 0)
            return shared.contains(report.address);
        // Another thread of that process, or a timer, may also wake up its main thread.
        return hasAHelper(report.processId) || mayHaveATimer(report.processId) || SharedMemory(report.processId).contains(report.address);
    case ActivityReport::FileLock:
        return isFileLockHeldOutside(report.processId, processes);
    case ActivityReport::Anything:
        break;
    }
    return false;
}

std::optional<ActivityReport> whatEndsByItself(qint64 thread, const SharedMemory &shared)
{
    const ActivityReport report = activityOfThread({ thread }, [] { return false; });
    const bool waits = report.activity == ActivityReport::Blocked || report.activity == ActivityReport::Sleeping;
    if (!mayEndByItself(report, shared) || isOfALibrary({ thread }) || helpsNobody({ thread }, Look({ thread })) || (waits && waitsForWork(threadName({ thread }), report)))
        return {};
    return report;
}

} // namespace QSeamstressPrivate
