// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

#include "visits.h"

#include <QSeamstressPausePoint>

int visits(const SqlConnection &connection)
{
    return connection.execute("SELECT count FROM visits").toInt();
}

//! [code under test]
void addVisit(const SqlConnection &connection)
{
    connection.execute("BEGIN IMMEDIATE"); // locks before the read, not just before the write
    addVisitUnlocked(connection);
    connection.execute("COMMIT");
}

void addVisitUnlocked(const SqlConnection &connection)
{
    const int count = visits(connection);
    QSEAMSTRESS_PAUSE_POINT("read");
    connection.execute("UPDATE visits SET count = ?", { count + 1 });
}
//! [code under test]
