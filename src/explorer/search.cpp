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

#include "ordercount_p.h"

namespace QSeamstressPrivate {

// The maximum number of redraws. If all of them have been run already, it is assumed that there are no other orders.
static constexpr int maximumDraws = 1000;
// The maximum number of draws that turn out to be repetitions when they run, beyond the number of new ones.
static constexpr qint64 maximumRepeats = 100;

Search::Search(const std::vector<QStringList> &points, const Limits &limits)
    : m_points(points)
    , m_limits(limits)
    , m_bound(limits.preemptions < 0 ? std::numeric_limits<int>::max() : limits.preemptions)
    , m_random(limits.seed)
{
    for (const QStringList &ofScript : m_points)
        m_steps.push_back(ofScript.size());
    m_allSteps = std::accumulate(m_steps.begin(), m_steps.end(), qint64(0));
    plan();
    if (m_rounds >= 0)
        m_paths.push_back({ {}, true });
    if (m_draws)
        addSelections();
}

void Search::plan()
{
    const qint64 total = orderCount(m_steps);
    const qint64 bounded = m_limits.preemptions < 0 ? total : countUpTo(m_bound, total);
    m_draws = bounded < 0 || bounded > m_limits.orders;
    if (!m_draws) {
        m_planned = bounded;
        m_isExhaustive = bounded == total;
        m_rounds = m_bound; // a script can have more steps in another order
        return;
    }
    m_planned = m_limits.orders;
    // A round that does not fit as a whole is not started.
    qint64 left = m_limits.alternates ? (m_limits.orders + 1) / 2 : m_limits.orders;
    for (int preemptions = 0; preemptions <= m_bound; ++preemptions) {
        left -= orderCount(m_steps, preemptions, m_limits.orders);
        if (left < 0)
            return;
        m_rounds = preemptions;
    }
}

// The number of orders with at most this many preemptions, or a number that is greater than the maximum.
qint64 Search::countUpTo(int preemptions, qint64 total) const
{
    qint64 count = 0;
    for (int exactly = 0; exactly <= preemptions && count <= m_limits.orders && count != total; ++exactly)
        count += orderCount(m_steps, exactly, m_limits.orders);
    return count;
}

// An order is drawn by a pause point that at least two scripts have, or by all steps.
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
        return !selection.point->isNull() && std::count(selection.steps.begin(), selection.steps.end(), 0) + 1 < std::ssize(selection.steps);
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
            order.isDrawn = path->isDrawn;
            for (const Choice &choice : walk.choices())
                order.add(choice.script);
            return order;
        }
    }
    return {};
}

std::optional<Path> Search::nextOfAll()
{
    // With shards, as many of one kind in a row: each shard runs both kinds.
    const bool isDrawn = m_limits.alternates && countedOrders() / m_limits.shards % 2 == 1;
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
        if (m_paths.empty() && m_round < m_bound && (m_round < m_rounds || (m_draws && !mayDraw()))) {
            std::swap(m_paths, m_laterPaths);
            ++m_round;
        }
        if (m_paths.empty()) {
            if (m_laterPaths.empty() && m_rounds >= 0)
                hasWalkedAll();
            return {};
        }
        std::optional<Path> path = std::move(m_paths.front());
        m_paths.pop_front();
        if (m_drawn.empty())
            return path;
        const PathWalk walk = walkAsInTrialRun(*path);
        if (!hasCome(walk))
            return path;
        learnPaths(walk);
    }
}

// There is no path to any further order, unless one was forgotten.
void Search::hasWalkedAll()
{
    m_coveredRound = std::min(m_bound, m_firstIncompleteRound - 1);
    m_isExhaustive = m_round < m_bound && m_round < m_firstIncompleteRound;
}

bool Search::mayDraw() const
{
    return m_draws && m_redraws < maximumDraws && m_repeats <= drawnOrders() + maximumRepeats;
}

std::optional<Path> Search::nextDrawn()
{
    for (; mayDraw(); ++m_redraws) {
        const Selection &selection = m_selections[m_random() % m_selections.size()];
        Path path;
        path.isDrawn = true;
        path.draw = std::make_shared<Draw>(Draw{ selection.point, selection.steps, static_cast<quint32>(m_random()), m_bound, m_allSteps });
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
    const bool isDrawn = walk.path().isDrawn;
    if (!isDrawn)
        learnPaths(walk);
    if (!m_draws)
        return true; // no path comes twice
    if (!m_orders.insert(hashOf(walk)).second) {
        m_redraws += isDrawn ? 1 : 0;
        m_repeats += isDrawn ? 1 : 0;
        return false;
    }
    if (isDrawn) {
        ++m_drawn[preemptionsIn(walk.choices())];
        m_redraws = 0;
    }
    return true;
}

qint64 Search::drawnOrders(int morePreemptionsThan) const
{
    return std::accumulate(m_drawn.upper_bound(morePreemptionsThan), m_drawn.end(), qint64(0), [](qint64 sum, const auto &drawn) { return sum + drawn.second; });
}

// Whether there are orders left that were not run because of the maximum number.
bool Search::isCutOff() const
{
    return m_firstIncompleteRound <= m_round || (m_begun >= m_limits.orders && !(m_paths.empty() && m_laterPaths.empty()));
}

void Search::learnPaths(const PathWalk &walk)
{
    if (walk.path().isKnown && !walk.hasStrayed())
        addPaths(walk);
    ++m_walked;
    if (m_paths.empty() && m_round < m_firstIncompleteRound) {
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
        if (steps++ >= known && (!isPreemption || m_round < m_bound)) {
            std::deque<Path> &paths = isPreemption ? m_laterPaths : m_paths;
            for (Scripts others = choice.ready & ~setOf(choice.script); others != 0; others &= others - 1) {
                if (static_cast<qint64>(paths.size()) >= m_limits.orders) { // this path would be beyond the maximum number of orders
                    m_firstIncompleteRound = std::min(m_firstIncompleteRound, isPreemption ? m_round + 1 : m_round);
                    break;
                }
                paths.push_back(gone);
                paths.back().add(std::countr_zero(others));
            }
        }
        gone.add(choice.script);
    }
}

} // namespace QSeamstressPrivate
