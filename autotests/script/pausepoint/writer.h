// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

#ifndef WRITER_H
#define WRITER_H

// Production code: writes a value in two steps, with the pause point "half-written" between them.
struct Pair
{
    int first = 0;
    int second = 0;
};
void writeBoth(Pair &pair, int value) noexcept;

#endif // WRITER_H
