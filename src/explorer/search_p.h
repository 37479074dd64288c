// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

#ifndef SEARCH_P_H
#define SEARCH_P_H

#include <deque>
#include <optional>
#include <random>
#include <unordered_set>

#include "pathwalk_p.h"

namespace QSeamstressPrivate {

// The number of orders of scripts with these numbers of steps; -1 if it does not fit into a qint64.
qint64 orderCount(const std::vector<qint64> &steps);

// Decides which order is tried next. It returns a path and learns the choices that there were on the way. It knows nothing else about the
// scripts, so what they do can depend on the order. Each order comes once, those with fewer preemptions first.
//
// The tree of orders is walked without being stored: a run follows a path, then continues without preemptions. For each other script that
// could have continued instead, a path is added to a queue. A path with one more preemption is for the next round.
class Search
{
public:
    struct Limits
    {
        int orders = 10000;
        int preemptions = -1; // -1: no limit
        quint32 seed = 1; // of the sample
        int shards = 1; // if it is n, every n-th order is run
        int shard = 0; // the number of the first one; 0 means the last shard
    };

    // steps: the number of steps of each script in the trial run.
    Search(const std::vector<qint64> &steps, const Limits &limits);

    // The path of the next order; none if all orders have been run.
    std::optional<Path> next();
    // To be called after that path was walked.
    void learn(const PathWalk &walk);

    qint64 plannedOrders() const { return m_planned; }
    qint64 sampledOrders() const { return static_cast<qint64>(m_drawn.size()); } // so far
    int coveredPreemptions() const { return m_rounds; } // all orders with this many or fewer are run; -1: not even those with none
    bool isExhaustive() const { return m_isExhaustive; } // according to the trial run

private:
    void plan();
    std::optional<Path> nextOfAll();
    std::optional<Path> nextInShard();
    std::optional<Path> nextOfSample();
    std::optional<Path> drawPath();

    const std::vector<qint64> m_steps;
    const Limits m_limits;
    const int m_bound; // the maximum number of preemptions
    qint64 m_planned = 0;
    int m_rounds = -1;
    bool m_isExhaustive = false;

    qint64 m_begun = 0;
    int m_round = 0;
    std::deque<Path> m_paths; // of this round; the first one is next
    std::deque<Path> m_laterPaths; // of the next round

    std::mt19937 m_random;
    std::unordered_set<quint64> m_drawn; // hashes of paths
};

} // namespace QSeamstressPrivate

#endif // SEARCH_P_H
