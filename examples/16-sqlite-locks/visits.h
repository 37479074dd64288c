// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

#ifndef VISITS_H
#define VISITS_H

#include "sqlconnection.h"

// Counts visits in a database that several threads and processes write to.
int visits(const SqlConnection &connection);
void addVisit(const SqlConnection &connection);

// Without the lock, two concurrent visits are counted as one.
void addVisitUnlocked(const SqlConnection &connection);

#endif // VISITS_H
