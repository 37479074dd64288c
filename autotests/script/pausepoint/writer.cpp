// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

#include "writer.h"

#include <qseamstresspausepoint.h>

void writeBoth(Pair &pair, int value) noexcept
{
    pair.first = value;
    QSEAMSTRESS_PAUSE_POINT("half-written");
    pair.second = value;
}
