// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

#include "thisthread_p.h"

#include <unistd.h>

namespace QSeamstressScheduler {

constinit thread_local ThisThread thisThread = {};

pid_t ThisThread::threadId()
{
    if (id == 0)
        id = ::gettid();
    return id;
}

} // namespace QSeamstressScheduler
