// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

#ifndef SHORTPATIENCE_H
#define SHORTPATIENCE_H

#include <QByteArray>

// Destructors wait for 5 s at least; here for so much of that, 50 ms by default, since what they wait for never comes.
class ShortPatience
{
public:
    explicit ShortPatience(const QByteArray &factor = "0.01")
        : m_before(qgetenv("QSEAMSTRESS_TIMEOUT_FACTOR"))
    {
        if ((m_before.isEmpty() ? 1 : m_before.toDouble()) > factor.toDouble())
            qputenv("QSEAMSTRESS_TIMEOUT_FACTOR", factor);
    }
    ~ShortPatience() { qputenv("QSEAMSTRESS_TIMEOUT_FACTOR", m_before.isEmpty() ? "1" : m_before); }
    Q_DISABLE_COPY_MOVE(ShortPatience)

private:
    const QByteArray m_before;
};

#endif // SHORTPATIENCE_H
