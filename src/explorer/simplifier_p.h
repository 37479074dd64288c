// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

#ifndef SIMPLIFIER_P_H
#define SIMPLIFIER_P_H

#include <compare>
#include <functional>
#include <set>

#include "pathwalk_p.h"

namespace QSeamstressPrivate {

// Makes a failing order simpler: fewer preemptions, then fewer steps before the last preemption, then scripts that were added earlier. It
// removes parts of the order, larger ones first, and keeps what fails in the same way, as in delta debugging: Zeller and Hildebrandt,
// Simplifying and Isolating Failure-Inducing Input, IEEE Transactions on Software Engineering 28, 2002.
class Simplifier
{
public:
    using Choices = std::vector<Choice>;
    // Runs a path. Returns the choices of that run if it failed in the same way, and none if it did not. Nothing if there have been enough runs.
    using Attempt = std::function<std::optional<Choices>(const Path &)>;

    Simplifier(const Choices &failing, const Attempt &attempt);

    void simplify();
    // The simplest order so far.
    Path path() const { return { m_blocks }; }
    int preemptions() const { return m_cost.preemptions; }

private:
    using Blocks = std::vector<Block>;
    struct Cost
    {
        int preemptions = 0;
        std::size_t last = 0; // the number of the step after the last preemption
        std::vector<int> scripts = {}; // of the blocks up to there
        auto operator<=>(const Cost &other) const = default;
    };

    bool isSimplerThanNow(const Choices &choices);
    bool improves(const Blocks &blocks);
    void shortenTheEnd();
    bool removeBlocks();
    bool shortenBlocks();
    bool swapScripts();

    bool isOver() const { return m_isOver || m_cost.preemptions == 0; }

    const Attempt &m_attempt;
    bool m_isOver = false;
    Blocks m_blocks; // up to the first step after the last preemption
    Cost m_cost;
    std::set<Blocks> m_tried;
};

} // namespace QSeamstressPrivate

#endif // SIMPLIFIER_P_H
