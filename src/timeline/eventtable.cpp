// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

#include "eventtable_p.h"

#include <algorithm>
#include <map>

namespace QSeamstressPrivate {

static constexpr qsizetype maximumWidth = 100;

static QString shortened(const QString &text, qsizetype width)
{
    return text.size() <= width ? text : text.left(width - 3) + QLatin1String("...");
}

QString haltedText(const QString &point)
{
    return point.isEmpty() ? QStringLiteral("paused") : QStringLiteral("paused at \"%1\"").arg(point);
}

QString failedText(const QSeamstressError &error)
{
    return error.exceptionType().isEmpty() ? QStringLiteral("failed") : QStringLiteral("threw %1").arg(error.exceptionType());
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
    std::map<int, qsizetype> longest; // events, of the columns that have any to show
    for (const Row &row : rows)
        longest[row.column] = std::max(longest[row.column], row.event.size());
    if (longest.empty())
        return {};

    static constexpr qsizetype gap = 2;
    const auto count = static_cast<qsizetype>(longest.size());
    const qsizetype widest = std::max<qsizetype>(8, (maximumWidth - gap * count) / count);
    QString head;
    QList<qsizetype> start(columns.size());
    qsizetype end = gap;
    for (const auto &[column, longestEvent] : longest) {
        const qsizetype width = std::min(std::max(columns.at(column).size(), longestEvent), widest);
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
