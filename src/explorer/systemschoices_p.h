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

// What the system has decided while orders were run, in place of the explorer: of that only what came was tried.
class SystemsChoices
{
public:
    enum Choice { WhoGoesOnFirst = 1,
                  Timeout = 2,
                  Await = 4,
                  OtherThreads = 8 };

    void begin(); // anew; threads that are there by now count if they run from now on
    void add(Choice choice) { m_choices |= choice; }
    void forget(qint64 thread) { m_leftAlone.insert(thread); } // of a script
    // Whether other threads than those of the scripts have run. To be called where a script waits, and at the end of an order that says so:
    // scripts do much the same in each one, and a look takes longer than an order of tasks.
    void lookForThreads(const QList<qint64> &scripts);
    bool endsOrder() { return std::has_single_bit(++m_orders); }
    QString text() const; // in a line; empty if there was none

private:
    int m_choices = 0;
    int m_looks = 0;
    quint64 m_orders = 0;
    QHash<qint64, QByteArray> m_threads; // as they were looked at in the beginning
    QSet<qint64> m_leftAlone;
};

} // namespace QSeamstressPrivate

#endif // SYSTEMSCHOICES_P_H
