// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

#ifndef PLAINCODE_P_H
#define PLAINCODE_P_H

#include "../script/scriptrunner_p.h"

namespace QSeamstressPrivate {

// Pause points that a task reaches in plain code, where there is no coroutine that could be suspended. A coroutine goes on; plain code
// that is the script is told when it has ended.
class PlainCode
{
public:
    void reach(const QString &point)
    {
        if (!m_reached)
            m_point = point;
        m_reached = true;
    }
    // At the end of the script.
    void refuse(const ScriptSource &source, ScriptRunner &runner) const;

private:
    QString m_point; // the first one
    bool m_reached = false;
};

} // namespace QSeamstressPrivate

#endif // PLAINCODE_P_H
