// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

#ifndef PAYROLL_H
#define PAYROLL_H

#include <stdexcept>

#include "sqlconnection.h"

class AlreadyPayingIndividual : public std::runtime_error
{
public:
    AlreadyPayingIndividual()
        : std::runtime_error("this individual is already being paid")
    {
    }
};

// Pays an individual in the current transaction of the connection. Does nothing if the individual has already been paid. Throws
// AlreadyPayingIndividual while another transaction is paying the same individual.
void payIndividual(const SqlConnection &connection, int individual);

// The same, but waits for the other transaction to end.
void payIndividualPatiently(const SqlConnection &connection, int individual);

// Without the lock, two concurrent transactions both find that the individual has not been paid.
void payIndividualUnlocked(const SqlConnection &connection, int individual);

#endif // PAYROLL_H
