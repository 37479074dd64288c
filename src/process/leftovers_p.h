// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

// Shared memory whose owner was killed stays in the system, with a file in the temporary directory. One .cpp file a system removes it.

#ifndef LEFTOVERS_P_H
#define LEFTOVERS_P_H

#include <QtCore/QString>

#include "segmentkey_p.h"

namespace QSeamstressPrivate {

ProcessIdentity thisProcess();

// Removes the shared memory of this ErrorSegment::key() and its file, if they are there: by its owner, or by a child whose parent is
// gone. Memory that some other program made is left alone. Who is still attached keeps it until it detaches.
void removeLeftovers(const QString &key);

// The same for every key whose owner is no more. What belongs to a living process, or to one that cannot be seen from here, stays.
void sweepLeftovers();

} // namespace QSeamstressPrivate

#endif // LEFTOVERS_P_H
