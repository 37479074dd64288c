// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

#include "search_p.h"

#include <algorithm>
#include <bit>
#include <limits>
#include <numeric>
#include <utility>

namespace QSeamstressPrivate {

// The maximum number of redraws. If all of them were run already, it is assumed that there are no other orders.
static constexpr int maximumDraws = 1000;

// The binomial coefficient n over k; -1 if it does not fit into a qint64 or if n is -1.
static qint64 binomial(qint64 n, qint64 k)
{
    qint64 result = 1;
    for (qint64 i = 1; i <= std::min(k, n - k); ++i) {
        // result * (n - i + 1) / i, which is an integer in each iteration.
        const qint64 common = std::gcd(result, i);
        const qint64 factor = (n - i + 1) / (i / common);
        if (result / common > std::numeric_limits<qint64>::max() / factor)
            return -1;
        result = result / common * factor;
    }
    return result;
}

qint64 orderCount(const std::vector<qint64> &steps)
{
    // The multinomial coefficient: the steps of each script in turn are distributed among those of the previous scripts.
    qint64 sum = 0;
    qint64 result = 1;
    for (const qint64 count : steps) {
        sum += count;
        const qint64 factor = binomial(sum, count);
        if (factor < 0 || result > std::numeric_limits<qint64>::max() / factor)
            return -1;
        result *= factor;
    }
    return result;
}

// The number of orders with exactly this many preemptions, for scripts that never block; limit + 1 if it is greater than limit. A
// preemption is a switch away from a script that has steps left.
//
// An order is a sequence of blocks, each of successive steps of one script. With n scripts, n blocks end with the last step of their
// script, so the switch after them is no preemption. An order of b blocks has b - n preemptions.
//
// A script with s steps can be cut into c blocks in (s - 1 over c - 1) ways. The blocks are then arranged so that no two blocks of the same
// script are adjacent. By inclusion-exclusion, the number of these arrangements is a sum over all ways to merge the c blocks of each script
// into k: there are (c - 1 over k - 1) of them, with the sign (-1)^(c - k), each with all unrestricted arrangements of the merged blocks.
static qint64 orderCount(const std::vector<qint64> &steps, int preemptions, qint64 limit)
{
    const std::size_t most = steps.size() + static_cast<std::size_t>(preemptions);
    const auto choose = [](qint64 n, qint64 k) {
        long double result = 1;
        for (qint64 i = 1; i <= k; ++i)
            result = result * static_cast<long double>(n - i + 1) / static_cast<long double>(i);
        return result;
    };
    // ways[c][k]: for the scripts so far, with c blocks merged into k, divided by the factorials of the k of each script.
    using Table = std::vector<std::vector<long double>>;
    Table ways(most + 1, std::vector<long double>(most + 1));
    ways[0][0] = 1;
    for (const qint64 count : steps) {
        Table next(most + 1, std::vector<long double>(most + 1));
        const auto blocks = static_cast<std::size_t>(std::min<qint64>(count, preemptions + 1));
        for (std::size_t c = 1; c <= blocks; ++c) {
            long double factorial = 1;
            for (std::size_t k = 1; k <= c; ++k) {
                factorial *= static_cast<long double>(k);
                const long double sign = (c - k) % 2 == 0 ? 1 : -1;
                const long double factor = sign * choose(count - 1, static_cast<qint64>(c) - 1) * choose(static_cast<qint64>(c) - 1, static_cast<qint64>(k) - 1) / factorial;
                for (std::size_t before = 0; before + c <= most; ++before) {
                    for (std::size_t glued = 0; glued <= before; ++glued)
                        next[before + c][glued + k] += ways[before][glued] * factor;
                }
            }
        }
        ways = std::move(next);
    }
    long double result = 0;
    long double factorial = 1;
    for (std::size_t k = 1; k <= most; ++k) {
        factorial *= static_cast<long double>(k);
        result += ways[most][k] * factorial;
    }
    return result > static_cast<long double>(limit) ? limit + 1 : static_cast<qint64>(result + 0.5L);
}

Search::Search(const std::vector<qint64> &steps, const Limits &limits)
    : m_steps(steps)
    , m_limits(limits)
    , m_bound(limits.preemptions < 0 ? std::numeric_limits<int>::max() : limits.preemptions)
    , m_random(limits.seed)
{
    plan();
    if (m_rounds >= 0)
        m_paths.push_back({ {}, true });
}

void Search::plan()
{
    const qint64 total = orderCount(m_steps);
    if (total >= 0 && total <= m_limits.orders && m_limits.preemptions < 0)
        m_planned = total;
    // A round that does not fit as a whole is not started.
    for (int preemptions = 0; preemptions <= m_bound && m_planned != total; ++preemptions) {
        const qint64 count = orderCount(m_steps, preemptions, m_limits.orders);
        if (count > m_limits.orders - m_planned) {
            m_planned = m_limits.orders; // the rest is a sample
            return;
        }
        m_planned += count;
        m_rounds = preemptions;
    }
    m_isExhaustive = m_planned == total;
    m_rounds = m_bound; // a script can have more steps in another order
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
    if (m_paths.empty() && m_round < m_rounds) {
        std::swap(m_paths, m_laterPaths);
        ++m_round;
    }
    if (m_paths.empty())
        return nextOfSample();
    std::optional<Path> path = std::move(m_paths.front());
    m_paths.pop_front();
    return path;
}

// All shards must count the same orders without running those of the other shards. So they assume that the scripts always make the steps of
// the trial run.
std::optional<Path> Search::nextInShard()
{
    for (qint64 number = m_begun + 1; number <= m_limits.orders; ++number) {
        const std::optional<Path> path = nextOfAll();
        if (!path)
            break;
        std::vector<qint64> left = m_steps;
        Scripts ready = allOf(static_cast<int>(left.size()));
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
            return order; // not as a known path, since the other shards would not learn from it
        }
    }
    return {};
}

std::optional<Path> Search::nextOfSample()
{
    if (m_rounds == m_bound)
        return {};
    for (int draws = 0; draws < maximumDraws; ++draws) {
        std::optional<Path> path = drawPath();
        if (!path)
            continue;
        quint64 hash = 0;
        for (const Block &block : std::as_const(path->blocks)) {
            // FNV-1a of integers: http://www.isthe.com/chongo/tech/comp/fnv/
            hash = (hash ^ static_cast<quint64>(block.script)) * 1099511628211U;
            hash = (hash ^ static_cast<quint64>(block.steps)) * 1099511628211U;
        }
        if (m_drawn.insert(hash).second)
            return path;
    }
    return {};
}

// All orders are equally likely if each next script is drawn with the number of its remaining steps as weight. None if the order has so few
// preemptions that it has been run already.
std::optional<Path> Search::drawPath()
{
    std::vector<qint64> left = m_steps;
    qint64 sum = std::accumulate(left.begin(), left.end(), qint64(0));
    Path path;
    int preemptions = 0;
    for (int last = -1; sum > 0; --sum) {
        const bool lastIsReady = last >= 0 && left[static_cast<std::size_t>(last)] > 0;
        int script = 0;
        if (lastIsReady && preemptions == m_bound) {
            script = last; // no longer uniform
        } else {
            // Not std::uniform_int_distribution, whose results differ between standard libraries.
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
    if (preemptions <= m_rounds)
        return {};
    return path;
}

void Search::learn(const PathWalk &walk)
{
    if (!walk.path().isKnown || walk.hasStrayed())
        return;
    const qint64 known = walk.path().steps();
    Path gone{ {}, true };
    qint64 steps = 0;
    for (const PathWalk::Choice &choice : walk.choices()) {
        const bool isPreemption = !gone.blocks.empty() && (choice.ready & setOf(gone.blocks.back().script)) != 0;
        if (steps++ >= known && (!isPreemption || m_round < m_rounds)) {
            std::deque<Path> &paths = isPreemption ? m_laterPaths : m_paths;
            for (Scripts others = choice.ready & ~setOf(choice.script); others != 0; others &= others - 1) {
                if (static_cast<qint64>(m_paths.size() + m_laterPaths.size()) >= m_limits.orders)
                    return; // this path would be beyond the maximum number of orders
                paths.push_back(gone);
                paths.back().add(std::countr_zero(others));
            }
        }
        gone.add(choice.script);
    }
}

} // namespace QSeamstressPrivate
