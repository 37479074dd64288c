// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

// Production code, which may be of an older standard, and of which neither Qt nor QSeamstress need to be a part.

#include <qseamstresspausepoint.h>

int sum(int first, int second);
int sum(int first, int second)
{
    QSEAMSTRESS_PAUSE_POINT("in a statement");
    return QSEAMSTRESS_PAUSE_POINT("in an expression"), first + second;
}
