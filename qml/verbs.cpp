// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

#include "verbs.h"

#include "seamstressconfig.h"

bool isInJavaScript(const QSeamstressConfig *config)
{
    return qobject_cast<const SeamstressConfig *>(config) || (config && config->hasSlots());
}

QString javaScriptRefusal(const QString &what)
{
    return QStringLiteral("has %1, which runs only in the thread of its engine; use a config written in C++, or a SeamstressTask").arg(what);
}
