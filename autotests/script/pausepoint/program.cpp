// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

#include "writer.h"

int main()
{
    Pair pair;
    writeBoth(pair, 7);
    return pair.first == 7 && pair.second == 7 ? 0 : 1;
}
