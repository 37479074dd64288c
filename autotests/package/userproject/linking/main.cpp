// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

#include "clock.h"

int main(int argc, char **argv)
{
    return runTest(argc, argv);
}
