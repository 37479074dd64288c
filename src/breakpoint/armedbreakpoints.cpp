// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

#include "armedbreakpoints_p.h"

#include <QtCore/QScopeGuard>

#include <atomic>
#include <cstdlib>
#include <utility>
#include <vector>

#ifdef Q_OS_UNIX
#    include <pthread.h>
#endif

#include "../base/pausepointlistener_p.h"
#include "../base/standingthreads_p.h"
#include "threadnames_p.h"

namespace QSeamstressPrivate {

namespace {

using Breakpoints = std::vector<std::shared_ptr<Breakpoint>>;

struct Armed
{
    std::mutex mutex;
    Breakpoints all;
    std::atomic<bool> areThere = false;

    static Armed &instance() { return *pointer(); }
    static Armed *&pointer()
    {
        static auto *armed = new Armed; // never destroyed: threads may arrive after everything else is gone
        return armed;
    }
};

Breakpoints allArmed()
{
    const std::lock_guard lock(Armed::instance().mutex);
    return Armed::instance().all;
}

// Called after main() has returned, for breakpoints that are never destroyed: a thread may wait for one that is paused there.
void letAllGo()
{
    for (const std::shared_ptr<Breakpoint> &breakpoint : allArmed())
        breakpoint->disarm();
}

} // namespace

void addArmedBreakpoint(const std::shared_ptr<Breakpoint> &breakpoint)
{
    static const bool isPrepared = [] {
#ifdef Q_OS_UNIX
        // A forked child has no thread that could resume another one: no breakpoint is armed there.
        pthread_atfork(nullptr, nullptr, [] {
            Armed::pointer() = new Armed; // the mutex of the previous one may be locked forever
            StandingThreads::forgetInForkedChild();
        });
#endif
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

QString nameOfAnArmedBreakpoint()
{
    const std::lock_guard lock(Armed::instance().mutex);
    return Armed::instance().all.empty() ? QString() : Armed::instance().all.front()->point(); // names are never empty
}

QString whoIsHalted()
{
    QString text;
    for (const std::shared_ptr<Breakpoint> &breakpoint : allArmed())
        text += breakpoint->whoIsHalted();
    return text;
}

void reachBreakpoints(const char *name, const QVariant &value)
{
    if (!Armed::instance().areThere)
        return;
    static thread_local bool isInside = false; // a condition or an action may reach a pause point
    if (isInside)
        return;
    isInside = true;
    const auto leave = qScopeGuard([] { isInside = false; });

    const QString point = QString::fromUtf8(name);
    const QString thread = textOfCurrentThread();
    std::vector<Breakpoint::Visit> visits;
    {
        const std::lock_guard lock(Armed::instance().mutex);
        for (const std::shared_ptr<Breakpoint> &breakpoint : Armed::instance().all) {
            breakpoint->note(point, thread);
            if (breakpoint->point() == point)
                visits.push_back({ breakpoint });
        }
    }
    for (;;) {
        const quint64 turn = StandingThreads::instance().turn();
        bool mayWait = false;
        for (Breakpoint::Visit &visit : visits) {
            const Breakpoint::Outcome outcome = visit.hasPassed ? Breakpoint::Outcome::Passed : visit.breakpoint->reach(value, &visit);
            if (outcome == Breakpoint::Outcome::Taken)
                return;
            visit.hasPassed = outcome == Breakpoint::Outcome::Passed;
            mayWait = mayWait || !visit.hasPassed;
        }
        if (!mayWait)
            return;
        StandingThreads::instance().waitForNextTurn(turn, point);
    }
}

void letGoFromBreakpoints(std::thread::id thread)
{
    for (const std::shared_ptr<Breakpoint> &breakpoint : allArmed())
        breakpoint->letGo(thread);
}

} // namespace QSeamstressPrivate
