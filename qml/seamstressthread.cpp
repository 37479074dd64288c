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
    calledByQml([&] { setConfig(config); });
    if (isInJavaScript(config) && this->config() == config)
        setScriptSource(refusalOf(QStringLiteral("a config whose handlers are JavaScript")));
}

void SeamstressThread::setScript(const QJSValue &)
{
    if (calledByQml([this] { return mayChange("script", "script"); }))
        setScriptSource(refusalOf(QStringLiteral("a script in JavaScript")));
}
