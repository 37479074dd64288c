// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

#ifndef MEMORIESOF_H
#define MEMORIESOF_H

#include <QFile>
#include <QHash>

#include <optional>

// The current segments of System V shared memory and the processes that created them. Nothing if the system does not report them.
inline std::optional<QHash<qint64, qint64>> memories()
{
    QFile file("/proc/sysvipc/shm");
    if (!file.open(QIODevice::ReadOnly))
        return {};
    QHash<qint64, qint64> makers;
    for (const QByteArray &line : file.readAll().split('\n').mid(1)) {
        const QByteArrayList fields = line.simplified().split(' ');
        if (fields.size() > 4)
            makers.insert(fields.at(1).toLongLong(), fields.at(4).toLongLong());
    }
    return makers;
}

// Segments from before this test: a process of the test may get the same process id as the creator of one.
inline const QHash<qint64, qint64> memoriesBefore = memories().value_or(QHash<qint64, qint64>());

// How many segments that a process has created since then still exist; -1 if the system does not report them.
inline int memoriesOf(qint64 processId)
{
    const auto now = memories();
    if (!now)
        return -1;
    int count = 0;
    for (auto it = now->cbegin(); it != now->cend(); ++it)
        count += it.value() == processId && !memoriesBefore.contains(it.key()) ? 1 : 0;
    return count;
}

#endif // MEMORIESOF_H
