// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

#ifndef QSEAMSTRESSNAMESPACE_H
#define QSEAMSTRESSNAMESPACE_H

#include <QtCore/QString>
#include <QtCore/QVariant>
#include <QtCore/QVersionNumber>

#include <functional>

#include "qseamstress_export.h"

namespace QSeamstress {

struct QSEAMSTRESS_EXPORT Pause
{
    Pause(const char *point = "", const QVariant &value = {});
    Pause(const QString &point, const QVariant &value = {});

    QString point;
    QVariant value;
};

QSEAMSTRESS_EXPORT void pause(const char *point = "", const QVariant &value = {});
QSEAMSTRESS_EXPORT bool isInScript();

QSEAMSTRESS_EXPORT void setLockName(const void *lock, const QString &name);

using FailureHandler = std::function<void(const QString &message, const char *file, int line)>;
QSEAMSTRESS_EXPORT void setFailureHandler(FailureHandler handler);

QSEAMSTRESS_EXPORT void runIfChild(int &argc, char **argv);

QSEAMSTRESS_EXPORT QVersionNumber version();

} // namespace QSeamstress

#endif // QSEAMSTRESSNAMESPACE_H
