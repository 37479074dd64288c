// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

#include "search_p.h"

#include <QtCore/QHash>

#include <algorithm>
#include <bit>
#include <iterator>
#include <limits>
#include <numeric>
#include <utility>

namespace QSeamstressPrivate {

// The maximum number of redraws. If all of them have been run already, it is assumed that there are no other orders.
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

Search::Search(const std::vector<QStringList> &points, const Limits &limits)
    : m_points(points)
    , m_limits(limits)
    , m_bound(limits.preemptions < 0 ? std::numeric_limits<int>::max() : limits.preemptions)
    , m_random(limits.seed)
{
    for (const QStringList &ofScript : m_points)
        m_steps.push_back(ofScript.size());
    plan();
    if (m_rounds >= 0)
        m_paths.push_back({ {}, true });
    if (m_toBeDrawn > 0)
        addSelections();
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
            m_toBeDrawn = m_limits.orders - m_planned;
            m_planned = m_limits.orders;
            return;
        }
        m_planned += count;
        m_rounds = preemptions;
    }
    m_isExhaustive = m_planned == total;
    m_rounds = m_bound; // a script can have more steps in another order
}

// An order is drawn by a pause point that at least two scripts have, or by all steps. The beginning of a script counts as such a point.
void Search::addSelections()
{
    std::vector<Selection> byPoint; // not sorted by hash, so that a seed always draws the same orders
    QHash<QString, std::size_t> indices;
    for (std::size_t script = 0; script < m_points.size(); ++script) {
        for (const QString &point : m_points[script]) {
            const auto index = indices.value(point, byPoint.size());
            if (index == byPoint.size()) {
                indices.insert(point, index);
                byPoint.push_back({ point, std::vector<qint64>(m_points.size()) });
            }
            ++byPoint[index].steps[script];
        }
    }
    m_selections.push_back({ {}, m_steps });
    std::copy_if(byPoint.begin(), byPoint.end(), std::back_inserter(m_selections), [](const Selection &selection) {
        return std::count(selection.steps.begin(), selection.steps.end(), 0) + 1 < std::ssize(selection.steps);
    });
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

// All shards must count the same orders without running those of the other shards. So they assume that the scripts always take the steps of
// the trial run.
std::optional<Path> Search::nextInShard()
{
    for (qint64 number = m_begun + 1; number <= m_limits.orders; ++number) {
        const std::optional<Path> path = nextOfAll();
        if (!path)
            break;
        const PathWalk walk = walkAsInTrialRun(*path);
        count(walk);
        if (number % m_limits.shards == m_limits.shard % m_limits.shards) {
            m_begun = number - 1;
            Path order; // not a known path, since the other shards would not learn from it
            for (const Choice &choice : walk.choices())
                order.add(choice.script);
            return order;
        }
    }
    return {};
}

std::optional<Path> Search::nextOfAll()
{
    const bool isDrawn = m_limits.alternates && m_orders.size() % 2 == 1;
    if (isDrawn) {
        if (std::optional<Path> path = nextDrawn())
            return path;
    }
    std::optional<Path> path = nextCovered();
    return path || isDrawn ? path : nextDrawn();
}

std::optional<Path> Search::nextCovered()
{
    for (;;) {
        if (m_paths.empty() && m_round < m_rounds) {
            std::swap(m_paths, m_laterPaths);
            ++m_round;
        }
        if (m_paths.empty()) {
            m_coveredRound = m_rounds;
            return {};
        }
        std::optional<Path> path = std::move(m_paths.front());
        m_paths.pop_front();
        if (m_drawn == 0)
            return path;
        const PathWalk walk = walkAsInTrialRun(*path);
        if (!hasCome(walk))
            return path;
        learnPaths(walk);
    }
}

std::optional<Path> Search::nextDrawn()
{
    for (; m_drawnBeyond < m_toBeDrawn && m_redraws < maximumDraws; ++m_redraws) {
        const Selection &selection = m_selections[m_random() % m_selections.size()];
        Path path;
        path.draw = std::make_shared<Draw>(Draw{ selection.point, selection.steps, static_cast<quint32>(m_random()), m_bound });
        if (!hasCome(walkAsInTrialRun(path)))
            return path;
    }
    return {};
}

PathWalk Search::walkAsInTrialRun(const Path &path) const
{
    std::vector<qsizetype> done(m_points.size());
    PathWalk walk(path);
    for (Scripts ready = allOf(static_cast<int>(m_points.size())); ready != 0;) {
        const int script = walk.choose(ready, [&](int other) -> const QString & {
            const auto index = static_cast<std::size_t>(other);
            return m_points[index].at(done[index]);
        });
        const auto index = static_cast<std::size_t>(script);
        if (++done[index] == m_points[index].size())
            ready &= ~setOf(script);
    }
    return walk;
}

// FNV-1a of integers: http://www.isthe.com/chongo/tech/comp/fnv/
static quint64 hashOf(const PathWalk &walk)
{
    quint64 hash = 14695981039346656037U;
    for (const Choice &choice : walk.choices())
        hash = (((hash ^ static_cast<quint64>(choice.script)) * 1099511628211U) ^ choice.ready) * 1099511628211U;
    return hash;
}

bool Search::hasCome(const PathWalk &walk) const
{
    return m_orders.count(hashOf(walk)) != 0;
}

bool Search::learn(const PathWalk &walk)
{
    if (m_limits.shards > 1)
        return true; // it has learned from the trial run
    const bool isNew = count(walk);
    if (!isNew)
        --m_begun;
    return isNew;
}

bool Search::count(const PathWalk &walk)
{
    const bool isDrawn = walk.path().draw != nullptr;
    if (!isDrawn)
        learnPaths(walk);
    if (m_toBeDrawn == 0)
        return true; // no path comes twice
    if (!m_orders.insert(hashOf(walk)).second) {
        m_redraws += isDrawn ? 1 : 0;
        return false;
    }
    if (isDrawn) {
        ++m_drawn;
        m_drawnBeyond += preemptionsIn(walk.choices()) > m_rounds ? 1 : 0;
        m_redraws = 0;
    }
    return true;
}

void Search::learnPaths(const PathWalk &walk)
{
    if (walk.path().isKnown && !walk.hasStrayed())
        addPaths(walk);
    ++m_walked;
    if (m_paths.empty()) {
        m_coveredRound = m_round;
        m_covered = m_walked;
    }
}

void Search::addPaths(const PathWalk &walk)
{
    const qint64 known = walk.path().steps();
    Path gone{ {}, true };
    qint64 steps = 0;
    for (const Choice &choice : walk.choices()) {
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
