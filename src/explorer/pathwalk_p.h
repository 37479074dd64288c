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

// Successive steps of one script.
struct Block
{
    int script;
    qint64 steps;
};

// The beginning of an order, which continues without preemptions.
struct Path
{
    std::vector<Block> blocks;
    // A previous order ran up to the last step of this path, so the scripts can do it again. In other paths, impossible steps are skipped.
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

// Walks along a path step by step. What a script does can depend on the order, so only then is it known which scripts can continue.
class PathWalk
{
public:
    explicit PathWalk(const Path &path)
        : m_path(path)
    {
    }

    int choose(Scripts ready); // the script that makes the next step; ready must not be empty
    const Path &path() const { return m_path; }

    struct Choice
    {
        int script;
        Scripts ready;
    };
    const std::vector<Choice> &choices() const { return m_choices; }
    // A script could not follow a known path: the scripts do not behave the same in the same order.
    bool hasStrayed() const { return m_hasStrayed; }

private:
    const Path &m_path;
    std::size_t m_block = 0; // the position on the path
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
