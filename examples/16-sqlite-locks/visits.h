// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

#ifndef VISITS_H
#define VISITS_H

#include "sqlconnection.h"

// Counts visits in a database that several threads and processes write to.
int visits(const SqlConnection &connection);
void addVisit(const SqlConnection &connection);

// What goes wrong without the lock: two that come at the same time count one visit.
void addVisitUnlocked(const SqlConnection &connection);

#endif // VISITS_H
