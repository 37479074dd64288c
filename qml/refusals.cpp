// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

#include "refusals.h"

#include "seamstressconfig.h"

bool isInJavaScript(const QSeamstressConfig *config)
{
    return qobject_cast<const SeamstressConfig *>(config) || (config && config->hasSlots());
}

QSeamstressPrivate::ScriptSource refusalOf(const QString &what)
{
    return { {}, QStringLiteral("has %1, which runs in the thread of its engine only; give it a config that is written in C++, or use a SeamstressTask").arg(what) };
}
