// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

#include <QSeamstressTask>

#include <QLockFile>

int main()
{
    QLockFile lock("lock");
    QSeamstressTask task(&lock);
}
