// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

#ifndef WHEREABOUTS_P_H
#define WHEREABOUTS_P_H

#include <QtCore/QtGlobal>

#include <atomic>
#include <chrono>

#include "realtime_p.h"

namespace QSeamstressPrivate {

// What the system does not report about a script's thread. Any thread may read it at any time, even in another process if it is in shared
// memory. 0 means no, anything else means yes.
struct Whereabouts
{
    std::atomic<quint32> isInOurCode = 0; // not in code of the script or of a slot
    std::atomic<quint32> waitsForEvents = 0; // in Qt's event loop, now
    std::atomic<quint32> isAwaiting = 0; // in co_await
    std::atomic<qint64> stoppedAt = 0; // when it last paused or ended, on the clock of now()

    // One clock for all processes, on systems where they can wake each other up.
    static qint64 now()
    {
        const RealTime realTime;
        return std::chrono::steady_clock::now().time_since_epoch().count();
    }
};
static_assert(std::atomic<quint32>::is_always_lock_free && std::atomic<qint64>::is_always_lock_free); // required to work between processes

} // namespace QSeamstressPrivate

#endif // WHEREABOUTS_P_H
