// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

#include "search_p.h"

#include <algorithm>
#include <bit>
#include <limits>
#include <numeric>
#include <utility>

#include "ordercount_p.h"

namespace QSeamstressPrivate {

// So often it draws again if it has drawn what was run already, before it takes it that there is nothing else.
static constexpr int maximumDraws = 1000;

static constexpr qint64 never = std::numeric_limits<qint64>::max();

Search::Search(const std::vector<qint64> &steps, const Limits &limits)
    : m_steps(steps)
    , m_limits(limits)
    , m_random(limits.seed)
{
    plan();
    if (m_rounds >= 0)
        m_paths.push_back({ {}, true });
}

void Search::plan()
{
    const int bound = m_limits.preemptions < 0 ? std::numeric_limits<int>::max() : m_limits.preemptions;
    const qint64 total = orderCount(m_steps);
    if (total >= 0 && total <= m_limits.orders && m_limits.preemptions < 0) {
        m_planned = total;
        m_rounds = bound;
        m_isExhaustive = true;
        return;
    }
    // A round that does not fit is not begun.
    for (int preemptions = 0; preemptions <= bound && m_planned != total; ++preemptions) {
        const qint64 count = orderCount(m_steps, preemptions, m_limits.orders);
        if (count > m_limits.orders - m_planned) {
            m_planned = m_limits.orders; // the rest is a sample
            return;
        }
        m_planned += count;
        m_rounds = preemptions;
    }
    m_isExhaustive = m_planned == total;
    m_rounds = bound; // a script may have more steps under another order
}

std::optional<Path> Search::next()
{
    if (m_begun == m_limits.orders)
        return {};
    std::optional<Path> path = m_limits.shards > 1 ? nextInShard() : nextOfAll();
    if (path)
        ++m_begun;
    return path;
}

std::optional<Path> Search::nextOfAll()
{
    std::optional<Path> path = nextInRound();
    m_learnsFrom = path ? path->steps() : never;
    return path ? path : nextOfSample();
}

std::optional<Path> Search::nextInRound()
{
    if (m_paths.empty() && m_round < m_rounds) {
        std::swap(m_paths, m_laterPaths);
        ++m_round;
    }
    if (m_paths.empty())
        return {};
    std::optional<Path> path = std::move(m_paths.front());
    m_paths.pop_front();
    return path;
}

// All shards must count the same orders, without running those of the others: so they take it that the scripts make the steps of the
// trial run.
std::optional<Path> Search::nextInShard()
{
    for (qint64 number = m_begun + 1; number <= m_limits.orders; ++number) {
        const std::optional<Path> path = nextOfAll();
        if (!path)
            break;
        std::vector<qint64> left = m_steps;
        Scripts ready = 0;
        for (std::size_t script = 0; script < left.size(); ++script)
            ready |= setOf(static_cast<int>(script));
        PathWalk walk(*path);
        Path order;
        while (ready != 0) {
            const int script = walk.choose(ready);
            order.add(script);
            if (--left[static_cast<std::size_t>(script)] == 0)
                ready &= ~setOf(script);
        }
        learn(walk);
        if (number % m_limits.shards == m_limits.shard % m_limits.shards) {
            m_begun = number - 1;
            m_learnsFrom = never; // what it would have told the others, they do not know
            return order;
        }
    }
    return {};
}

std::optional<Path> Search::nextOfSample()
{
    if (m_isExhaustive || m_rounds == (m_limits.preemptions < 0 ? std::numeric_limits<int>::max() : m_limits.preemptions))
        return {};
    m_paths = {};
    m_laterPaths = {};
    for (int draws = 0; draws < maximumDraws; ++draws) {
        Path path = drawPath();
        if (isRunAlready(path))
            continue;
        quint64 hash = 0;
        for (const Block &block : std::as_const(path.blocks)) {
            // FNV-1a, of whole numbers: http://www.isthe.com/chongo/tech/comp/fnv/
            hash = (hash ^ static_cast<quint64>(block.script)) * 1099511628211U;
            hash = (hash ^ static_cast<quint64>(block.steps)) * 1099511628211U;
        }
        if (!m_drawn.insert(hash).second)
            continue;
        ++m_sampled;
        return path;
    }
    return {};
}

// Each order is as likely as any other if the next script is drawn with the weight of the steps that it has left.
Path Search::drawPath()
{
    std::vector<qint64> left = m_steps;
    qint64 sum = std::accumulate(left.begin(), left.end(), qint64(0));
    Path path;
    int preemptions = 0;
    for (int last = -1; sum > 0; --sum) {
        const bool lastIsReady = last >= 0 && left[static_cast<std::size_t>(last)] > 0;
        int script = 0;
        if (lastIsReady && preemptions == m_limits.preemptions) {
            script = last; // not uniform any more
        } else {
            // Not std::uniform_int_distribution, which each standard library does in its own way.
            const quint64 high = m_random();
            qint64 drawn = static_cast<qint64>(((high << 32) | m_random()) % static_cast<quint64>(sum));
            while (drawn >= left[static_cast<std::size_t>(script)])
                drawn -= left[static_cast<std::size_t>(script++)];
            if (lastIsReady && script != last)
                ++preemptions;
        }
        --left[static_cast<std::size_t>(script)];
        path.add(script);
        last = script;
    }
    return path;
}

// As one of those with few preemptions. A path that was drawn has all steps of the trial run.
bool Search::isRunAlready(const Path &path) const
{
    std::vector<qint64> left = m_steps;
    int preemptions = 0;
    for (const Block &block : path.blocks) {
        left[static_cast<std::size_t>(block.script)] -= block.steps;
        if (left[static_cast<std::size_t>(block.script)] > 0)
            ++preemptions;
    }
    return preemptions <= m_rounds;
}

void Search::learn(const PathWalk &walk)
{
    if (walk.hasStrayed())
        return;
    Path gone;
    int last = -1;
    qint64 steps = 0;
    for (const PathWalk::Choice &choice : walk.choices()) {
        const bool lastIsReady = last >= 0 && (choice.ready & setOf(last)) != 0;
        const bool isOfThisRound = !lastIsReady;
        if (steps++ >= m_learnsFrom && (isOfThisRound || m_round < m_rounds)) {
            std::deque<Path> &paths = isOfThisRound ? m_paths : m_laterPaths;
            for (Scripts others = choice.ready & ~setOf(choice.script); others != 0; others &= others - 1) {
                if (static_cast<qint64>(m_paths.size() + m_laterPaths.size()) >= m_limits.orders)
                    return; // it will never come to that
                Path path = gone;
                path.isKnown = true;
                path.add(std::countr_zero(others));
                paths.push_back(std::move(path));
            }
        }
        gone.add(choice.script);
        last = choice.script;
    }
}

} // namespace QSeamstressPrivate
