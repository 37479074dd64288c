// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

#ifndef STUCKWATCH_P_H
#define STUCKWATCH_P_H

#include <QtCore/QDeadlineTimer>

namespace QSeamstressPrivate {

// While somebody waits for a script: whether it is stuck, which is looked at now and then. Once may be a moment between two others.
class StuckWatch
{
public:
    QDeadlineTimer nextLook() const { return m_nextLook; }

    template <class Look>
    bool isSure(Look isStuck)
    {
        if (!m_nextLook.hasExpired())
            return false;
        m_nextLook = QDeadlineTimer(interval, Qt::PreciseTimer);
        m_looks = isStuck() ? m_looks + 1 : 0;
        return m_looks == enough;
    }

private:
    static constexpr int interval = 50; // ms
    static constexpr int enough = 2;

    QDeadlineTimer m_nextLook{ interval, Qt::PreciseTimer };
    int m_looks = 0;
};

} // namespace QSeamstressPrivate

#endif // STUCKWATCH_P_H
