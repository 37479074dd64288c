// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

#ifndef LOOKINTERVAL_P_H
#define LOOKINTERVAL_P_H

#include <QtCore/QDeadlineTimer>

#include <algorithm>

namespace QSeamstressPrivate {

// Nothing tells that a thread blocks: it is looked at, less and less often.
class LookInterval
{
public:
    // From now on, and longer the next time.
    QDeadlineTimer next()
    {
        QDeadlineTimer deadline(Qt::PreciseTimer);
        deadline.setPreciseRemainingTime(0, m_nanoseconds, Qt::PreciseTimer);
        m_nanoseconds = std::min(2 * m_nanoseconds, last);
        return deadline;
    }

private:
    static constexpr qint64 first = 50'000; // ns
    static constexpr qint64 last = 1'000'000;

    qint64 m_nanoseconds = first;
};

} // namespace QSeamstressPrivate

#endif // LOOKINTERVAL_P_H
