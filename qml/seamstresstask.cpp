// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

#include "seamstresstask.h"

#include <QtQml/QJSEngine>
#include <QtQml/QQmlComponent>

#include "generatorscript.h"

// Ends the script before m_script, which it may be about to call, is destroyed.
SeamstressTask::~SeamstressTask()
{
    shutDown();
}

void SeamstressTask::componentComplete()
{
    // The script must end before its QML context, in which it looks up names, is destroyed. The destructor would be too late.
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
        refuseScript(QStringLiteral("has a script that is not a function; set a generator function: script: function* () { yield \"locked\" }"));
    Q_EMIT scriptChanged();
}
