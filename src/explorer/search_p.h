// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

#ifndef SEARCH_P_H
#define SEARCH_P_H

#include <QtCore/QStringList>

#include <deque>
#include <limits>
#include <map>
#include <random>
#include <unordered_set>

#include "pathwalk_p.h"

namespace QSeamstressPrivate {

// Decides which order is tried next. It returns a path and learns the choices that there were on the way. It knows nothing else about the
// scripts, so what they do can depend on the order. Each order comes once.
//
// The orders with the fewest preemptions come first, as many rounds of them as fit into the maximum number of orders. The tree of orders is
// walked without being stored: a run follows a path, then continues without preemptions. For each other script that could have continued
// instead, a path is added to a queue. A path with one more preemption is for the next round.
//
// If not all orders fit, every second order is drawn at random, and only half of the maximum number is planned for those rounds. If there is
// nothing left to draw, the rounds continue.
class Search
{
public:
    struct Limits
    {
        int orders = 10000;
        int preemptions = -1; // -1: no limit
        quint32 seed = 1; // of what is drawn
        int shards = 1; // if it is n, every n-th order is run
        int shard = 0; // the number of the first one; 0 means the last shard
        bool alternates = true; // false: the orders that are drawn come last
    };

    // points: for each script, the pause points at which its steps began in the trial run.
    Search(const std::vector<QStringList> &points, const Limits &limits);

    // The path of the next order. None if there are no more orders, or the maximum number has been run.
    std::optional<Path> next();
    // To be called after that path was walked. False if that order had been run before: then it does not count.
    bool learn(const PathWalk &walk);

    qint64 plannedOrders() const { return m_planned; }
    // Whether all orders have been run or are planned.
    bool isExhaustive() const { return m_isExhaustive && !isCutOff(); }
    // So far, all orders with this number of preemptions or fewer have been run, and their number. -1: not even those without preemptions.
    int coveredPreemptions() const { return m_coveredRound; }
    qint64 coveredOrders() const { return m_covered; }
    qint64 drawnOrders(int morePreemptionsThan = -1) const; // so far, of all shards
    qint64 countedOrders() const { return static_cast<qint64>(m_orders.size()); } // if any are drawn: so far, of all shards

private:
    struct Selection
    {
        std::optional<QString> point;
        std::vector<qint64> steps;
    };

    void plan();
    qint64 countUpTo(int preemptions, qint64 total) const;
    void addSelections();
    std::optional<Path> nextInShard();
    std::optional<Path> nextOfAll();
    std::optional<Path> nextCovered();
    std::optional<Path> nextDrawn();
    PathWalk walkAsInTrialRun(const Path &path) const;
    bool hasCome(const PathWalk &walk) const;
    void hasWalkedAll();
    bool isCutOff() const;
    bool mayDraw() const;
    void learnPaths(const PathWalk &walk);
    void addPaths(const PathWalk &walk);
    bool count(const PathWalk &walk);

    const std::vector<QStringList> m_points;
    std::vector<qint64> m_steps; // the number of steps of each script
    qint64 m_allSteps = 0; // their sum
    const Limits m_limits;
    const int m_bound; // the maximum number of preemptions
    qint64 m_planned = 0;
    bool m_draws = false;
    int m_rounds = -1; // the orders with this number of preemptions or fewer fit
    bool m_isExhaustive = false;

    qint64 m_begun = 0;
    int m_round = 0;
    std::deque<Path> m_paths; // of this round; the first one is next
    std::deque<Path> m_laterPaths; // of the next round
    qint64 m_walked = 0; // paths of all rounds that have been walked
    int m_firstIncompleteRound = std::numeric_limits<int>::max(); // from this round on, paths were forgotten
    int m_coveredRound = -1;
    qint64 m_covered = 0;

    std::mt19937 m_random;
    std::vector<Selection> m_selections;
    std::map<int, qint64> m_drawn; // by their preemptions
    int m_redraws = 0; // since the last new order
    qint64 m_repeats = 0; // draws that were not new when they ran
    std::unordered_set<quint64> m_orders; // hashes of the orders that have been run, if some are drawn
};

} // namespace QSeamstressPrivate

#endif // SEARCH_P_H
