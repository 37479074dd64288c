// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

#include "clockdata_p.h"

#include <QtCore/QFile>

#include <dlfcn.h>
#include <linux/futex.h>
#include <sys/syscall.h>

#include "clocks_p.h"
#include "crowd_p.h"
#include "interposed_p.h"
#include "kicksignal_p.h"
#include "thisthread_p.h"

namespace QSeamstressScheduler {

#ifdef QSEAMSTRESSSCHEDULER_STATIC_DEFINE
static constexpr char cure[] = "without -Wl,--exclude-libs";
#else
static constexpr char cure[] = "before the C library, or preload it (LD_PRELOAD=libQSeamstressScheduler.so)";
#endif

// The file that has a function: "libc.so.6".
static QString fileOf(void *function)
{
    Dl_info information;
    if (!::dladdr(function, &information) || !information.dli_fname)
        return QStringLiteral("another library");
    return QString::fromLocal8Bit(information.dli_fname).section(QLatin1Char('/'), -1);
}

// Calls a function as the libraries of the program do, and looks whether ours was called. Not by its address: AddressSanitizer has functions
// of its own, which call ours.
template <class Function, class Call>
static QString problemOf(const char *name, Function, Call call)
{
    // RTLD_DEFAULT would look in this library first if a plugin was loaded with RTLD_DEEPBIND.
    static void *const program = ::dlopen(nullptr, RTLD_LAZY);
    void *const found = ::dlsym(program, name);
    const unsigned before = thisThread.calls;
    if (found)
        call(reinterpret_cast<Function>(found));
    if (thisThread.calls != before)
        return {};
    return QStringLiteral("%1() is that of %2; link QSeamstress::Scheduler to the program itself, %3").arg(QLatin1String(name), fileOf(found), QLatin1String(cure));
}

static QString notInterposed()
{
    const timespec past{};
    timespec now{};
    quint32 word = 0;
    pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;
    pthread_cond_t condition = PTHREAD_COND_INITIALIZER;
    sem_t semaphore;
    ::sem_init(&semaphore, 0, 0);
    timeval none{};
    pollfd polled{};
    epoll_event event{};
    // One function of each group would not do: a program may link another library that interposes some of them.
#define QSEAMSTRESS_PROBE(name, ...) \
    if (const QString problem = problemOf(#name, &::name, [&](decltype(&::name) function) { static_cast<void>(function(__VA_ARGS__)); }); !problem.isEmpty()) \
        return problem;
    QSEAMSTRESS_PROBE(clock_gettime, CLOCK_MONOTONIC, &now)
    QSEAMSTRESS_PROBE(nanosleep, &past, nullptr)
    QSEAMSTRESS_PROBE(clock_nanosleep, CLOCK_MONOTONIC, 0, &past, nullptr)
    QSEAMSTRESS_PROBE(poll, &polled, 0, 0)
    QSEAMSTRESS_PROBE(ppoll, &polled, 0, &past, nullptr)
    QSEAMSTRESS_PROBE(select, 0, nullptr, nullptr, nullptr, &none)
    QSEAMSTRESS_PROBE(epoll_wait, -1, &event, 1, 0)
    QSEAMSTRESS_PROBE(sem_timedwait, &semaphore, &past)
    QSEAMSTRESS_PROBE(pthread_mutex_timedlock, &mutex, &past) // it is locked now
    QSEAMSTRESS_PROBE(pthread_cond_timedwait, &condition, &mutex, &past)
    QSEAMSTRESS_PROBE(pthread_cond_clockwait, &condition, &mutex, CLOCK_MONOTONIC, &past)
    QSEAMSTRESS_PROBE(syscall, SYS_futex, &word, FUTEX_WAIT_PRIVATE, 1, nullptr)
#undef QSEAMSTRESS_PROBE
    ::pthread_mutex_unlock(&mutex);
    ::sem_destroy(&semaphore);
    return {};
}

// valgrind runs one thread at a time. The others wait for their turn in the kernel, as if they waited for something of the program.
static bool isInValgrind()
{
    QFile maps(QStringLiteral("/proc/self/maps"));
    return maps.open(QIODevice::ReadOnly) && maps.readAll().contains("/vgpreload_");
}

QString whyNotAvailable()
{
    static const bool isSerialised = isInValgrind();
    if (isSerialised)
        return QStringLiteral("valgrind runs one thread at a time, so a thread that runs looks as if it waited; run this test without valgrind");
    if (!Crowd::isVisible())
        return QStringLiteral("/proc/self/task does not tell what threads are doing; mount /proc, with a kernel that has CONFIG_SCHEDSTATS");
    static const QString problem = [] { // found out once, since the dynamic linker has decided it
        const RealSection inRealTime;
        // clock_gettime() counts only while it has something to decide.
        const bool wasReal = Clocks::isReal();
        Clocks::ask(true);
        const QString found = notInterposed();
        if (wasReal)
            Clocks::ask(false);
        return found;
    }();
    if (!problem.isEmpty())
        return problem;
    if (!KickSignal::isFree())
        return QStringLiteral("the program handles SIGURG, with which virtual time ends waits; use another signal");
    return {};
}

} // namespace QSeamstressScheduler
