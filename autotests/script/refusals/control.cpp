// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

#include <QSeamstressThread>

#include <QMutex>

int main()
{
    QMutex mutex;
    QSeamstressThread([&] { return QMutexLocker(&mutex); });
    QSeamstressThread thread(&mutex);
}
