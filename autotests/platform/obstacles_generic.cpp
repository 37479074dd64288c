// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

#include "obstacles.h"

QList<NamedObstacle> systemObstacles()
{
    return {};
}
