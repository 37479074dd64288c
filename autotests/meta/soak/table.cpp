// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

#include "table.h"

#include <QByteArrayList>
#include <QCoreApplication>
#include <QDir>
#include <QFile>

#include <cstdio>

#include <malloc.h>
#include <sched.h>

#include "../../shared/memoriesof.h"
#include "../../shared/processstate.h"

static qint64 entriesOf(const QString &folder)
{
    return QDir(folder).entryList(QDir::AllEntries | QDir::System | QDir::Hidden | QDir::NoDotAndDotDot).size();
}

static QByteArray contentOf(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

// Without zombies, which own nothing any more: the process that adopts an orphan may be slow to reap it.
static qint64 processesWith(const QByteArray &mark)
{
    qint64 count = 0;
    for (const QString &process : QDir("/proc").entryList({ "[0-9]*" }, QDir::Dirs)) {
        if (process.toLongLong() == QCoreApplication::applicationPid() || !contentOf("/proc/" + process + "/environ").split('\0').contains("SOAK=" + mark))
            continue;
        const QByteArray state = stateOfProcess(process.toLongLong());
        count += !state.isEmpty() && state != "Z" && state != "X" ? 1 : 0;
    }
    return count;
}

static bool hasOwnSemaphores = false;

bool separateSemaphores()
{
    return hasOwnSemaphores = ::unshare(CLONE_NEWIPC) == 0;
}

// The system does not report which process created a semaphore.
static qint64 semaphores()
{
    return hasOwnSemaphores ? contentOf("/proc/sysvipc/sem").count('\n') : 0;
}

Resources Resources::current()
{
    const auto memory = static_cast<qint64>(mallinfo2().uordblks + mallinfo2().hblkhd) / 1024;
    Resources resources = of(QCoreApplication::applicationPid(), qgetenv("SOAK"), QDir::tempPath());
    resources.counts[Threads] = entriesOf("/proc/self/task");
    resources.counts[Descriptors] = entriesOf("/proc/self/fd");
    resources.counts[Memory] = memory;
    return resources;
}

Resources Resources::of(qint64 processId, const QByteArray &mark, const QString &folder)
{
    return { { 0, 0, 0, processesWith(mark), memoriesOf(processId), semaphores(), entriesOf(folder) } };
}

Resources Resources::difference(const Resources &before, const Resources &after)
{
    static constexpr qint64 caches = 64; // KiB
    Resources difference;
    for (std::size_t kind = 0; kind < Count; ++kind)
        difference.counts[kind] = after.counts[kind] - before.counts[kind];
    if (difference.counts[Memory] <= caches)
        difference.counts[Memory] = std::min<qint64>(difference.counts[Memory], 0);
    return difference;
}

bool Resources::areNone() const
{
    return std::all_of(counts.begin(), counts.end(), [](qint64 count) { return count <= 0; });
}

void printHead()
{
    std::printf("%-46s %7s %8s %12s %11s %10s %9s %11s %6s\n", "", "times", "threads", "descriptors", "memory KiB", "processes", "segments", "semaphores", "files");
}

void printRow(const QString &what, int count, const Resources &left, const QString &note)
{
    std::array<qint64, Resources::Count> more;
    std::transform(left.counts.begin(), left.counts.end(), more.begin(), [](qint64 count) { return std::max<qint64>(count, 0); });
    std::printf("%-46s %7d %8lld %12lld %11lld %10lld %9lld %11lld %6lld%s%s\n", qPrintable(what), count, more[0], more[1], more[2], more[3], more[4], more[5], more[6],
                note.isEmpty() ? "" : "  ", qPrintable(note));
    std::fflush(stdout);
}
