// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

#ifndef SCRIPTACTIVITY_P_H
#define SCRIPTACTIVITY_P_H

#include <functional>

#include "../platform/platform_p.h"

namespace QSeamstressPrivate {

// What the thread of a script is doing now. Returns the argument otherwise if the thread runs our code, where it may block on a mutex of
// ours for a moment, which the script does not cause. Both functions are called while the thread is examined.
inline ActivityReport activityOfScript(const SystemThread &thread, const std::function<bool()> &isInOurCode, const std::function<bool()> &waitsForEvents, const ActivityReport &otherwise)
{
    bool isOurs = isInOurCode();
    const auto ask = [&] {
        isOurs = isOurs || isInOurCode();
        return waitsForEvents();
    };
    // A reference, which std::function stores without allocating: the examined thread may hold the mutex of the heap.
    const ActivityReport report = activityOfThread(thread, std::ref(ask));
    // If the system does not report activities, nothing is known of our code either.
    return isOurs && report.activity != ActivityReport::Unknown ? otherwise : report;
}

} // namespace QSeamstressPrivate

#endif // SCRIPTACTIVITY_P_H
