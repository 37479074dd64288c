// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

#ifndef SEAMSTRESSPROCESS_H
#define SEAMSTRESSPROCESS_H

#include <QSeamstressProcess>

#include <QtQml/QJSValue>
#include <QtQml/qqmlregistration.h>

#include "verbs.h"

class SeamstressProcess : public QSeamstressProcess
{
    Q_OBJECT
    QML_ELEMENT
    Q_PROPERTY(QSeamstressConfig *config READ config WRITE setQmlConfig NOTIFY configChanged)
    Q_PROPERTY(QJSValue script READ script WRITE setScript)
    SEAMSTRESS_VERBS(QSeamstressProcess)

public:
    explicit SeamstressProcess(QObject *parent = nullptr);
    ~SeamstressProcess() override;

    // Both refuse JavaScript.
    void setQmlConfig(QSeamstressConfig *config);
    QJSValue script() const { return {}; }
    void setScript(const QJSValue &script);
};

#endif // SEAMSTRESSPROCESS_H
