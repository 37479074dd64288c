// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

#ifndef SYSTEMSCHOICES_P_H
#define SYSTEMSCHOICES_P_H

#include <QtCore/QByteArray>
#include <QtCore/QHash>
#include <QtCore/QList>
#include <QtCore/QSet>
#include <QtCore/QString>

#include <bit>

namespace QSeamstressPrivate {

// The choices that the operating system made, instead of the explorer, while orders ran. The alternatives were not tried.
class SystemsChoices
{
public:
    enum Choice { WhoGoesOnFirst = 1,
                  Timeout = 2,
                  Await = 4,
                  OtherThreads = 8 };

    void begin(); // starts again; existing threads count if they run from now on
    void add(Choice choice) { m_choices |= choice; }
    void forget(qint64 thread) { m_leftAlone.insert(thread); } // the thread of an abandoned script
    // Records whether threads other than those of the scripts have run. To be called when a script waits and when endsOrder() returns true.
    // That is not after each order: scripts do much the same in all of them, and a look takes longer than an order of tasks.
    void lookForThreads(const QList<qint64> &scripts);
    bool endsOrder() { return std::has_single_bit(++m_orders); }
    QString text() const; // one line; empty if there was no choice

private:
    int m_choices = 0;
    int m_looks = 0;
    quint64 m_orders = 0;
    QHash<qint64, QByteArray> m_threads; // how they looked at the beginning
    QSet<qint64> m_leftAlone;
};

} // namespace QSeamstressPrivate

#endif // SYSTEMSCHOICES_P_H
