// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

#ifndef MEMORIESOF_H
#define MEMORIESOF_H

#include <QFile>

// How many pieces of System V shared memory that a process has made are still there; -1 if the system does not tell.
inline int memoriesOf(qint64 processId)
{
    QFile file("/proc/sysvipc/shm");
    if (!file.open(QIODevice::ReadOnly))
        return -1;
    int count = 0;
    for (const QByteArray &line : file.readAll().split('\n')) {
        const QByteArrayList fields = line.simplified().split(' ');
        count += fields.size() > 4 && fields.at(4).toLongLong() == processId ? 1 : 0;
    }
    return count;
}

#endif // MEMORIESOF_H
