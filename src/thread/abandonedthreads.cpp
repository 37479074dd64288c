// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

#include "abandonedthreads_p.h"

#include <QtCore/QCoreApplication>

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <functional>
#include <iostream>
#include <mutex>
#include <semaphore>
#include <system_error>
#include <thread>
#include <vector>

#include "../timeline/trace_p.h"

namespace QSeamstressPrivate {

namespace {

struct Abandoned
{
    std::mutex mutex;
    std::vector<std::unique_ptr<QThread>> threads;
    std::vector<std::weak_ptr<const void>> runsInPools;
    std::vector<std::weak_ptr<const void>> runsInTheGlobalPool;

    static Abandoned &instance()
    {
        static auto *const abandoned = new Abandoned;
        return *abandoned;
    }
    bool anyRuns() const
    {
        return std::any_of(threads.begin(), threads.end(), [](const std::unique_ptr<QThread> &thread) { return !thread->isFinished(); }) || anyIsThere(runsInPools);
    }
    static bool anyIsThere(const std::vector<std::weak_ptr<const void>> &runs)
    {
        return std::any_of(runs.begin(), runs.end(), [](const std::weak_ptr<const void> &run) { return !run.expired(); });
    }
};

// As exit() does. An abandoned thread may be inside of a stream, and have its lock: so not for ever.
void flushStreams()
{
    static constexpr std::chrono::seconds patience(5);
    const auto isDone = std::make_shared<std::binary_semaphore>(0);
    const auto flush = [isDone] {
        for (std::ostream *const stream : { &std::cout, &std::cerr, &std::clog })
            stream->flush();
        for (std::wostream *const stream : { &std::wcout, &std::wcerr, &std::wclog })
            stream->flush();
        std::fflush(stdout); // before stdin, in which a thread may be
        std::fflush(nullptr);
        isDone->release();
    };
    try {
        std::thread(flush).detach();
        static_cast<void>(isDone->try_acquire_for(patience));
    } catch (const std::system_error &) {
        flush(); // the system gives no thread
    }
}

[[noreturn]] void endNow(int status)
{
    if (Trace *const trace = Trace::instance())
        trace->end();
    flushStreams();
    std::_Exit(status);
}

#ifndef QSEAMSTRESS_WITHOUT_ON_EXIT
void programEnds(int status, void *)
{
    std::unique_lock lock(Abandoned::instance().mutex);
    const bool anyRuns = Abandoned::instance().anyRuns();
    lock.unlock();
    if (anyRuns)
        endNow(status);
}

// What is registered last is called first, before the destructors of all static objects that are there now.
void registerEnd()
{
    ::on_exit(&programEnds, nullptr);
}
#else
void registerEnd() { } // where conditions do not wait for their waiters
#endif

// What main() would return is not known yet, and never will be: the application waits for the threads of that pool.
void applicationEnds()
{
    std::unique_lock lock(Abandoned::instance().mutex);
    const bool anyRuns = Abandoned::anyIsThere(Abandoned::instance().runsInTheGlobalPool);
    lock.unlock();
    if (!anyRuns)
        return;
    qCritical("QSeamstressThread: a script in a thread of QThreadPool::globalInstance() was abandoned and has not ended, and QCoreApplication would wait for it for ever. "
              "So the program ends here, with exit code %d. Make the script end, or run it in a pool of its own, or in none.",
              EXIT_FAILURE);
    endNow(EXIT_FAILURE);
}

} // namespace

void keepAbandoned(std::unique_ptr<QThread> thread)
{
    Abandoned &abandoned = Abandoned::instance();
    const std::lock_guard lock(abandoned.mutex);
    std::erase_if(abandoned.threads, [](const std::unique_ptr<QThread> &other) { return other->isFinished(); });
    abandoned.threads.push_back(std::move(thread));
    registerEnd();
}

void keepAbandonedInPool(const std::weak_ptr<const void> &run, const QThreadPool *pool)
{
    Abandoned &abandoned = Abandoned::instance();
    const std::lock_guard lock(abandoned.mutex);
    abandoned.runsInPools.push_back(run);
    registerEnd();
    if (pool != QThreadPool::globalInstance())
        return;
    if (abandoned.runsInTheGlobalPool.empty())
        qAddPostRoutine(&applicationEnds);
    abandoned.runsInTheGlobalPool.push_back(run);
}

} // namespace QSeamstressPrivate
