// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

// Breakpoints without a QCoreApplication, and so without an event loop.

#include <QSeamstressBreakpoint>
#include <QSeamstressPausePoint>
#include <QSeamstressTest>

#include <QSignalSpy>
#include <QTest>

#include <atomic>

#include "foreignthread.h"

class TestBreakpointWithoutApplication : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void withoutApplication();
    void action();
    void timesOut();
    void deadlockWithTheTest();
};

void TestBreakpointWithoutApplication::withoutApplication()
{
    QVERIFY(!QCoreApplication::instance());
    std::atomic<int> step = 0;
    QSeamstressBreakpoint breakpoint("there");
    QSignalSpy reached(&breakpoint, &QSeamstressBreakpoint::reached);
    ForeignThread thread([&step] {
        for (int round = 1; round <= 3; ++round) {
            QSEAMSTRESS_PAUSE_POINT("there", round);
            step = round;
        }
    });
    for (int round = 1; round <= 3; ++round) {
        QSEAMSTRESS_WAIT_FOR_HIT(breakpoint);
        QCOMPARE(reached.count(), round);
        QCOMPARE(breakpoint.value().toInt(), round);
        QCOMPARE(step, round - 1);
        breakpoint.resume();
    }
    QVERIFY(thread.wait());
    QCOMPARE(step, 3);
}

void TestBreakpointWithoutApplication::action()
{
    std::atomic<int> runs = 0;
    QSeamstressBreakpoint breakpoint("there");
    breakpoint.setAction([&runs] { ++runs; });
    ForeignThread thread([] { QSEAMSTRESS_PAUSE_POINT("there"); });
    QSEAMSTRESS_WAIT_FOR_HIT(breakpoint);
    QCOMPARE(runs, 1);
}

void TestBreakpointWithoutApplication::timesOut()
{
    QSeamstressBreakpoint breakpoint("there");
    breakpoint.setTimeout(std::chrono::milliseconds(20));
    QVERIFY(!breakpoint.waitForHit());
    QCOMPARE(breakpoint.error().code(), QSeamstressError::PauseTimedOut);
}

void TestBreakpointWithoutApplication::deadlockWithTheTest()
{
    QSeamstressBreakpoint breakpoint("there");
    breakpoint.setTimeout(std::chrono::milliseconds(100)); // for systems that do not report what a thread is doing
    ForeignThread thread([] { QSEAMSTRESS_PAUSE_POINT("there"); });
    QVERIFY(breakpoint.waitForHit(QDeadlineTimer(5000)));
    QVERIFY(thread.wait());
    QCOMPARE(breakpoint.error().code(), QSeamstressError::InvalidUse);
    QVERIFY2(breakpoint.errorString().contains("The paused thread was resumed automatically."), qPrintable(breakpoint.errorString()));
}

QTEST_APPLESS_MAIN(TestBreakpointWithoutApplication)
#include "tst_breakpointwithoutapplication.moc"
