// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

#ifndef WHEREABOUTS_P_H
#define WHEREABOUTS_P_H

#include <QtCore/QtGlobal>

#include <atomic>
#include <chrono>

namespace QSeamstressPrivate {

// What of a script's thread the system does not tell. Anybody may read it at any time, also from another process if it is in shared
// memory; 0 is no, anything else is yes.
struct Whereabouts
{
    std::atomic<quint32> isInOurCode = 0; // not in the script's, nor in a slot's
    std::atomic<quint32> waitsForEvents = 0; // in Qt's event loop, this instant
    std::atomic<quint32> isAwaiting = 0; // in co_await
    std::atomic<qint64> stoppedAt = 0; // when it halted or ended last, as now() says

    static qint64 now() { return std::chrono::steady_clock::now().time_since_epoch().count(); } // of one clock for all processes, where they can wake each other
};
static_assert(std::atomic<quint32>::is_always_lock_free && std::atomic<qint64>::is_always_lock_free); // so that it works between processes

} // namespace QSeamstressPrivate

#endif // WHEREABOUTS_P_H
