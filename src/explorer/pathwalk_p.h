// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

#ifndef PATHWALK_P_H
#define PATHWALK_P_H

#include <compare>
#include <memory>
#include <numeric>
#include <optional>
#include <vector>

#include "draw_p.h"

namespace QSeamstressPrivate {

// Successive steps of one script.
struct Block
{
    int script;
    qint64 steps;
    auto operator<=>(const Block &other) const = default;
};

// The beginning of an order, which continues without preemptions.
struct Path
{
    std::vector<Block> blocks;
    // A previous order ran up to the last step of this path, so the scripts can do it again. In other paths, impossible steps are skipped.
    bool isKnown = false;
    bool isDrawn = false;
    // The whole order is drawn while it runs, and there are no blocks.
    std::shared_ptr<const Draw> draw = {};

    void add(int script, qint64 steps = 1)
    {
        if (!blocks.empty() && blocks.back().script == script)
            blocks.back().steps += steps;
        else
            blocks.push_back({ script, steps });
    }
    qint64 steps() const
    {
        return std::accumulate(blocks.begin(), blocks.end(), qint64(0), [](qint64 sum, const Block &block) { return sum + block.steps; });
    }
};

// A step of an order: the script that took it, and those that could have taken it.
struct Choice
{
    int script;
    Scripts ready;
};

// A preemption is a switch away from a script that could take another step. last: the script that took the step before.
inline bool isPreemption(const Choice &choice, int last)
{
    return choice.script != last && (choice.ready & setOf(last)) != 0;
}

inline int preemptionsIn(const std::vector<Choice> &choices)
{
    int count = 0;
    for (std::size_t step = 1; step < choices.size(); ++step)
        count += isPreemption(choices[step], choices[step - 1].script);
    return count;
}

// Walks along a path step by step. What a script does can depend on the order, so only then is it known which scripts can continue.
class PathWalk
{
public:
    explicit PathWalk(const Path &path)
        : m_path(path)
    {
        if (path.draw)
            m_drawing.emplace(*path.draw);
    }

    // The script that takes the next step. ready must not be empty. pointOf(script): the pause point at which the next step of that script
    // begins.
    template <class PointOf>
    int choose(Scripts ready, PointOf pointOf);
    const Path &path() const { return m_path; }

    const std::vector<Choice> &choices() const { return m_choices; }
    // A script could not follow a known path: the scripts do not behave the same in the same order.
    bool hasStrayed() const { return m_hasStrayed; }

private:
    int continued(Scripts ready);

    const Path &m_path;
    std::optional<Drawing> m_drawing;
    std::size_t m_block = 0; // the position on the path
    qint64 m_stepsInBlock = 0;
    std::vector<Choice> m_choices;
    bool m_hasStrayed = false;
};

template <class PointOf>
int PathWalk::choose(Scripts ready, PointOf pointOf)
{
    const int last = m_choices.empty() ? -1 : m_choices.back().script;
    const int script = m_drawing ? m_drawing->choose(ready, last, pointOf) : continued(ready);
    m_choices.push_back({ script, ready });
    return script;
}

inline int PathWalk::continued(Scripts ready)
{
    for (; m_block < m_path.blocks.size() && !m_hasStrayed; ++m_block, m_stepsInBlock = 0) {
        const Block &block = m_path.blocks[m_block];
        const bool isLeft = m_stepsInBlock < block.steps;
        if (isLeft && (ready & setOf(block.script)) != 0) {
            ++m_stepsInBlock;
            return block.script;
        }
        m_hasStrayed = isLeft && m_path.isKnown;
    }
    const bool lastCanGoOn = !m_choices.empty() && (ready & setOf(m_choices.back().script)) != 0;
    return lastCanGoOn ? m_choices.back().script : std::countr_zero(ready);
}

} // namespace QSeamstressPrivate

#endif // PATHWALK_P_H
