// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

#ifndef LOOKINTERVAL_P_H
#define LOOKINTERVAL_P_H

#include <QtCore/QDeadlineTimer>

#include <algorithm>

namespace QSeamstressPrivate {

// The system does not notify anyone that a thread has blocked, so the thread is polled, less and less often. A long wait is detected late
// by at most an eighth of its duration.
class LookInterval
{
public:
    // An interval that starts now. Each one is longer than the last.
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

// Polls to find out whether a script is stuck while another thread waits for it. A single positive result may be a moment between two
// states.
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
