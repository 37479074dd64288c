// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

#ifndef TIMELINE_P_H
#define TIMELINE_P_H

#include <QtCore/QString>

#include <mutex>

#include "eventtable_p.h"

namespace QSeamstressPrivate {

// What the scripts of one test did, in order. Any thread may call any function.
class Timeline
{
public:
    // Never destroyed: an abandoned thread may still write when the program ends.
    static Timeline &instance();

    // Where the events of one run go. A run that outlives its test, in an abandoned thread, has no place in the next test.
    struct Place
    {
        int test = -1;
        int column = 0;
        int track = 0; // of the trace
    };
    // Whether the script is running or paused after an event.
    enum class Turn { None, Goes, Stands };

    // Begins a new run of a script; scripts with the same name share a column. Clears the events of the previous test. Called by the
    // thread that runs the test.
    Place beginRun(const QString &name);
    void endRun(Place place);
    void add(Place place, const QString &event, Turn turn);

    // A table with one column per script and one row per event. Empty if nothing happened in this test or QSEAMSTRESS_TIMELINE is "never".
    QString text();
    void executorCreated();
    // After the last executor is destroyed, prints what has not been shown if the test has failed, for example by a QVERIFY, or if
    // QSEAMSTRESS_TIMELINE is "always".
    void executorDestroyed();

private:
    QString textOf(const QString &test) const;

    mutable std::mutex m_mutex;
    QString m_test;
    int m_testNumber = 0;
    EventTable m_table;
    int m_executors = 0;
    bool m_shown = false;
};

} // namespace QSeamstressPrivate

#endif // TIMELINE_P_H
