// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

#ifndef SEAMSTRESSTHREAD_H
#define SEAMSTRESSTHREAD_H

#include <QSeamstressThread>

#include <QtQml/qqmlregistration.h>

#include "verbs.h"

class SeamstressThread : public QSeamstressThread
{
    Q_OBJECT
    QML_ELEMENT
    SEAMSTRESS_VERBS(QSeamstressThread)
    SEAMSTRESS_WITHOUT_JAVASCRIPT

public:
    using QSeamstressThread::QSeamstressThread;
};

#endif // SEAMSTRESSTHREAD_H
