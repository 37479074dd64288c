// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

// What the library QSeamstress::Scheduler uses of this one.

#ifndef FORSCHEDULER_P_H
#define FORSCHEDULER_P_H

#include <QtCore/QString>

#include "../platform/scheduler_p.h"
#include "qseamstress_export.h"
#include "qseamstresserror.h"

namespace QSeamstressPrivate {

QSEAMSTRESS_EXPORT void setScheduler(const Scheduler *scheduler);
QSEAMSTRESS_EXPORT void failTest(const QString &message, const char *file = nullptr, int line = 0);
QSEAMSTRESS_EXPORT QSeamstressError makeError(QSeamstressError::Code code, const QString &message, const QString &origin);
QSEAMSTRESS_EXPORT bool isAnExplorerRunning();
QSEAMSTRESS_EXPORT qint64 scaledTimeout(qint64 milliseconds); // by QSEAMSTRESS_TIMEOUT_FACTOR

} // namespace QSeamstressPrivate

#endif // FORSCHEDULER_P_H
