// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

#include "timeline_p.h"

#include <QtTest/QTest>

#include "trace_p.h"

namespace QSeamstressPrivate {

static constexpr const char *timelineVariable = "QSEAMSTRESS_TIMELINE";

// The running test; empty outside QTest.
static QString currentTest()
{
    const char *function = QTest::currentTestFunction();
    if (!function)
        return {};
    const char *tag = QTest::currentDataTag();
    return QString::fromUtf8(function) + QLatin1Char(':') + QString::fromUtf8(tag);
}

Timeline &Timeline::instance()
{
    static Timeline *const timeline = new Timeline;
    return *timeline;
}

Timeline::Place Timeline::beginRun(const QString &name)
{
    const QString test = currentTest();
    const int track = Trace::instance() ? Trace::instance()->addTrack(name) : 0;
    const std::lock_guard lock(m_mutex);
    // Outside QTest, the beginning of a test is not known: assume that it begins when the only executor starts.
    if (test != m_test || (test.isEmpty() && m_executors <= 1)) {
        m_test = test;
        ++m_testNumber;
        m_table = {};
    }
    m_shown = false;
    qsizetype column = m_table.columns.indexOf(name);
    if (column < 0) {
        column = m_table.columns.size();
        m_table.columns.append(name);
    }
    return { m_testNumber, static_cast<int>(column), track };
}

// A run that was refused or abandoned has not reported its end.
void Timeline::endRun(Place place)
{
    if (place.track > 0)
        Trace::instance()->stands(place.track);
}

void Timeline::add(Place place, const QString &event, Turn turn)
{
    if (Trace *const trace = place.track > 0 ? Trace::instance() : nullptr) {
        if (turn == Turn::Stands)
            trace->stands(place.track);
        trace->happens(place.track, event);
        if (turn == Turn::Goes)
            trace->goes(place.track);
    }
    const std::lock_guard lock(m_mutex);
    if (place.test == m_testNumber)
        m_table.add(place.column, event);
}

QString Timeline::text()
{
    if (qgetenv(timelineVariable) == "never")
        return {};
    const QString test = currentTest();
    const std::lock_guard lock(m_mutex);
    m_shown = true;
    return textOf(test);
}

// Nothing if no script has run in this test. After the last test, what is left belongs to it.
QString Timeline::textOf(const QString &test) const
{
    return test == m_test || test.isEmpty() ? m_table.text() : QString();
}

void Timeline::executorCreated()
{
    const std::lock_guard lock(m_mutex);
    ++m_executors;
}

void Timeline::executorDestroyed()
{
    const QByteArray wish = qgetenv(timelineVariable);
    const bool hasFailed = QTest::currentTestFunction() && QTest::currentTestFailed();
    const QString test = currentTest();
    QString text;
    {
        const std::lock_guard lock(m_mutex);
        if (--m_executors > 0 || m_shown || wish == "never" || (wish != "always" && !hasFailed))
            return;
        text = textOf(test);
        m_shown = true;
    }
    if (!text.isEmpty())
        qInfo("%s", qPrintable(text));
}

} // namespace QSeamstressPrivate
