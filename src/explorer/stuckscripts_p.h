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
    ActivityReport report = {}; // when it was last looked at
    quintptr wait = 0; // where it was blocked last, 0 if not in memory
    int track = 0; // of the trace, if there is one
};

// Where a script was last, by the steps of an order.
QString lastPlace(int script, const std::vector<Step> &steps);
// Who waits for what, and who has that, a line for each script that is blocked.
QString stuckText(const std::vector<ExploredScript> &scripts, Scripts blocked, const std::vector<Step> &steps);

} // namespace QSeamstressPrivate

#endif // STUCKSCRIPTS_P_H
