// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

#ifndef LOCKNAMES_P_H
#define LOCKNAMES_P_H

#include <QtCore/QString>

#include "../platform/platform_p.h"
#include "qseamstressknownlock.h"

namespace QSeamstressPrivate {

// The name that setLockName() has given to the lock in which this address lies, in quotes. Empty if it has none.
QString givenNameAt(quintptr address);

// The lock that a script consists of is called after that, as long as this lives.
class LockOfScript
{
public:
    LockOfScript(const KnownLock &lock, const QString &script);
    ~LockOfScript();
    Q_DISABLE_COPY_MOVE(LockOfScript)

private:
    quintptr m_begin = 0; // 0: it has no name
    QString m_script;
};

// Puts the name of the lock into the report in place of its address: the given one, or "the lock of" a script. False if it has none.
bool nameLock(ActivityReport *report);

} // namespace QSeamstressPrivate

#endif // LOCKNAMES_P_H
