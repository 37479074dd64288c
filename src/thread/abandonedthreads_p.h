// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

#ifndef ABANDONEDTHREADS_P_H
#define ABANDONEDTHREADS_P_H

#include <QtCore/QThread>

#include <memory>

namespace QSeamstressPrivate {

// Keeps abandoned threads, since a QThread must not be destroyed while it runs. Threads that have ended are freed when the next one is
// added. The others stay reachable until the program ends and are never destroyed, since they may still be running then.
//
// While such a thread runs, the program ends without destroying its static objects: the destructor of a glibc condition variable,
// including those in Qt, waits for its waiters.
void keepAbandoned(std::unique_ptr<QThread> thread);
// The same for a pool thread, which runs until run expires.
void keepAbandonedInPool(const std::weak_ptr<const void> &run);

} // namespace QSeamstressPrivate

#endif // ABANDONEDTHREADS_P_H
