// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

#ifndef LOOKINTERVAL_P_H
#define LOOKINTERVAL_P_H

#include <QtCore/QDeadlineTimer>

#include <algorithm>

namespace QSeamstressPrivate {

// Nothing tells that a thread blocks: it is looked at, less and less often. What takes long is seen late by an eighth of that time at most.
class LookInterval
{
public:
    // From now on, and longer the next time.
    QDeadlineTimer next()
    {
        QDeadlineTimer deadline(Qt::PreciseTimer);
        deadline.setPreciseRemainingTime(0, m_nanoseconds, Qt::PreciseTimer);
        m_nanoseconds = m_nanoseconds < doubledUntil ? 2 * m_nanoseconds : std::min(m_nanoseconds + m_nanoseconds / 8, last);
        return deadline;
    }

private:
    static constexpr qint64 doubledUntil = 800'000; // ns
    static constexpr qint64 last = 5'000'000;

    qint64 m_nanoseconds = 50'000;
};

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

#endif // LOOKINTERVAL_P_H
