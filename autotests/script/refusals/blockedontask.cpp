// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

#include <QSeamstressTask>

#include <QMutex>

int main()
{
    QMutex mutex;
    QSeamstressTask task;
    return task.waitForBlockedOn(&mutex);
}
