// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

#ifndef LOCKNAMES_P_H
#define LOCKNAMES_P_H

#include <QtCore/QString>

#include "qseamstressknownlock.h"

namespace QSeamstressPrivate {

// The name that setLockName() has given to the lock in which this address lies, in quotes. Empty if it has none.
QString givenNameAt(quintptr address);
// That, or "the lock of" a script. Empty if it has none.
QString lockNameAt(quintptr address);

// The lock that a script consists of is called after that, as long as this lives.
struct LockOfScript
{
    LockOfScript(const KnownLock &lock, const QString &script);
    ~LockOfScript();
    Q_DISABLE_COPY_MOVE(LockOfScript)

    const quintptr begin; // 0: it has no name
    const quintptr end;
    const QString script;
};

} // namespace QSeamstressPrivate

#endif // LOCKNAMES_P_H
