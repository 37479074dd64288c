// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

#ifndef ORDERCOUNT_P_H
#define ORDERCOUNT_P_H

#include <QtCore/QtGlobal>

#include <vector>

namespace QSeamstressPrivate {

// The number of orders of scripts with these numbers of steps; -1 if it does not fit into a qint64.
qint64 orderCount(const std::vector<qint64> &steps);
// The number of those with exactly this many preemptions, for scripts that never block; limit + 1 if it is greater than limit.
qint64 orderCount(const std::vector<qint64> &steps, int preemptions, qint64 limit);

} // namespace QSeamstressPrivate

#endif // ORDERCOUNT_P_H
