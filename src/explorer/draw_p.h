// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

#ifndef DRAW_P_H
#define DRAW_P_H

#include <QtCore/QString>

#include <algorithm>
#include <optional>
#include <random>
#include <vector>

#include "scripts_p.h"

namespace QSeamstressPrivate {

// An order that is drawn at random while it runs. All orders of the selected steps are equally likely, as far as the scripts behave as in
// the trial run: Zhao, Wolff, Mathur, Roychoudhury: Selectively Uniform Concurrency Testing, ASPLOS 2025.
struct Draw
{
    // The selected steps are those that begin at this pause point, or all steps if there is none.
    std::optional<QString> point;
    std::vector<qint64> steps; // the number of selected steps of each script
    quint32 seed;
    int maximumPreemptions;
    qint64 allSteps; // of all scripts
};

// The state of a draw while its order runs.
class Drawing
{
public:
    explicit Drawing(const Draw &draw)
        : m_draw(draw)
        , m_left(draw.steps)
        , m_stepsLeft(draw.allSteps)
        , m_random(draw.seed)
    {
    }

    // The script that takes the next step. last: the script that took the previous step, or -1. pointOf(script): where its next step begins.
    template <class PointOf>
    int choose(Scripts ready, int last, PointOf pointOf);

private:
    bool mayPreempt();
    int drawOf(Scripts scripts);
    int drawSelected(Scripts scripts);

    const Draw &m_draw;
    std::vector<qint64> m_left; // selected steps of each script that are still to come
    qint64 m_stepsLeft;
    int m_next = -1; // the script that takes the next selected step; -1: not drawn yet
    int m_preemptions = 0;
    std::minstd_rand m_random; // not a distribution, whose results differ between standard libraries
};

template <class PointOf>
int Drawing::choose(Scripts ready, int last, PointOf pointOf)
{
    const bool lastIsReady = last >= 0 && (ready & setOf(last)) != 0;
    if (m_next < 0)
        m_next = drawSelected(allOf(static_cast<int>(m_left.size())));
    Scripts selected = ready;
    if (m_draw.point)
        selected = filter(ready, [&](int script) { return pointOf(script) == *m_draw.point; });
    int script = last;
    if (const bool mayChoose = mayPreempt(); mayChoose || !lastIsReady) {
        // A script whose selected step is not the next one waits, unless all of them do: the next one is blocked, or took fewer steps.
        const Scripts free = m_next < 0 ? ready : ready & ~(selected & ~setOf(m_next));
        if (free == 0)
            m_next = drawSelected(ready);
        script = free != 0 ? drawOf(free) : m_next >= 0 ? m_next : drawOf(ready);
    }
    if (lastIsReady && script != last)
        ++m_preemptions;
    if (selected & setOf(script)) {
        qint64 &left = m_left[static_cast<std::size_t>(script)];
        left = std::max<qint64>(left - 1, 0);
        m_next = -1;
    }
    return script;
}

} // namespace QSeamstressPrivate

#endif // DRAW_P_H
