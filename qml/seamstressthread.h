// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

#ifndef SEAMSTRESSTHREAD_H
#define SEAMSTRESSTHREAD_H

#include <QSeamstressThread>

#include <QtQml/QJSValue>
#include <QtQml/qqmlregistration.h>

#include "verbs.h"

class SeamstressThread : public QSeamstressThread
{
    Q_OBJECT
    QML_ELEMENT
    Q_PROPERTY(QSeamstressConfig *config READ config WRITE setQmlConfig NOTIFY configChanged)
    Q_PROPERTY(QJSValue script READ script WRITE setScript)
    SEAMSTRESS_VERBS(QSeamstressThread)

public:
    explicit SeamstressThread(QObject *parent = nullptr);
    ~SeamstressThread() override;

    // Both refuse JavaScript.
    void setQmlConfig(QSeamstressConfig *config);
    QJSValue script() const { return {}; }
    void setScript(const QJSValue &script);
};

#endif // SEAMSTRESSTHREAD_H
