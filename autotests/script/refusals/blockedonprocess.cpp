// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

#include <QSeamstressProcess>

#include <QMutex>

int main()
{
    QMutex mutex;
    QSeamstressProcess process;
    return process.waitForBlockedOn(&mutex);
}
