// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

#include "timeline_p.h"

#include <QtTest/QTest>

#include <algorithm>

namespace QSeamstressPrivate {

static constexpr const char *variable = "QSEAMSTRESS_TIMELINE";
static constexpr std::size_t maximumRows = 40;
static constexpr qsizetype maximumWidth = 100;

// Which test runs now; empty outside QTest.
static QString currentTest()
{
    const char *function = QTest::currentTestFunction();
    if (!function)
        return {};
    const char *tag = QTest::currentDataTag();
    return QString::fromUtf8(function) + QLatin1Char(':') + QString::fromUtf8(tag);
}

static QString shortened(const QString &text, qsizetype width)
{
    return text.size() <= width ? text : text.left(width - 3) + QLatin1String("...");
}

Timeline &Timeline::instance()
{
    static Timeline *const timeline = new Timeline;
    return *timeline;
}

Timeline::Place Timeline::beginRun(const QString &name)
{
    const QString test = currentTest();
    const std::lock_guard lock(m_mutex);
    // Outside QTest nobody says where a test begins: there it is where the only executor starts.
    if (test != m_test || (test.isEmpty() && m_executors <= 1)) {
        m_test = test;
        ++m_testNumber;
        m_columns.clear();
        m_rows.clear();
        m_forgotten = 0;
    }
    m_shown = false;
    qsizetype column = m_columns.indexOf(name);
    if (column < 0) {
        column = m_columns.size();
        m_columns.append(name);
    }
    return { m_testNumber, int(column) };
}

void Timeline::add(Place place, const QString &event)
{
    const std::lock_guard lock(m_mutex);
    if (place.test != m_testNumber)
        return;
    m_rows.push_back({ place.column, event });
    if (m_rows.size() > maximumRows) {
        m_rows.pop_front();
        ++m_forgotten;
    }
}

QString Timeline::text()
{
    if (qgetenv(variable) == "never")
        return {};
    const std::lock_guard lock(m_mutex);
    m_shown = true;
    return table();
}

QString Timeline::table() const
{
    // Only the columns that have something to show.
    QList<int> shown;
    for (int column = 0; column < m_columns.size(); ++column) {
        if (std::any_of(m_rows.begin(), m_rows.end(), [column](const Row &row) { return row.column == column; }))
            shown.append(column);
    }
    if (shown.isEmpty())
        return {};

    static constexpr qsizetype gap = 2;
    const qsizetype widest = std::max<qsizetype>(8, (maximumWidth - gap * shown.size()) / shown.size());
    QString head;
    QList<qsizetype> start(m_columns.size());
    qsizetype end = gap;
    for (const int column : shown) {
        qsizetype width = m_columns.at(column).size();
        for (const Row &row : m_rows) {
            if (row.column == column)
                width = std::max(width, row.event.size());
        }
        width = std::min(width, widest);
        start[column] = end;
        head = head.leftJustified(end) + shortened(m_columns.at(column), width);
        end += width + gap;
    }

    QString text = QStringLiteral("Timeline:\n") + head;
    if (m_forgotten > 0)
        text += QStringLiteral("\n  (%1 earlier events are not shown)").arg(m_forgotten);
    for (const Row &row : m_rows)
        text += QLatin1Char('\n') + QString(start.at(row.column), QLatin1Char(' ')) + shortened(row.event, widest);
    return text;
}

void Timeline::executorCreated()
{
    const std::lock_guard lock(m_mutex);
    ++m_executors;
}

void Timeline::executorDestroyed()
{
    const QByteArray wish = qgetenv(variable);
    const bool hasFailed = QTest::currentTestFunction() && QTest::currentTestFailed();
    QString text;
    {
        const std::lock_guard lock(m_mutex);
        if (--m_executors > 0 || m_shown || wish == "never" || (wish != "always" && !hasFailed))
            return;
        text = table();
        m_shown = true;
    }
    if (!text.isEmpty())
        qInfo("%s", qPrintable(text));
}

} // namespace QSeamstressPrivate
