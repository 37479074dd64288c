// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

#ifndef CLOCKERRORS_P_H
#define CLOCKERRORS_P_H

#include <QtCore/QStringList>

#include "../executor/forscheduler_p.h"
#include "qseamstressclock.h"

namespace QSeamstressScheduler {

// The errors of a clock. Those that nobody has seen fail the test in the end.
class ClockErrors
{
public:
    explicit ClockErrors(const QSeamstressClock *clock)
        : m_clock(clock)
    {
    }
    ~ClockErrors()
    {
        if (!m_unseen.isEmpty())
            QSeamstressPrivate::failTest(m_unseen.join(QLatin1Char('\n')));
    }
    Q_DISABLE_COPY_MOVE(ClockErrors)

    void add(QSeamstressError::Code code, const QString &text)
    {
        m_last = QSeamstressPrivate::makeError(code, text, m_clock->objectName());
        m_unseen.append(text);
    }
    void forgetLast() { m_last = {}; }
    QSeamstressError see() // the last one, which somebody reads
    {
        m_unseen.clear();
        return m_last;
    }

private:
    const QSeamstressClock *const m_clock;
    QSeamstressError m_last;
    QStringList m_unseen;
};

} // namespace QSeamstressScheduler

#endif // CLOCKERRORS_P_H
