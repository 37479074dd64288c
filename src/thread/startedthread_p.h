// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

#ifndef STARTEDTHREAD_P_H
#define STARTEDTHREAD_P_H

#include <QtCore/QDeadlineTimer>
#include <QtCore/QThread>

#include "qseamstresserror.h"

namespace QSeamstressPrivate {

// Starts the thread of a script, which messages call name. An error means that there is none.
QSeamstressError startThread(QThread &thread, const QString &name, const QString &origin);

// Until it has ended, and is gone: QThread::wait() returns when it is about to go, and who looks at threads then would still see it. False if it
// has not ended at the deadline.
bool joinThread(QThread &thread, qint64 threadId, QDeadlineTimer deadline);

} // namespace QSeamstressPrivate

#endif // STARTEDTHREAD_P_H
