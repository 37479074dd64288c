// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

#ifndef SHORTPATIENCE_H
#define SHORTPATIENCE_H

#include <QByteArray>

// Destructors wait for 5 s at least; here for 50 ms, since what they wait for never comes.
class ShortPatience
{
public:
    ShortPatience()
        : m_before(qgetenv("QSEAMSTRESS_TIMEOUT_FACTOR"))
    {
        qputenv("QSEAMSTRESS_TIMEOUT_FACTOR", "0.01");
    }
    ~ShortPatience() { qputenv("QSEAMSTRESS_TIMEOUT_FACTOR", m_before.isEmpty() ? "1" : m_before); }
    Q_DISABLE_COPY_MOVE(ShortPatience)

private:
    const QByteArray m_before;
};

#endif // SHORTPATIENCE_H
