// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

#include <QSeamstressProcess>

int main()
{
    int number = 1;
    QSeamstressProcess process([](int *number) -> QSeamstressScript { co_yield QSeamstress::Pause("a", *number); }, &number);
}
