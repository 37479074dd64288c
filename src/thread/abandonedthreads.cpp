// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

#include "abandonedthreads_p.h"

#include <mutex>
#include <vector>

namespace QSeamstressPrivate {

void keepAbandoned(std::unique_ptr<QThread> thread)
{
    static std::mutex mutex;
    static auto *const threads = new std::vector<std::unique_ptr<QThread>>;
    const std::lock_guard lock(mutex);
    std::erase_if(*threads, [](const std::unique_ptr<QThread> &abandoned) { return abandoned->isFinished(); });
    threads->push_back(std::move(thread));
}

} // namespace QSeamstressPrivate
