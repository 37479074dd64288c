// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

#ifndef IGNOREDTHREADS_P_H
#define IGNOREDTHREADS_P_H

#include <sys/types.h>

namespace QSeamstressScheduler {

// Threads that play no part in the program: those of this library and QTest's watchdog. Their clocks and waits are real for ever, and
// nobody waits for them to rest.
void ignoreThisThread();
bool isIgnored(pid_t thread);
void forgetIgnoredThreads(); // in a new child process
// How many of them are alive, at most. Equal if the same ones were alive all the time in between.
struct IgnoredThreads
{
    int count;
    unsigned changes;
    bool operator==(const IgnoredThreads &) const = default;
};
IgnoredThreads ignoredThreads();

} // namespace QSeamstressScheduler

#endif // IGNOREDTHREADS_P_H
