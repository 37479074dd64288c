// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

#include "seamstresstask.h"

#include <QtQml/QJSEngine>
#include <QtQml/QQmlComponent>

#include "generatorscript.h"

// While the script is still there that it may be about to run.
SeamstressTask::~SeamstressTask()
{
    shutDown();
}

void SeamstressTask::componentComplete()
{
    // Before its context goes, in which the script finds its names: the destructor is too late.
    if (const QObject *component = qmlAttachedPropertiesObject<QQmlComponent>(this))
        QObject::connect(component, SIGNAL(destruction()), this, SLOT(endWithItsContext()));
}

void SeamstressTask::setScript(const QJSValue &script)
{
    if (!calledByQml([this] { return mayChange("script", "script"); }))
        return;
    m_script = script;
    if (script.isCallable())
        QSeamstressTask::setScript([this] { return generatorScript(qjsEngine(this), m_script); });
    else
        refuseScript(QStringLiteral("has a script that is no function; give it a generator function: script: function* () { yield \"locked\" }"));
    Q_EMIT scriptChanged();
}
