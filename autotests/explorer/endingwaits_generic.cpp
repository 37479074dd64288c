// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

#include "endingwaits.h"

QList<EndingWait> waitsOfTheSystem()
{
    return {};
}
