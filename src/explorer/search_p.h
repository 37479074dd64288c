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

// How many orders there are of scripts that make so many steps each; -1 if there are more than a qint64 can hold.
qint64 orderCount(const std::vector<qint64> &steps);

// Which order is tried next. It gives a path, and is told which choices there were on the way; it knows nothing else of the scripts, so that
// what they do may depend on the order. Each order comes once, those with fewer preemptions first.
//
// The tree of orders is walked without being kept: a run follows a path, then goes on without preemptions, and a path is put aside
// for each other script that could have gone on instead. One with a preemption more is for the next round.
class Search
{
public:
    struct Limits
    {
        int orders = 10000;
        int preemptions = -1; // -1: no bound
        quint32 seed = 1; // of the sample
        int shards = 1; // runs every so manieth order
        int shard = 0; // from this one on; as 0 does the last
    };

    // Steps of each script, in a trial run.
    Search(const std::vector<qint64> &steps, const Limits &limits);

    // The path of the next order; none if there is no other.
    std::optional<Path> next();
    // How that was walked.
    void learn(const PathWalk &walk);

    qint64 plannedOrders() const { return m_planned; }
    qint64 sampledOrders() const { return static_cast<qint64>(m_drawn.size()); } // begun so far
    int coveredPreemptions() const { return m_rounds; } // all orders with at most so many are run, if nothing fails; -1: none is sure
    bool isExhaustive() const { return m_isExhaustive; } // as far as the trial run tells

private:
    void plan();
    std::optional<Path> nextOfAll();
    std::optional<Path> nextInShard();
    std::optional<Path> nextOfSample();
    std::optional<Path> drawPath();

    const std::vector<qint64> m_steps;
    const Limits m_limits;
    const int m_bound; // of preemptions
    qint64 m_planned = 0;
    int m_rounds = -1;
    bool m_isExhaustive = false;

    qint64 m_begun = 0;
    int m_round = 0;
    std::deque<Path> m_paths; // of this round, the first one is next
    std::deque<Path> m_laterPaths; // of the next one

    std::mt19937 m_random;
    std::unordered_set<quint64> m_drawn; // hashes of paths
};

} // namespace QSeamstressPrivate

#endif // SEARCH_P_H
