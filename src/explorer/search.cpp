// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

#include "search_p.h"

#include <algorithm>
#include <bit>
#include <limits>
#include <utility>

#include "ordercount_p.h"

namespace QSeamstressPrivate {

// So often it draws again if it has drawn what was run already, before it takes it that there is nothing else.
static constexpr int maximumDraws = 1000;

static void append(Path *path, int script)
{
    if (!path->empty() && path->back().script == script)
        ++path->back().steps;
    else
        path->push_back({ script, 1 });
}

Search::Search(const std::vector<qint64> &steps, const Limits &limits)
    : m_steps(steps)
    , m_limits(limits)
    , m_random(limits.seed)
{
    plan();
    if (m_rounds >= 0)
        m_paths.emplace_back();
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

bool Search::next()
{
    if (m_begun == m_limits.orders)
        return false;
    if (m_limits.shards > 1 ? nextInShard() : (nextInRound() || nextOfSample())) {
        ++m_begun;
        return true;
    }
    return false;
}

bool Search::nextInRound()
{
    if (m_paths.empty() && m_round < m_rounds) {
        std::swap(m_paths, m_laterPaths);
        ++m_round;
    }
    if (m_paths.empty())
        return false;
    m_putsAside = true;
    Path path = std::move(m_paths.front());
    m_paths.pop_front();
    begin(std::move(path));
    return true;
}

// All shards must count the same orders, without running those of the others: so they take it that the scripts make the steps of the
// trial run.
bool Search::nextInShard()
{
    for (qint64 number = m_begun + 1;; ++number) {
        if (number > m_limits.orders || !(nextInRound() || nextOfSample()))
            return false;
        const bool isOurs = number % m_limits.shards == m_limits.shard % m_limits.shards;
        std::vector<qint64> left = m_steps;
        Scripts ready = 0;
        for (std::size_t script = 0; script < left.size(); ++script)
            ready |= setOf(static_cast<int>(script));
        while (ready != 0) {
            const int script = choose(ready);
            if (--left[static_cast<std::size_t>(script)] == 0)
                ready &= ~setOf(script);
        }
        if (isOurs) {
            m_putsAside = false;
            begin(std::exchange(m_gone, {}));
            m_begun = number - 1;
            return true;
        }
    }
}

bool Search::nextOfSample()
{
    if (m_isExhaustive || m_rounds == (m_limits.preemptions < 0 ? std::numeric_limits<int>::max() : m_limits.preemptions))
        return false;
    m_paths = {};
    m_laterPaths = {};
    m_putsAside = false;
    for (int draws = 0; draws < maximumDraws; ++draws) {
        if (!drawPath())
            continue;
        quint64 hash = 0;
        for (const Block &block : std::as_const(m_gone)) {
            // FNV-1a, of whole numbers: http://www.isthe.com/chongo/tech/comp/fnv/
            hash = (hash ^ static_cast<quint64>(block.script)) * 1099511628211U;
            hash = (hash ^ static_cast<quint64>(block.steps)) * 1099511628211U;
        }
        if (!m_drawn.insert(hash).second)
            continue;
        ++m_sampled;
        begin(std::exchange(m_gone, {}));
        return true;
    }
    return false;
}

// Each order is as likely as any other if the next script is drawn with the weight of the steps that it has left. False if it was
// run already, since it has few preemptions.
bool Search::drawPath()
{
    std::vector<qint64> left = m_steps;
    qint64 sum = 0;
    for (const qint64 steps : left)
        sum += steps;
    m_gone.clear();
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
        append(&m_gone, script);
        last = script;
    }
    return preemptions > m_rounds;
}

void Search::begin(Path path)
{
    m_path = std::move(path);
    m_pathsBefore = m_paths.size();
    m_laterPathsBefore = m_laterPaths.size();
    restart();
}

void Search::again()
{
    m_paths.resize(m_pathsBefore);
    m_laterPaths.resize(m_laterPathsBefore);
    restart();
}

void Search::restart()
{
    m_block = 0;
    m_stepsInBlock = 0;
    m_gone.clear();
    m_last = -1;
    m_hasStrayed = false;
}

int Search::choose(Scripts ready)
{
    const bool lastIsReady = m_last >= 0 && (ready & setOf(m_last)) != 0;
    while (m_block < m_path.size()) {
        const Block &block = m_path[m_block];
        if (ready & setOf(block.script)) {
            if (++m_stepsInBlock == block.steps) {
                ++m_block;
                m_stepsInBlock = 0;
            }
            add(block.script);
            return block.script;
        }
        m_hasStrayed = m_hasStrayed || m_putsAside;
        // A path that was drawn takes it that a script has as many steps as in the trial run: what it cannot make is left out.
        m_block = m_putsAside ? m_path.size() : m_block + 1;
        m_stepsInBlock = 0;
    }
    const int chosen = lastIsReady ? m_last : std::countr_zero(ready);
    const bool isOfThisRound = !lastIsReady;
    if (m_putsAside && !m_hasStrayed && (isOfThisRound || m_round < m_rounds)) {
        std::deque<Path> &paths = isOfThisRound ? m_paths : m_laterPaths;
        for (Scripts others = ready & ~setOf(chosen); others != 0; others &= others - 1) {
            if (static_cast<qint64>(m_paths.size() + m_laterPaths.size()) >= m_limits.orders)
                break; // it will never come to that
            Path path;
            path.reserve(m_gone.size() + 1);
            path = m_gone;
            append(&path, std::countr_zero(others));
            paths.push_back(std::move(path));
        }
    }
    add(chosen);
    return chosen;
}

void Search::add(int script)
{
    append(&m_gone, script);
    m_last = script;
}

} // namespace QSeamstressPrivate
