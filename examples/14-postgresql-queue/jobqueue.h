// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

#ifndef JOBQUEUE_H
#define JOBQUEUE_H

#include "sqlconnection.h"

// Jobs in a table, taken by any number of workers. A job that a worker has taken is locked until its transaction ends.
enum class WhenLocked { SkipIt,
                        WaitForIt };

// The number of the first job that is not done, in the transaction that the connection is in; 0 if there is none.
int takeJob(const SqlConnection &connection, WhenLocked whenLocked);
void finishJob(const SqlConnection &connection, int job);

#endif // JOBQUEUE_H
