// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

#include "scheduler_p.h"

#include <atomic>

#include "platform_p.h"

namespace QSeamstressPrivate {

static constinit std::atomic<const Scheduler *> itsScheduler = nullptr;

void useScheduler(const Scheduler *scheduler)
{
    itsScheduler = scheduler;
}

const Scheduler *scheduler()
{
    return itsScheduler.load(std::memory_order_relaxed);
}

const Scheduler *schedulerWithClock()
{
    const Scheduler *const there = scheduler();
    return there && there->isClockAlive() ? there : nullptr;
}

void becomeOwnThread()
{
    nameThisThread(nameOfOwnThreads);
    if (const Scheduler *const there = scheduler())
        there->ignoreThisThread();
}

} // namespace QSeamstressPrivate
