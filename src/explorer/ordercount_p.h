// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

// How many orders there are of scripts whose numbers of steps are known.

#ifndef ORDERCOUNT_P_H
#define ORDERCOUNT_P_H

#include <QtCore/QtGlobal>

#include <vector>

namespace QSeamstressPrivate {

// All of them; -1 if there are more than a qint64 can hold.
qint64 orderCount(const std::vector<qint64> &steps);

// Those with exactly so many preemptions, of scripts that never block; limit + 1 if there are more than limit. A preemption is a switch
// away from a script that has steps left.
qint64 orderCount(const std::vector<qint64> &steps, int preemptions, qint64 limit);

} // namespace QSeamstressPrivate

#endif // ORDERCOUNT_P_H
