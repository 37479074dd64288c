// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

#ifndef SCRIPTACTIVITY_P_H
#define SCRIPTACTIVITY_P_H

#include <functional>

#include "../platform/platform_p.h"

namespace QSeamstressPrivate {

// What the thread of a script does this instant; otherwise if it runs our code, where it may wait for a lock of ours for a moment,
// which is not the script's doing. Both functions are asked while the thread is looked at.
inline ActivityReport activityOfScript(const SystemThread &thread, const std::function<bool()> &isInOurCode, const std::function<bool()> &waitsForEvents, const ActivityReport &otherwise)
{
    bool isOurs = isInOurCode();
    const auto ask = [&] {
        isOurs = isOurs || isInOurCode();
        return waitsForEvents();
    };
    // Nothing is allocated while a thread is looked at that may hold the lock of the heap: a reference to a function object takes none.
    const ActivityReport report = activityOfThread(thread, std::ref(ask));
    // Where the system does not tell, nothing is known of our code either.
    return isOurs && report.activity != ActivityReport::Unknown ? otherwise : report;
}

} // namespace QSeamstressPrivate

#endif // SCRIPTACTIVITY_P_H
