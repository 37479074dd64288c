// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

#ifndef LOCKNAMES_P_H
#define LOCKNAMES_P_H

#include <QtCore/QString>

#include "qseamstressknownlock.h"

namespace QSeamstressPrivate {

// The name given with setLockName() to the lock that contains this address, in quotes. Empty if there is none.
QString givenNameAt(quintptr address);
// The same, or "the lock of" a script. Empty if there is none.
QString lockNameAt(quintptr address);

// Names the lock that is a script after that script, as long as this object lives.
struct LockOfScript
{
    LockOfScript(const KnownLock &lock, const QString &script);
    ~LockOfScript();
    Q_DISABLE_COPY_MOVE(LockOfScript)

    const quintptr begin; // 0 if the lock has no name
    const quintptr end;
    const QString script;
};

} // namespace QSeamstressPrivate

#endif // LOCKNAMES_P_H
