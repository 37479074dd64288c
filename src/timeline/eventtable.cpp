// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

#include "eventtable_p.h"

#include <algorithm>

namespace QSeamstressPrivate {

static constexpr qsizetype maximumWidth = 100;

static QString shortened(const QString &text, qsizetype width)
{
    return text.size() <= width ? text : text.left(width - 3) + QLatin1String("...");
}

void EventTable::clear()
{
    columns.clear();
    rows.clear();
    forgotten = 0;
}

void EventTable::add(int column, const QString &event)
{
    rows.push_back({ column, event });
    if (rows.size() > maximumRows) {
        rows.pop_front();
        ++forgotten;
    }
}

QString EventTable::text() const
{
    // Only the columns that have something to show.
    QList<int> shown;
    for (int column = 0; column < columns.size(); ++column) {
        if (std::any_of(rows.begin(), rows.end(), [column](const Row &row) { return row.column == column; }))
            shown.append(column);
    }
    if (shown.isEmpty())
        return {};

    static constexpr qsizetype gap = 2;
    const qsizetype widest = std::max<qsizetype>(8, (maximumWidth - gap * shown.size()) / shown.size());
    QString head;
    QList<qsizetype> start(columns.size());
    qsizetype end = gap;
    for (const int column : shown) {
        qsizetype width = columns.at(column).size();
        for (const Row &row : rows) {
            if (row.column == column)
                width = std::max(width, row.event.size());
        }
        width = std::min(width, widest);
        start[column] = end;
        head = head.leftJustified(end) + shortened(columns.at(column), width);
        end += width + gap;
    }

    QString text = QStringLiteral("Timeline:\n") + head;
    if (forgotten > 0)
        text += QStringLiteral("\n  (%1 earlier events are not shown)").arg(forgotten);
    for (const Row &row : rows)
        text += QLatin1Char('\n') + QString(start.at(row.column), QLatin1Char(' ')) + shortened(row.event, widest);
    return text;
}

} // namespace QSeamstressPrivate
