// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

#ifndef SEAMSTRESSTASK_H
#define SEAMSTRESSTASK_H

#include <QSeamstressTask>

#include <QtQml/QJSValue>
#include <QtQml/QQmlParserStatus>
#include <QtQml/qqmlregistration.h>

#include "verbs.h"

class SeamstressTask : public QSeamstressTask, public QQmlParserStatus
{
    Q_OBJECT
    QML_ELEMENT
    Q_INTERFACES(QQmlParserStatus)
    Q_PROPERTY(QJSValue script READ script WRITE setScript NOTIFY scriptChanged)
    SEAMSTRESS_VERBS(QSeamstressTask)

public:
    using QSeamstressTask::QSeamstressTask;
    ~SeamstressTask() override;

    QJSValue script() const { return m_script; }
    void setScript(const QJSValue &script);

    void classBegin() override { }
    void componentComplete() override;

Q_SIGNALS:
    void scriptChanged();

private Q_SLOTS:
    void endWithItsContext() { shutDown(); }

private:
    QJSValue m_script;
};

#endif // SEAMSTRESSTASK_H
