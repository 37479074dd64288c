// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

#include "transfer.h"

#include <QSeamstressPausePoint>

void makeReport(const SqlConnection &connection)
{
    if (connection.execute("SELECT GET_LOCK('report', 0)").toInt() != 1)
        throw ReportIsBeingMade();
    connection.execute("UPDATE reports SET made = made + 1");
    connection.execute("DO RELEASE_LOCK('report')");
}

//! [code under test]
void transfer(const SqlConnection &connection, int from, int to, int amount)
{
    connection.execute("UPDATE accounts SET balance = balance - ? WHERE id = ?", { amount, from });
    QSEAMSTRESS_PAUSE_POINT("taken"); // the first account is locked, the second is not
    connection.execute("UPDATE accounts SET balance = balance + ? WHERE id = ?", { amount, to });
}
//! [code under test]
