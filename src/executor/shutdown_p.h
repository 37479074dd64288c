// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

#ifndef SHUTDOWN_P_H
#define SHUTDOWN_P_H

#include "executordata_p.h"

namespace QSeamstressPrivate {

// How the destructor of an executor ends a script: in steps, each tried only if the previous one failed.
class Shutdown
{
public:
    explicit Shutdown(ExecutorData &executor);

    void endScript();

private:
    bool waitForScript();
    bool waitForEnd(int milliseconds);
    bool staysForEver() const;
    void abandon();
    QSeamstressError stillAlive(const QString &consequence) const;

    ExecutorData &m_executor;
    const int m_total; // ms
    const Patience m_patience;
};

} // namespace QSeamstressPrivate

#endif // SHUTDOWN_P_H
