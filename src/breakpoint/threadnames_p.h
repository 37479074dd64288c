// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

#ifndef THREADNAMES_P_H
#define THREADNAMES_P_H

#include <QtCore/QString>

namespace QSeamstressPrivate {

// The name of the current thread's QThread, or else the name in the system, or else empty.
QString nameOfCurrentThread();
// For messages.
QString textOfCurrentThread();
// For the timeline.
QString columnOfCurrentThread();

} // namespace QSeamstressPrivate

#endif // THREADNAMES_P_H
