// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

#ifndef STUCKSCRIPTS_P_H
#define STUCKSCRIPTS_P_H

#include <vector>

#include "actor_p.h"
#include "ordertext_p.h"
#include "pathwalk_p.h"

namespace QSeamstressPrivate {

// A script of an explorer.
struct ExploredScript
{
    std::unique_ptr<Actor> actor;
    ActivityReport report = {}; // of the last look
    quintptr wait = 0; // the address on which it was last blocked, 0 if it was not blocked on memory
    int track = 0; // in the trace, if there is one
};

// The last pause point of a script, from the steps of an order.
QString lastPlace(int script, const std::vector<Step> &steps);
// One line for each blocked script: what it is blocked on, and which thread holds that.
QString stuckText(const std::vector<ExploredScript> &scripts, Scripts blocked, const std::vector<Step> &steps);

} // namespace QSeamstressPrivate

#endif // STUCKSCRIPTS_P_H
