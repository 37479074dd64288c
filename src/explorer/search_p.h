// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

#ifndef SEARCH_P_H
#define SEARCH_P_H

#include <QtCore/QtGlobal>

#include <deque>
#include <random>
#include <unordered_set>
#include <vector>

namespace QSeamstressPrivate {

// A set of scripts: bit i is the i-th.
using Scripts = quint64;
inline constexpr int maximumScripts = 64;
inline constexpr Scripts setOf(int script)
{
    return Scripts(1) << script;
}

// So many steps of one script, one after the other.
struct Block
{
    int script;
    qint64 steps;
    bool operator==(const Block &) const = default;
};
using Path = std::vector<Block>;

// Which order is tried next. It is asked for each step, and told which scripts can make one; it knows nothing else of them, so that what
// a script does may depend on the order. Each order comes once, those with fewer preemptions first.
//
// The tree of orders is walked without being kept: a run follows a path, then goes on without preemptions, and puts aside a path
// for each other script that could have gone on instead. One with a preemption more is for the next round.
class Search
{
public:
    struct Limits
    {
        qint64 orders;
        int preemptions; // -1: no bound
        quint32 seed; // of the sample
        int shards = 1; // runs every so manieth order
        int shard = 0; // from this one on; as 0 does the last
    };

    // Steps of each script, in a trial run.
    Search(const std::vector<qint64> &steps, const Limits &limits);

    // Begins the next order; false if there is none.
    bool next();
    // Begins the same one again, as if it had not been run.
    void again();
    int choose(Scripts ready); // not empty
    // The script that was to go on could not, though it could when an order before had come as far: the scripts do not do the same under
    // the same order. Not known of paths that were drawn, or that another shard might have run.
    bool hasStrayed() const { return m_hasStrayed; }

    qint64 plannedOrders() const { return m_planned; }
    qint64 sampledOrders() const { return m_sampled; } // begun so far
    int coveredPreemptions() const { return m_rounds; } // all orders with at most so many are run, if nothing fails; -1: none is sure
    bool isExhaustive() const { return m_isExhaustive; } // as far as the trial run tells

private:
    void plan();
    bool nextInRound();
    bool nextInShard();
    bool nextOfSample();
    bool drawPath();
    void begin(Path path);
    void restart();
    void add(int script);

    const std::vector<qint64> m_steps;
    const Limits m_limits;
    qint64 m_planned = 0;
    int m_rounds = -1;
    bool m_isExhaustive = false;

    qint64 m_begun = 0;
    qint64 m_sampled = 0;
    int m_round = 0;
    std::deque<Path> m_paths; // of this round, the first one is next
    std::deque<Path> m_laterPaths; // of the next one
    std::size_t m_pathsBefore = 0; // so many there were of each when this order began
    std::size_t m_laterPathsBefore = 0;

    Path m_path; // to follow
    std::size_t m_block = 0; // where it stands on it
    qint64 m_stepsInBlock = 0;
    Path m_gone; // what it has done
    int m_last = -1;
    bool m_putsAside = true;
    bool m_hasStrayed = false;

    std::mt19937 m_random;
    std::unordered_set<quint64> m_drawn; // hashes of paths
};

} // namespace QSeamstressPrivate

#endif // SEARCH_P_H
