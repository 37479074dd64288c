// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

#include "draw_p.h"

namespace QSeamstressPrivate {

// Preemptions are spread over the order: each of the steps that are left is as likely as any other to come after one of those that are left.
bool Drawing::mayPreempt()
{
    const int left = m_draw.maximumPreemptions - m_preemptions;
    const qint64 steps = std::max<qint64>(m_stepsLeft--, 1);
    return left >= steps || static_cast<qint64>(m_random()) % steps < left;
}

// Any of these scripts, all equally likely. scripts must not be empty.
int Drawing::drawOf(Scripts scripts)
{
    for (auto skipped = m_random() % static_cast<unsigned>(std::popcount(scripts)); skipped > 0; --skipped)
        scripts &= scripts - 1;
    return std::countr_zero(scripts);
}

// One of these scripts, with the number of its selected steps that are still to come as its weight; -1 if there are none.
int Drawing::drawSelected(Scripts scripts)
{
    qint64 sum = 0;
    forEach(scripts, [&](int script) { sum += m_left[static_cast<std::size_t>(script)]; });
    if (sum == 0)
        return -1;
    qint64 drawn = static_cast<qint64>(m_random()) % sum;
    int chosen = -1;
    forEach(scripts, [&](int script) {
        if (chosen < 0 && (drawn -= m_left[static_cast<std::size_t>(script)]) < 0)
            chosen = script;
    });
    return chosen;
}

} // namespace QSeamstressPrivate
