// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

#include "simplifier_p.h"

#include <algorithm>
#include <limits>

namespace QSeamstressPrivate {

Simplifier::Simplifier(const Choices &failing, const Attempt &attempt)
    : m_attempt(attempt)
{
    m_cost.preemptions = std::numeric_limits<int>::max();
    isSimplerThanNow(failing);
}

// If so, this order is kept.
bool Simplifier::isSimplerThanNow(const Choices &choices)
{
    Cost cost;
    for (std::size_t step = 1; step < choices.size(); ++step) {
        if (isPreemption(choices[step], choices[step - 1].script)) {
            ++cost.preemptions;
            cost.last = step;
        }
    }
    Path path;
    for (std::size_t step = 0; step <= cost.last && step < choices.size(); ++step)
        path.add(choices[step].script);
    for (const Block &block : path.blocks)
        cost.scripts.push_back(block.script);
    if (cost >= m_cost)
        return false;
    m_cost = cost;
    m_blocks = path.blocks;
    return true;
}

// Whether these blocks, continued without preemptions, fail in the same way and are simpler. Then they are kept.
bool Simplifier::improves(const Blocks &blocks)
{
    Path path;
    for (const Block &block : blocks) {
        if (block.steps > 0)
            path.add(block.script, block.steps);
    }
    if (!m_tried.insert(path.blocks).second)
        return false;
    const std::optional<Choices> choices = m_attempt(path);
    m_isOver = !choices;
    return choices && !choices->empty() && isSimplerThanNow(*choices);
}

void Simplifier::simplify()
{
    shortenTheEnd();
    while (!isOver() && (removeBlocks() || shortenBlocks() || swapScripts())) { }
}

// By bisection: the beginning that is needed is often short.
void Simplifier::shortenTheEnd()
{
    std::size_t passing = 0;
    while (!isOver() && passing + 1 < m_blocks.size()) {
        const std::size_t middle = passing + (m_blocks.size() - passing) / 2;
        if (!improves({ m_blocks.begin(), m_blocks.begin() + static_cast<std::ptrdiff_t>(middle) }))
            passing = middle;
    }
}

// In halves, quarters and so on, down to one block.
bool Simplifier::removeBlocks()
{
    bool anyRemoved = false;
    for (std::size_t size = std::max<std::size_t>(m_blocks.size() / 2, 1); size > 0; size /= 2) {
        for (std::size_t first = 0; first < m_blocks.size() && !isOver();) {
            Blocks rest = m_blocks;
            const auto begin = rest.begin() + static_cast<std::ptrdiff_t>(first);
            rest.erase(begin, begin + static_cast<std::ptrdiff_t>(std::min(size, rest.size() - first)));
            if (improves(rest))
                anyRemoved = true;
            else
                first += size;
        }
    }
    return anyRemoved;
}

// To half of their steps, or by one.
bool Simplifier::shortenBlocks()
{
    bool anyShortened = false;
    for (std::size_t index = 0; index < m_blocks.size() && !isOver(); ++index) {
        for (qint64 removed = (m_blocks[index].steps + 1) / 2; removed > 0 && index < m_blocks.size() && !isOver();) {
            Blocks shorter = m_blocks;
            shorter[index].steps -= std::min(removed, shorter[index].steps);
            if (improves(shorter))
                anyShortened = true;
            else
                removed /= 2;
        }
    }
    return anyShortened;
}

// So that the report does not depend on what was drawn, if two scripts do the same.
bool Simplifier::swapScripts()
{
    const auto isEarlier = [](const Block &block, const Block &other) { return block.script < other.script; };
    for (const Block block : Blocks(m_blocks)) {
        for (int earlier = 0; earlier < block.script && !isOver(); ++earlier) {
            Blocks swapped = m_blocks;
            for (Block &other : swapped)
                other.script = other.script == earlier ? block.script : other.script == block.script ? earlier : other.script;
            const bool isSimpler = std::lexicographical_compare(swapped.begin(), swapped.end(), m_blocks.begin(), m_blocks.end(), isEarlier);
            if (isSimpler && improves(swapped))
                return true;
        }
    }
    return false;
}

} // namespace QSeamstressPrivate
