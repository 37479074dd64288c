// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

#include "ignoredthreads_p.h"

#include <array>
#include <atomic>

#include "thisthread_p.h"

namespace QSeamstressScheduler {

static std::array<std::atomic<pid_t>, 64> ignored;
static std::atomic<unsigned> ignoredChanges;

void ignoreThisThread()
{
    // Forgotten before the thread has ended: one that still runs may be waited for in vain for a moment, the other way round one that took
    // over its number would be overlooked.
    static thread_local struct Entry
    {
        std::atomic<pid_t> *place = nullptr;
        ~Entry()
        {
            if (place)
                *place = 0;
            ++ignoredChanges;
        }
    } entry;
    if (entry.place)
        return;
    for (std::atomic<pid_t> &place : ignored) {
        pid_t none = 0;
        if (!place.compare_exchange_strong(none, thisThread.threadId()))
            continue;
        entry.place = &place;
        ++ignoredChanges;
        ++thisThread.realTime;
        return;
    }
}

void forgetIgnoredThreads()
{
    for (std::atomic<pid_t> &place : ignored)
        place = 0;
}

bool isIgnored(pid_t thread)
{
    for (const std::atomic<pid_t> &place : ignored) {
        if (place == thread)
            return true;
    }
    return false;
}

IgnoredThreads ignoredThreads()
{
    IgnoredThreads result{ 0, ignoredChanges };
    for (const std::atomic<pid_t> &place : ignored)
        result.count += place != 0 ? 1 : 0;
    return result;
}

} // namespace QSeamstressScheduler
