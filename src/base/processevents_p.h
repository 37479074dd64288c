// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

#ifndef PROCESSEVENTS_P_H
#define PROCESSEVENTS_P_H

#include <QtCore/QDeadlineTimer>

namespace QSeamstressPrivate {

// Processes events of this thread until there was one, or the deadline, or earlier for no reason.
void processEvents(QDeadlineTimer deadline);

} // namespace QSeamstressPrivate

#endif // PROCESSEVENTS_P_H
