// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

// Links the library but uses only pause points. Fails if they do nothing.

#include <QSeamstressPausePoint>

int main()
{
    QSEAMSTRESS_PAUSE_POINT("there");
    return qseamstress_pause_point ? 0 : 1;
}
