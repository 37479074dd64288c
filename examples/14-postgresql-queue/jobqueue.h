// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

#ifndef JOBQUEUE_H
#define JOBQUEUE_H

#include "sqlconnection.h"

// Jobs in a table, taken by any number of workers. A job that a worker has taken stays locked until the worker's transaction ends.
enum class WhenLocked { SkipIt,
                        WaitForIt };

// Locks the first job that is not done, in the current transaction of the connection. Returns its ID, or 0 if there is none.
int takeJob(const SqlConnection &connection, WhenLocked whenLocked);
void finishJob(const SqlConnection &connection, int job);

#endif // JOBQUEUE_H
