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
        : std::runtime_error("somebody else makes this report")
    {
    }
};

// Counts a report as made. Takes the lock "report" by GET_LOCK() for as long; throws ReportIsBeingMade if another connection has it.
void makeReport(const SqlConnection &connection);

// Moves money between two accounts, in the transaction that the connection is in. Each account is locked by the update of its row.
void transfer(const SqlConnection &connection, int from, int to, int amount);

#endif // TRANSFER_H
