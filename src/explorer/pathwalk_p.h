// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

#ifndef PATHWALK_P_H
#define PATHWALK_P_H

#include <QtCore/QtGlobal>

#include <bit>
#include <numeric>
#include <vector>

namespace QSeamstressPrivate {

// A set of scripts: bit i is the i-th.
using Scripts = quint64;
inline constexpr int maximumScripts = 64;
inline constexpr Scripts setOf(int script)
{
    return Scripts(1) << script;
}
inline constexpr Scripts allOf(int count) // from 1
{
    return ~Scripts(0) >> (maximumScripts - count);
}

// So many steps of one script, one after the other.
struct Block
{
    int script;
    qint64 steps;
};

// How an order begins. It goes on without preemptions.
struct Path
{
    std::vector<Block> blocks;
    // An order before has come to the last step of it, so the scripts can do it again. Of another one, what a script cannot do is left out.
    bool isKnown = false;

    void add(int script)
    {
        if (!blocks.empty() && blocks.back().script == script)
            ++blocks.back().steps;
        else
            blocks.push_back({ script, 1 });
    }
    qint64 steps() const
    {
        return std::accumulate(blocks.begin(), blocks.end(), qint64(0), [](qint64 sum, const Block &block) { return sum + block.steps; });
    }
};

// Walks along a path, one step after the other. What a script does may depend on the order, so who can go on is known only on the way.
class PathWalk
{
public:
    explicit PathWalk(const Path &path)
        : m_path(path)
    {
    }

    int choose(Scripts ready); // who makes the next step; not empty
    const Path &path() const { return m_path; }

    struct Choice
    {
        int script;
        Scripts ready;
    };
    const std::vector<Choice> &choices() const { return m_choices; }
    // A script could not go on along a known path: the scripts do not do the same under the same order.
    bool hasStrayed() const { return m_hasStrayed; }

private:
    const Path &m_path;
    std::size_t m_block = 0; // where it is on it
    qint64 m_stepsInBlock = 0;
    std::vector<Choice> m_choices;
    bool m_hasStrayed = false;
};

inline int PathWalk::choose(Scripts ready)
{
    const bool lastCanGoOn = !m_choices.empty() && (ready & setOf(m_choices.back().script)) != 0;
    int script = lastCanGoOn ? m_choices.back().script : std::countr_zero(ready);
    for (; m_block < m_path.blocks.size() && !m_hasStrayed; ++m_block, m_stepsInBlock = 0) {
        const Block &block = m_path.blocks[m_block];
        const bool isLeft = m_stepsInBlock < block.steps;
        if (isLeft && (ready & setOf(block.script)) != 0) {
            script = block.script;
            ++m_stepsInBlock;
            break;
        }
        m_hasStrayed = isLeft && m_path.isKnown;
    }
    m_choices.push_back({ script, ready });
    return script;
}

} // namespace QSeamstressPrivate

#endif // PATHWALK_P_H
