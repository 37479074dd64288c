// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

#ifndef TRANSFER_H
#define TRANSFER_H

#include <stdexcept>

#include "sqlconnection.h"

class ReportIsBeingMade : public std::runtime_error
{
public:
    ReportIsBeingMade()
        : std::runtime_error("another connection is making this report")
    {
    }
};

// Counts a report, under the lock "report" (GET_LOCK()). Throws ReportIsBeingMade if another connection holds that lock.
void makeReport(const SqlConnection &connection);

// Moves money between two accounts, in the current transaction of the connection. The update of a row locks that account.
void transfer(const SqlConnection &connection, int from, int to, int amount);

#endif // TRANSFER_H
