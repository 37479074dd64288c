// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

#include "abandonedthreads_p.h"

#include <QtCore/QCoreApplication>
#include <QtCore/QDeadlineTimer>
#include <QtCore/QThreadPool>

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

    static Abandoned &instance()
    {
        static auto *const abandoned = new Abandoned;
        return *abandoned;
    }
    bool anyRuns()
    {
        const std::lock_guard lock(mutex);
        return std::any_of(threads.begin(), threads.end(), [](const std::unique_ptr<QThread> &thread) { return !thread->isFinished(); })
            || std::any_of(runsInPools.begin(), runsInPools.end(), [](const std::weak_ptr<const void> &run) { return !run.expired(); });
    }
};

void flushStreamsOfCpp()
{
    for (std::ostream *const stream : { &std::cout, &std::cerr, &std::clog })
        stream->flush();
    for (std::wostream *const stream : { &std::wcout, &std::wcerr, &std::wclog })
        stream->flush();
}

void flushStreamsOfC()
{
#ifdef __GLIBC__
    ::fcloseall(); // as in exit(): also flushes streams that a thread has locked
#else
    std::fflush(nullptr);
#endif
}

// An abandoned thread may hold the lock of a stream forever, so this gives up after a while.
void flushStreams()
{
    static constexpr std::chrono::seconds patience(5);
    const auto done = std::make_shared<std::counting_semaphore<>>(0);
    const QDeadlineTimer deadline(patience);
    for (const auto flush : { &flushStreamsOfCpp, &flushStreamsOfC }) {
        try {
            std::thread([done, flush] {
                flush();
                done->release();
            }).detach();
        } catch (const std::system_error &) {
            flush(); // the system could not create a thread
            done->release();
        }
        static_cast<void>(done->try_acquire_until(deadline.deadline<std::chrono::steady_clock>()));
    }
}

[[noreturn]] void endNow(int status)
{
    if (Trace *const trace = Trace::instance())
        trace->end();
    flushStreams();
    std::_Exit(status);
}

[[maybe_unused]] void programEnds(int status, void *)
{
    if (Abandoned::instance().anyRuns())
        endNow(status);
}

// QCoreApplication waits for the threads of the global pool. If one of them is abandoned, or is in a deadlock with an abandoned thread,
// it waits forever, and the exit code of main() is never known.
void applicationEnds()
{
    static constexpr int patience = 5000; // ms
    if (!Abandoned::instance().anyRuns() || QThreadPool::globalInstance()->activeThreadCount() == 0 || QThreadPool::globalInstance()->waitForDone(patience))
        return;
    qCritical("QSeamstressThread: a script was abandoned and has not ended, nor have the tasks in QThreadPool::globalInstance(), for which QCoreApplication would wait forever. The "
              "program therefore exits now, with exit code %d. Make both end, or use a thread pool of your own.",
              EXIT_FAILURE);
    endNow(EXIT_FAILURE);
}

void registerEnd()
{
#ifndef QSEAMSTRESS_WITHOUT_ON_EXIT // platforms without on_exit() do not need it: their condition variables do not wait for waiters
    // Functions registered last are called first, that is, before the destructors of all static objects that exist now.
    ::on_exit(&programEnds, nullptr);
#endif
    qRemovePostRoutine(&applicationEnds);
    qAddPostRoutine(&applicationEnds);
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

void keepAbandonedInPool(const std::weak_ptr<const void> &run)
{
    Abandoned &abandoned = Abandoned::instance();
    const std::lock_guard lock(abandoned.mutex);
    abandoned.runsInPools.push_back(run);
    registerEnd();
}

} // namespace QSeamstressPrivate
