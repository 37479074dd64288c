// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

#include "seamstressthread.h"

#include "refusals.h"

SeamstressThread::SeamstressThread(QObject *parent)
    : QSeamstressThread(parent)
{
}

SeamstressThread::~SeamstressThread() = default;

void SeamstressThread::setQmlConfig(QSeamstressConfig *config)
{
    const QScopedValueRollback isCalled(m_isCalledByQml, true);
    setConfig(config);
    if (isInJavaScript(config) && mayChange("config", "config"))
        setScriptSource({ {}, refusalOfHandlers() });
}

void SeamstressThread::setScript(const QJSValue &)
{
    const QScopedValueRollback isCalled(m_isCalledByQml, true);
    if (mayChange("script", "script"))
        setScriptSource({ {}, refusalOfScript() });
}
