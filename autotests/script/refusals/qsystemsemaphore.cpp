// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

#include <QSeamstressThread>

#include <QSystemSemaphore>

int main()
{
    QSystemSemaphore semaphore(QStringLiteral("key"));
    QSeamstressThread thread(&semaphore);
}
