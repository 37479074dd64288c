// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

#ifndef SHORTPATIENCE_H
#define SHORTPATIENCE_H

#include <QByteArray>

// Destructors wait for at least 5 s. This reduces that to a fiftieth, for tests in which they wait in vain. Only a fifth of it is left for
// what they do afterwards, so it is scaled together with all other time-outs.
class ShortPatience
{
public:
    explicit ShortPatience(double most = 0.02 * factorNow())
        : m_before(qgetenv("QSEAMSTRESS_TIMEOUT_FACTOR"))
    {
        if (factorNow() > most)
            qputenv("QSEAMSTRESS_TIMEOUT_FACTOR", QByteArray::number(most));
    }
    ~ShortPatience() { qputenv("QSEAMSTRESS_TIMEOUT_FACTOR", m_before.isEmpty() ? "1" : m_before); }
    Q_DISABLE_COPY_MOVE(ShortPatience)

private:
    static double factorNow()
    {
        const QByteArray factor = qgetenv("QSEAMSTRESS_TIMEOUT_FACTOR");
        return factor.isEmpty() ? 1 : factor.toDouble();
    }

    const QByteArray m_before;
};

#endif // SHORTPATIENCE_H
