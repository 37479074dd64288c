// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

// Which threads may free a script that is blocked: what each does that ends by itself, or from outside.

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

// As g++ and clang++ tell it.
#ifdef __SANITIZE_THREAD__
#define QSEAMSTRESS_WITH_THREAD_SANITIZER
#elif defined(__has_feature)
#if __has_feature(thread_sanitizer)
#define QSEAMSTRESS_WITH_THREAD_SANITIZER
#endif
#endif

namespace QSeamstressPrivate {

// A thread of glibc that calls functions for timers, SIGEV_THREAD. They are looked at themselves.
static bool waitsForTimersOnly(const SystemThread &thread, const Look &look)
{
    static constexpr quint64 signalOfTimers = 32; // SIGTIMER, which nobody else may wait for: __SIGRTMIN in signal.h
    if (look.number() != SYS_rt_sigtimedwait || thread.processId != 0)
        return false;
    const std::optional<quint64> set = readMemory<quint64>(look.arguments()[0]);
    return set && *set == quint64(1) << (signalOfTimers - 1);
}

#ifdef QSEAMSTRESS_WITH_THREAD_SANITIZER
// The thread of ThreadSanitizer itself, which sleeps most of the time, in a call that glibc does not make. -1 if it is not found.
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

// Threads that do nothing that a script waits for: they wait for the outside, or with a time-out, all the time. Or they have ended, and
// their process lives on without them, as without main() after pthread_exit().
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
    static constexpr const char *names[] = { nameOfOwnThreads, "QtTest Watchdog", "gmain", "gdbus", "dconf worker", "pool-spawner", "QXcbEventQueue", "WaylandEventThr" };
    const QString name = threadName(thread);
    return std::any_of(std::begin(names), std::end(names), [&name](const char *other) { return name == QLatin1String(other); });
}

QByteArray lookAt(qint64 thread)
{
    const Look look({ thread });
    if (helpsNobody({ thread }, look))
        return {};
    return QByteArray(look.call.text()) + look.cpuTime.text();
}

// One of Qt's pools, or of GLib's, that is idle: it waits for work, with a time-out, and then it ends. Another wait with a time-out of
// longer than this is not told from that, but where Qt's global pool has work.
static constexpr qint64 timeOfPools = 10'000'000'000; // ns; of theirs, 30 s, this is left when they have been idle for 20 s
static bool waitsForWork(const QString &name, const ActivityReport &report)
{
    const bool isOfQt = name == QLatin1String("Thread (pooled)");
    if (report.address == 0 || report.endsWithin < timeOfPools)
        return false;
    return isOfQt ? QThreadPool::globalInstance()->activeThreadCount() == 0 : name.startsWith(QLatin1String("pool-"));
}

// Of a file of /proc; an empty one if it cannot be read.
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
    // "ID: 0", then "notify: signal/pid.4711" or "notify: none/pid.4711", of each timer_create(); proc(5).
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
        if (id == processId || helpsNobody(thread, Look(thread)))
            return false;
        const ActivityReport report = activityOfThread(thread, [] { return false; });
        return report.waitsFor != ActivityReport::Memory || report.endsByItself;
    });
}

// Of timer_create() it is told that there is one, of the others only that there is a handler for their signals.
static bool mayHaveATimer(qint64 processId)
{
    static constexpr char handled[] = "\nSigCgt:\t";
    const ProcFile status(procPath(processId, "task", processId, "status").data());
    const char *const signalSet = std::strstr(status.text(), handled);
    const quint64 handledSignals = signalSet ? std::strtoull(signalSet + sizeof handled - 1, nullptr, 16) : 0;
    static constexpr quint64 signalsOfTimers = quint64(1) << (SIGALRM - 1) | quint64(1) << (SIGVTALRM - 1) | quint64(1) << (SIGPROF - 1);
    return (handledSignals & signalsOfTimers) != 0 || !ProcFile(qPrintable(procDirectory(processId) + QLatin1String("/timers"))).isEmpty();
}

// "1: FLOCK  ADVISORY  WRITE 4711 fe:01:1234 0 EOF" is a lock, in "1: -> FLOCK ..." somebody waits for it.
struct FileLockLine
{
    explicit FileLockLine(const QByteArray &line)
        : lock(line.simplified().split(' ').mid(1))
        , isWaiter(lock.removeAll(QByteArray("->")) > 0)
    {
    }
    bool isLock() const { return lock.size() >= 7; }
    qint64 processId() const { return lock.at(3).toLongLong(); } // -1 of a lock by F_OFD_SETLKW

    QByteArrayList lock;
    const bool isWaiter;
};

// The locks that the descriptors of a process have.
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

// Whether a lock of a file for which a thread of a process waits is held by none of these processes: somebody else may free it.
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
        return true; // its holder is in a container of its own, or it is free by now, or that is not told
    for (const qint64 process : processes)
        waitedFor -= fileLocksOf(process);
    return !waitedFor.isEmpty();
}

// The pieces of memory of a process, or those only that it shares. Nothing if that cannot be read.
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

// The call that waits does not tell: libstdc++'s atomics wait in memory as if it were shared.
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
        // The main thread of another process may also be freed by another thread of that, or by a timer.
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
    if (!mayEndByItself(report, shared) || helpsNobody({ thread }, Look({ thread })) || (waits && waitsForWork(threadName({ thread }), report)))
        return {};
    return report;
}

} // namespace QSeamstressPrivate
