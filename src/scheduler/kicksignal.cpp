// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

#include "kicksignal_p.h"

#include <utility>

#include <pthread.h>

#include "thisthread_p.h"

namespace QSeamstressScheduler {

static void nothing(int) { }

bool KickSignal::isFree()
{
    struct sigaction now;
    return ::sigaction(number(), nullptr, &now) == 0 && (now.sa_handler == SIG_DFL || now.sa_handler == SIG_IGN || now.sa_handler == nothing);
}

static struct sigaction before;

void KickSignal::install()
{
    struct sigaction action = {};
    action.sa_handler = nothing;
    action.sa_flags = SA_RESTART; // of all calls but those that are to end
    ::sigemptyset(&action.sa_mask);
    ::sigaction(number(), &action, &before);
}

void KickSignal::uninstall()
{
    ::sigaction(number(), &before, nullptr);
}

void KickSignal::unblock()
{
    sigset_t own;
    ::sigemptyset(&own);
    ::sigaddset(&own, number());
    ::pthread_sigmask(SIG_UNBLOCK, &own, nullptr);
}

void KickSignal::unblockOnce()
{
    if (!std::exchange(thisThread.canBeKicked, true) && isFree())
        unblock();
}

sigset_t KickSignal::unblocked(const sigset_t &mask)
{
    sigset_t result = mask;
    ::sigdelset(&result, number());
    return result;
}

} // namespace QSeamstressScheduler
