// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

#ifndef STARTEDTHREAD_P_H
#define STARTEDTHREAD_P_H

#include <QtCore/QThread>

#include "qseamstresserror.h"

namespace QSeamstressPrivate {

// Starts the thread of a script, which messages call name. An error means that there is none.
QSeamstressError startThread(QThread &thread, const QString &name, const QString &origin);

} // namespace QSeamstressPrivate

#endif // STARTEDTHREAD_P_H
