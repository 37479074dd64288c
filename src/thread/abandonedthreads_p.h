// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

#ifndef ABANDONEDTHREADS_P_H
#define ABANDONEDTHREADS_P_H

#include <QtCore/QThread>

#include <memory>

namespace QSeamstressPrivate {

// Threads that nobody waits for any more: a QThread must not be destroyed while it runs. Those that have ended are freed when the next
// one comes; the rest stay reachable to the end of the program, and are never destroyed, since they may still run then.
//
// While one runs, the program ends without destroying its static objects: the destructor of a glibc condition, also
// of those in Qt, waits for the threads that wait on it.
void keepAbandoned(std::unique_ptr<QThread> thread);
// The same of a thread of a pool, which runs until run has gone.
void keepAbandonedInPool(const std::weak_ptr<const void> &run);

} // namespace QSeamstressPrivate

#endif // ABANDONEDTHREADS_P_H
