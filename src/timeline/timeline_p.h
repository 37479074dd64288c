// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

#ifndef TIMELINE_P_H
#define TIMELINE_P_H

#include <QtCore/QString>

#include <mutex>

#include "eventtable_p.h"

namespace QSeamstressPrivate {

// What the scripts of one test did, in the order in which they did it. Every function may be called from any thread.
class Timeline
{
public:
    // Never destroyed: an abandoned thread may still write when the program ends.
    static Timeline &instance();

    // Where the events of one run go. A run that outlives its test, in an abandoned thread, has no place in the next one.
    struct Place
    {
        int test = -1;
        int column = 0;
        int track = 0; // of the trace
    };
    // Whether the script goes on with an event, or stands from it on.
    enum class Turn { None, Goes, Stands };

    // A new run of a script begins; scripts of the same name share a column. Forgets the events of the test before. Called by
    // the thread that runs the test.
    Place beginRun(const QString &name);
    void endRun(Place place);
    void add(Place place, const QString &event, Turn turn);

    // As a table, one column a script, one row an event. Empty if nothing happened or QSEAMSTRESS_TIMELINE is "never".
    QString text();
    void executorCreated();
    // Once the last executor is gone, prints what has not been shown if the test has failed, by a QVERIFY perhaps, or if
    // QSEAMSTRESS_TIMELINE is "always".
    void executorDestroyed();

private:
    mutable std::mutex m_mutex;
    QString m_test;
    int m_testNumber = 0;
    EventTable m_table;
    int m_executors = 0;
    bool m_shown = false;
};

} // namespace QSeamstressPrivate

#endif // TIMELINE_P_H
