// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

#include "jobqueue.h"

//! [code under test]
int takeJob(const SqlConnection &connection, WhenLocked whenLocked)
{
    const QString statement = "SELECT id FROM jobs WHERE NOT done ORDER BY id LIMIT 1 FOR UPDATE";
    return connection.execute(whenLocked == WhenLocked::SkipIt ? statement + " SKIP LOCKED" : statement).toInt();
}
//! [code under test]

void finishJob(const SqlConnection &connection, int job)
{
    connection.execute("UPDATE jobs SET done = true WHERE id = ?", { job });
}
