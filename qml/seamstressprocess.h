// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

#ifndef SEAMSTRESSPROCESS_H
#define SEAMSTRESSPROCESS_H

#include <QSeamstressProcess>

#include <QtQml/qqmlregistration.h>

#include "verbs.h"

class SeamstressProcess : public QSeamstressProcess
{
    Q_OBJECT
    QML_ELEMENT
    SEAMSTRESS_VERBS(QSeamstressProcess)
    SEAMSTRESS_WITHOUT_JAVASCRIPT

public:
    using QSeamstressProcess::QSeamstressProcess;
};

#endif // SEAMSTRESSPROCESS_H
