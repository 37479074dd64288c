// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

#ifndef KICKSIGNAL_P_H
#define KICKSIGNAL_P_H

#include <csignal>

namespace QSeamstressScheduler {

// Ends a wait for descriptors in another thread. poll() and its kin return after any signal handler, signal(7). SIGURG, since by default it
// does nothing, programs rarely use it, and debuggers do not stop at it; Go's runtime chose it for the same reasons.
class KickSignal
{
public:
    static int number() { return SIGURG; }
    static bool isFree(); // whether the program has no handler of its own
    static void install();
    static void uninstall();
    // Lets it come to the calling thread.
    static void unblock();
    // The first time that a thread calls it, since a clock may be created later. Leaves the signal to a program that handles it itself.
    static void unblockOnce();
    // A mask without it.
    static sigset_t unblocked(const sigset_t &mask);
};

} // namespace QSeamstressScheduler

#endif // KICKSIGNAL_P_H
