// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

#ifndef WHEREABOUTS_P_H
#define WHEREABOUTS_P_H

#include <QtCore/QtGlobal>

#include <atomic>

namespace QSeamstressPrivate {

// What of a script's thread the system does not tell. Anybody may read it at any time, also from another process if it is in shared
// memory; 0 is no, anything else is yes.
struct Whereabouts
{
    std::atomic<quint32> isInOurCode = 0; // not in the script's, nor in a slot's
    std::atomic<quint32> waitsForEvents = 0; // in Qt's event loop, this instant
};
static_assert(std::atomic<quint32>::is_always_lock_free); // so that it works between processes

} // namespace QSeamstressPrivate

#endif // WHEREABOUTS_P_H
