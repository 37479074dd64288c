// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

// Never called: the library ends the program before.
int main()
{
    return 0;
}
