// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

#ifndef DESKTOP_P_H
#define DESKTOP_P_H

#include <QtCore/QByteArray>

namespace QSeamstressScheduler {

// Whether a local socket of this name, abstract or not, is that of the display server, the session bus or the like. These send events at
// any time.
bool isServerOfDesktop(const QByteArray &name);

} // namespace QSeamstressScheduler

#endif // DESKTOP_P_H
