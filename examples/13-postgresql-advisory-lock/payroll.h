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
        : std::runtime_error("this individual is being paid already")
    {
    }
};

// In the transaction that the connection is in. Whoever is paid already is not paid again; while somebody else is about to pay the same
// individual, throws AlreadyPayingIndividual.
void payIndividual(const SqlConnection &connection, int individual);

// The same, but waits for the other to be done.
void payIndividualPatiently(const SqlConnection &connection, int individual);

// What goes wrong without the lock: two that come at the same time both find that nobody has paid.
void payIndividualUnlocked(const SqlConnection &connection, int individual);

#endif // PAYROLL_H
