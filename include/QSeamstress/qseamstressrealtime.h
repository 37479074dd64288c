// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

#ifndef QSEAMSTRESSREALTIME_H
#define QSEAMSTRESSREALTIME_H

#include <QtCore/QtGlobal>

#include "qseamstressscheduler_export.h"

class QSEAMSTRESSSCHEDULER_EXPORT QSeamstressRealTime
{
public:
    QSeamstressRealTime();
    ~QSeamstressRealTime();
    Q_DISABLE_COPY_MOVE(QSeamstressRealTime)
};

#endif // QSEAMSTRESSREALTIME_H
