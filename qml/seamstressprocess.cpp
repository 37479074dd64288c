// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

#include "seamstressprocess.h"

#include "refusals.h"

SeamstressProcess::SeamstressProcess(QObject *parent)
    : QSeamstressProcess(parent)
{
}

SeamstressProcess::~SeamstressProcess() = default;

void SeamstressProcess::setQmlConfig(QSeamstressConfig *config)
{
    const QScopedValueRollback isCalled(m_isCalledByQml, true);
    setConfig(config);
    if (isInJavaScript(config) && mayChange("config", "config"))
        setScriptSource({ {}, refusalOfHandlers() });
}

void SeamstressProcess::setScript(const QJSValue &)
{
    const QScopedValueRollback isCalled(m_isCalledByQml, true);
    if (mayChange("script", "script"))
        setScriptSource({ {}, refusalOfScript() });
}
