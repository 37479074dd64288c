// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

// The keys of shared memory. Each key is used only once and identifies its owner. If the owner is killed, the memory stays in the system,
// together with a file in the temporary directory. One .cpp file per platform removes them.

#ifndef LEFTOVERS_P_H
#define LEFTOVERS_P_H

#include <QtCore/QString>

#include <optional>

namespace QSeamstressPrivate {

// Identifies a process, even if a later process has the same ID.
struct ProcessIdentity
{
    quint64 processId = 0;
    quint64 startTime = 0; // in units of the system; 0 if unknown
    quint64 place = 0; // where the ID is valid and the memory is visible: the namespaces of a container

    bool operator==(const ProcessIdentity &other) const = default;
};

// A key for QSharedMemory that has never been used before.
QString newSegmentKey(const ProcessIdentity &owner);
// The process that created the key. Qt keeps only the letters of the key in the file name. Empty if the key is not one of ours.
std::optional<ProcessIdentity> ownerOfSegment(const QString &keyOrFileName);

ProcessIdentity thisProcess();

// Removes the shared memory with this ErrorSegment::key() and its file, if they exist. Called by the owner, or by a child whose parent is
// gone. Does not touch memory that another program created. A process that is still attached keeps the memory until it detaches.
void removeLeftovers(const QString &key);

// The same for every key whose owner is dead. Keeps what belongs to a living process, or to one that is not visible from here.
void sweepLeftovers();

} // namespace QSeamstressPrivate

#endif // LEFTOVERS_P_H
