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
    calledByQml([&] { setConfig(config); });
    if (isInJavaScript(config) && this->config() == config)
        setScriptSource(refusalOf(QStringLiteral("a config whose handlers are JavaScript")));
}

void SeamstressProcess::setScript(const QJSValue &)
{
    if (calledByQml([this] { return mayChange("script", "script"); }))
        setScriptSource(refusalOf(QStringLiteral("a script in JavaScript")));
}
