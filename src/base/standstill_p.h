// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

#ifndef STANDSTILL_P_H
#define STANDSTILL_P_H

#include <QtCore/QByteArray>
#include <QtCore/QHash>
#include <QtCore/QStringList>

namespace QSeamstressPrivate {

struct ActivityReport;

// The state of each thread of this process except the calling one, as returned by lookAt(): if it differs later, the thread has run.
// Excludes threads of libraries and those at breakpoints.
QHash<qint64, QByteArray> lookAtOtherThreads();

// Whether no thread of this process except the calling one runs from the construction of this object on. Threads are examined one after the
// other, so a single pass would not notice work that moves between them.
class StandStill
{
public:
    StandStill();

    // What may act for a script without being woken up by another thread of this process, one sentence each. scripts: the threads to
    // ignore. Empty if there is nothing, and no thread has run since.
    QStringList helpers(const QList<qint64> &scripts) const;
    // Whether a thread with this report, taken after the construction of this object, waits for something that only another thread could
    // release, and none will.
    bool isStuck(const ActivityReport &report) const;

private:
    const QHash<qint64, QByteArray> m_looks;
};

} // namespace QSeamstressPrivate

#endif // STANDSTILL_P_H
