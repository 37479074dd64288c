// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

// The names of shared memory: each is used once, and tells whose it is. If the owner was killed, the memory stays in the system, with a
// file in the temporary directory; one .cpp file a system removes it.

#ifndef LEFTOVERS_P_H
#define LEFTOVERS_P_H

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

ProcessIdentity thisProcess();

// Removes the shared memory of this ErrorSegment::key() and its file, if they are there: by its owner, or by a child whose parent is
// gone. Memory that some other program made is left alone. Who is still attached keeps it until it detaches.
void removeLeftovers(const QString &key);

// The same for every key whose owner is no more. What belongs to a living process, or to one that cannot be seen from here, stays.
void sweepLeftovers();

} // namespace QSeamstressPrivate

#endif // LEFTOVERS_P_H
