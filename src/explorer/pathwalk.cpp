// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

#include "pathwalk_p.h"

#include <bit>
#include <numeric>

namespace QSeamstressPrivate {

void Path::add(int script)
{
    if (!blocks.empty() && blocks.back().script == script)
        ++blocks.back().steps;
    else
        blocks.push_back({ script, 1 });
}

qint64 Path::steps() const
{
    return std::accumulate(blocks.begin(), blocks.end(), qint64(0), [](qint64 sum, const Block &block) { return sum + block.steps; });
}

PathWalk::PathWalk(const Path &path)
    : m_path(path)
{
}

int PathWalk::choose(Scripts ready)
{
    while (m_block < m_path.blocks.size()) {
        const Block &block = m_path.blocks[m_block];
        if (ready & setOf(block.script)) {
            if (++m_stepsInBlock == block.steps) {
                ++m_block;
                m_stepsInBlock = 0;
            }
            return take(block.script, ready);
        }
        m_hasStrayed = m_hasStrayed || m_path.isKnown;
        m_block = m_path.isKnown ? m_path.blocks.size() : m_block + 1;
        m_stepsInBlock = 0;
    }
    const bool lastCanGoOn = !m_choices.empty() && (ready & setOf(m_choices.back().script)) != 0;
    return take(lastCanGoOn ? m_choices.back().script : std::countr_zero(ready), ready);
}

int PathWalk::take(int script, Scripts ready)
{
    m_choices.push_back({ script, ready });
    return script;
}

} // namespace QSeamstressPrivate
