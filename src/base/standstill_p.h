// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

#ifndef STANDSTILL_P_H
#define STANDSTILL_P_H

#include <QtCore/QByteArray>
#include <QtCore/QHash>
#include <QtCore/QStringList>

namespace QSeamstressPrivate {

struct ActivityReport;

// How each thread of this process but the calling one is, as lookAt() tells: another look, and it has run. Not those of libraries, and
// not those that stand at breakpoints.
QHash<qint64, QByteArray> lookAtOtherThreads();

// Whether nothing moves in this process but the calling thread, from the making of this on: threads are looked at one after the other, so
// that work can move from one to another behind the look.
class StandStill
{
public:
    StandStill();

    // Who may do something for a script without being woken by another thread of this process, each in a sentence; scripts: the threads
    // that are not asked. Empty: nobody, nor has any thread run since.
    QStringList helpers(const QList<qint64> &scripts) const;
    // Whether somebody that is reported so, since the making of this, waits for what only another thread could free, and none of them will.
    bool isStuck(const ActivityReport &report) const;

private:
    const QHash<qint64, QByteArray> m_looks;
};

} // namespace QSeamstressPrivate

#endif // STANDSTILL_P_H
