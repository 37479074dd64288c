// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

#include "payroll.h"

#include <QSeamstressPausePoint>

//! [code under test]
void payIndividual(const SqlConnection &connection, int individual)
{
    const QVariant locked = connection.execute("SELECT pg_try_advisory_xact_lock(hashtextextended('pay-individual-' || ?, 0))", { QString::number(individual) });
    if (!locked.toBool())
        throw AlreadyPayingIndividual();
    payIndividualUnlocked(connection, individual);
}
//! [code under test]

void payIndividualPatiently(const SqlConnection &connection, int individual)
{
    connection.execute("SELECT pg_advisory_xact_lock(hashtextextended('pay-individual-' || ?, 0))", { QString::number(individual) });
    payIndividualUnlocked(connection, individual);
}

void payIndividualUnlocked(const SqlConnection &connection, int individual)
{
    if (connection.execute("SELECT count(*) FROM payments WHERE individual = ?", { individual }).toInt() > 0)
        return;
    QSEAMSTRESS_PAUSE_POINT("nobody has paid");
    connection.execute("INSERT INTO payments (individual) VALUES (?)", { individual });
}
