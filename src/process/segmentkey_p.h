// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

// The names of shared memory: each is used once, and tells whose it is.

#ifndef SEGMENTKEY_P_H
#define SEGMENTKEY_P_H

#include <QtCore/QString>

#include <optional>

namespace QSeamstressPrivate {

// A process that cannot be mistaken for a later one with the same id.
struct ProcessIdentity
{
    quint64 processId = 0;
    quint64 startTime = 0; // in the system's units; 0 if the system does not tell
    quint64 place = 0; // where the id is valid and the memory visible: the namespaces of a container

    bool operator==(const ProcessIdentity &other) const = default;
};

// A key for QSharedMemory that no process has had before.
QString newSegmentKey(const ProcessIdentity &owner);
// Who made the key, of which Qt leaves the letters in the name of a file. Nothing if it is no key of ours.
std::optional<ProcessIdentity> ownerOfSegment(const QString &keyOrFileName);

} // namespace QSeamstressPrivate

#endif // SEGMENTKEY_P_H
