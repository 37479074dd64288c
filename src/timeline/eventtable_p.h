// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

#ifndef EVENTTABLE_P_H
#define EVENTTABLE_P_H

#include <QtCore/QList>
#include <QtCore/QString>

#include <deque>

#include "qseamstresserror.h"

namespace QSeamstressPrivate {

// How a timeline names events.
QString haltedText(const QString &point);
QString failedText(const QSeamstressError &error);

// What several scripts did, in order. As text, it has one column per script and one row per event, and is at most 100 characters wide.
struct EventTable
{
    struct Row
    {
        int column;
        QString event;
    };

    // Earlier events say little about a failure.
    static constexpr std::size_t maximumRows = 10;

    void add(int column, const QString &event);
    QString text() const; // empty if nothing happened

    QList<QString> columns;
    std::deque<Row> rows; // the latest ones
    qint64 forgotten = 0; // number of rows dropped
};

} // namespace QSeamstressPrivate

#endif // EVENTTABLE_P_H
