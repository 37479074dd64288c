// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

#include "armedbreakpoints_p.h"

#include <QtCore/QHash>
#include <QtCore/QScopeGuard>

#include <atomic>
#include <cstdlib>
#include <utility>
#include <vector>

#ifdef Q_OS_UNIX
#    include <pthread.h>
#endif

#include "../platform/platform_p.h"
#include "../script/pausepoints_p.h"
#include "threadnames_p.h"

namespace QSeamstressPrivate {

namespace {

using Breakpoints = std::vector<std::shared_ptr<Breakpoint>>;

struct Armed
{
    std::mutex mutex;
    Breakpoints all;
    QHash<qint64, QString> halted; // threads, and where
    std::atomic<bool> areThere = false;

    static Armed &instance()
    {
        static auto *const armed = new Armed; // threads may come after everything else is gone
        return *armed;
    }
};

// Whoever stands at one that nobody destroys, when main() has returned: somebody may wait for that thread.
void letAllGo()
{
    Breakpoints all;
    {
        const std::lock_guard lock(Armed::instance().mutex);
        all = Armed::instance().all;
    }
    for (const std::shared_ptr<Breakpoint> &breakpoint : all)
        breakpoint->disarm();
}

#ifdef Q_OS_UNIX
// A forked child has no thread that could let anybody go: no breakpoint is armed there.
void disarmInForkedChildren()
{
    const auto lock = [] { Armed::instance().mutex.lock(); };
    const auto unlock = [] { Armed::instance().mutex.unlock(); };
    const auto disarm = [] {
        static_cast<void>(new Breakpoints(std::move(Armed::instance().all))); // its mutexes may be locked for ever
        Armed::instance().all = {};
        Armed::instance().halted = {};
        Armed::instance().areThere = false;
        Armed::instance().mutex.unlock();
    };
    pthread_atfork(lock, unlock, disarm);
}
#else
void disarmInForkedChildren() { }
#endif

} // namespace

void addArmedBreakpoint(const std::shared_ptr<Breakpoint> &breakpoint)
{
    static const bool isPrepared = [] {
        disarmInForkedChildren();
        return std::atexit(letAllGo) == 0;
    }();
    Q_UNUSED(isPrepared);
    const std::lock_guard lock(Armed::instance().mutex);
    Armed::instance().all.push_back(breakpoint);
    Armed::instance().areThere = true;
}

void removeArmedBreakpoint(const std::shared_ptr<Breakpoint> &breakpoint)
{
    const std::lock_guard lock(Armed::instance().mutex);
    std::erase(Armed::instance().all, breakpoint);
    Armed::instance().areThere = !Armed::instance().all.empty();
}

bool areBreakpointsArmed()
{
    return Armed::instance().areThere;
}

QString nameOfAnArmedBreakpoint()
{
    const std::lock_guard lock(Armed::instance().mutex);
    return Armed::instance().all.empty() ? QString() : Armed::instance().all.front()->point();
}

QString whoIsHalted()
{
    const std::lock_guard lock(Armed::instance().mutex);
    QString text;
    for (const std::shared_ptr<Breakpoint> &breakpoint : Armed::instance().all)
        text += breakpoint->whoIsHalted();
    return text;
}

static std::atomic<int> explorersThatRun = 0;

NoBreakpoints::NoBreakpoints()
{
    ++explorersThatRun;
}

NoBreakpoints::~NoBreakpoints()
{
    --explorersThatRun;
}

bool NoBreakpoints::areRefused()
{
    return explorersThatRun != 0;
}

static bool reachOneOf(const Breakpoints &breakpoints, const QVariant &value)
{
    for (;;) {
        std::shared_ptr<Breakpoint> busy;
        for (const std::shared_ptr<Breakpoint> &breakpoint : breakpoints) {
            const Breakpoint::Outcome outcome = breakpoint->reach(value);
            if (outcome == Breakpoint::Outcome::Taken)
                return true;
            if (outcome == Breakpoint::Outcome::Busy && !busy)
                busy = breakpoint;
        }
        if (!busy)
            return false;
        busy->waitForTurn();
    }
}

void reachBreakpoints(const char *name, const QVariant &value)
{
    if (!areBreakpointsArmed())
        return;
    static thread_local bool isInside = false; // a condition or an action comes to a pause point
    if (isInside)
        return;
    isInside = true;
    const auto leave = qScopeGuard([] { isInside = false; });

    const QString point = QString::fromUtf8(name);
    const QString thread = textOfCurrentThread();
    Breakpoints breakpoints;
    {
        const std::lock_guard lock(Armed::instance().mutex);
        for (const std::shared_ptr<Breakpoint> &breakpoint : Armed::instance().all) {
            breakpoint->note(point, thread);
            if (breakpoint->point() == point)
                breakpoints.push_back(breakpoint);
        }
        if (!breakpoints.empty())
            Armed::instance().halted.insert(currentThreadId(), point);
    }
    if (breakpoints.empty())
        return;
    const auto forget = qScopeGuard([] {
        const std::lock_guard lock(Armed::instance().mutex);
        Armed::instance().halted.remove(currentThreadId());
    });
    reachOneOf(breakpoints, value);
}

QString breakpointOf(qint64 threadId)
{
    const std::lock_guard lock(Armed::instance().mutex);
    return Armed::instance().halted.value(threadId);
}

QList<qint64> threadsAtBreakpoints()
{
    const std::lock_guard lock(Armed::instance().mutex);
    return Armed::instance().halted.keys();
}

} // namespace QSeamstressPrivate
