// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

#include "qseamstressscriptsource.h"

#include "errordata_p.h"

namespace QSeamstressPrivate {

void failSetUp(const char *reason)
{
    throw ScriptFailure(QSeamstressError::SetUpFailed, QStringLiteral("its set-up failed, since %1").arg(QString::fromUtf8(reason)));
}

ScriptSource nullScript()
{
    return { {}, QStringLiteral("was given a null function as its script; give it one that can be called") };
}

ScriptSource nullLock()
{
    return { {}, QStringLiteral("was given a null pointer as its lock; pass the address of a lock that lives as long as the script") };
}

} // namespace QSeamstressPrivate
