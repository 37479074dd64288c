// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

#include <QSeamstressThread>

int main()
{
    QSeamstressThread([] { return new int; });
}
