// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

#ifndef PROCESSSTATE_H
#define PROCESSSTATE_H

#include <QByteArray>
#include <QFile>

// The letter of the process state, such as "S" (sleeping), "T" (stopped) or "Z" (zombie), see proc_pid_stat(5). Empty if the process does
// not exist.
inline QByteArray stateOfProcess(qint64 processId)
{
    QFile file(QStringLiteral("/proc/%1/stat").arg(processId));
    if (!file.open(QIODevice::ReadOnly))
        return {};
    const QByteArray text = file.readAll(); // "4711 (name) S ..."
    return text.mid(text.lastIndexOf(')') + 2, 1);
}

#endif // PROCESSSTATE_H
