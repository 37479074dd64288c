// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

#include <QSeamstressThread>

#include <QReadWriteLock>

int main()
{
    QReadWriteLock lock;
    QSeamstressThread thread(&lock);
}
