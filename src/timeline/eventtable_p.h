// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

#ifndef EVENTTABLE_P_H
#define EVENTTABLE_P_H

#include <QtCore/QList>
#include <QtCore/QString>

#include <deque>

#include "qseamstresserror.h"

namespace QSeamstressPrivate {

// How a timeline calls what happened.
QString haltedText(const QString &point);
QString failedText(const QSeamstressError &error);

// What several scripts did, in the order in which they did it. As text it has one column a script and one row an event, and is at most
// 100 characters wide.
struct EventTable
{
    struct Row
    {
        int column;
        QString event;
    };

    // What came before says little of a failure.
    static constexpr std::size_t maximumRows = 10;

    void add(int column, const QString &event);
    QString text() const; // empty if nothing happened

    QList<QString> columns;
    std::deque<Row> rows; // the last ones
    qint64 forgotten = 0; // how many are not there any more
};

} // namespace QSeamstressPrivate

#endif // EVENTTABLE_P_H
