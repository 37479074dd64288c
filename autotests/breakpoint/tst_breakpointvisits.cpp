// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

// What happens to a thread at breakpoints: it is counted once, waits for its turn, and may end there.

#include <QSeamstressBreakpoint>
#include <QSeamstressPausePoint>
#include <QSeamstressTest>

#include <QSemaphore>
#include <QTest>
#include <QThread>
#include <QTimer>

#include <atomic>
#include <stdexcept>
#include <thread>

#include "foreignthread.h"

#ifdef Q_OS_LINUX
#    include <pthread.h>
#endif

class TestBreakpointVisits : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void conditionWithHaltsAll();
    void countsOnce();
    void takesTheFirstThatIsLeft();
    void disarmLetsTheQueueGo();
    void conditionKeepsItsState();
    void actionKeepsItsState();
    void actionFreesTheTest();
    void slotResumes();
    void slotDisarms();
    void throwingActionHasNotRun();
    void endsInAnAction();
    void endsInACondition();
    void namesWithPercentSigns();
    void emptyName();
};

static void reachThere(int value = 0)
{
    QSEAMSTRESS_PAUSE_POINT("there", value);
}

// The condition is evaluated when it is the thread's turn, not while another thread is paused there.
void TestBreakpointVisits::conditionWithHaltsAll()
{
    QSeamstressBreakpoint breakpoint("there");
    breakpoint.setHaltsAll(true);
    std::atomic<int> asked = 0;
    breakpoint.setCondition([&asked](const QVariant &value) {
        ++asked;
        return value.toInt() == 1;
    });
    ForeignThread first([] { reachThere(1); });
    QVERIFY(breakpoint.waitForHit());
    ForeignThread second([] { reachThere(2); });
    QTest::qWait(20);
    QCOMPARE(asked, 1);
    breakpoint.resume();
    QVERIFY(second.wait());
    QCOMPARE(asked, 2);
    QCOMPARE(breakpoint.hits(), 1);
}

// The thread counts once, although it waits for its turn at another breakpoint.
void TestBreakpointVisits::countsOnce()
{
    QSeamstressBreakpoint ignoring("there");
    ignoring.setIgnoreCount(2);
    int asked = 0;
    QSeamstressBreakpoint asking("there");
    asking.setCondition([&asked](const QVariant &value) {
        asked += value.toInt();
        return false;
    });
    QSeamstressBreakpoint busy("there");
    busy.setHaltsAll(true);
    ForeignThread first([] { reachThere(1); });
    QVERIFY(busy.waitForHit());
    ForeignThread second([] { reachThere(100); });
    QTest::qWait(20);
    busy.resume();
    QVERIFY(first.wait());
    QVERIFY(busy.waitForHit());
    QCOMPARE(busy.value().toInt(), 100);
    QCOMPARE(ignoring.hits(), 0);
    busy.resume();
    QVERIFY(second.wait());
    QCOMPARE(asked, 101);
}

void TestBreakpointVisits::takesTheFirstThatIsLeft()
{
    QSeamstressBreakpoint one("there");
    one.setHaltsAll(true);
    QSeamstressBreakpoint other("there");
    other.setHaltsAll(true);
    ForeignThread first([] { reachThere(1); });
    QVERIFY(one.waitForHit());
    ForeignThread second([] { reachThere(2); });
    QVERIFY(other.waitForHit());
    ForeignThread third([] { reachThere(3); });
    QTest::qWait(20);
    other.resume();
    QVERIFY(second.wait());
    QVERIFY(other.waitForHit());
    QCOMPARE(other.value().toInt(), 3);
    other.resume();
    one.resume();
}

void TestBreakpointVisits::disarmLetsTheQueueGo()
{
    for (int round = 0; round < 50; ++round) {
        QSeamstressBreakpoint breakpoint("there");
        breakpoint.setHaltsAll(true);
        ForeignThread first([] { reachThere(); });
        ForeignThread second([] { reachThere(); });
        QVERIFY(breakpoint.waitForHit());
        QTest::qWait(round % 3); // the second thread may or may not have arrived
        const int hits = breakpoint.hits();
        breakpoint.disarm();
        if (round % 3 == 0) {
            QVERIFY(first.wait());
            QVERIFY(second.wait());
        }
        breakpoint.arm();
        if (round % 3 == 2)
            QCOMPARE(breakpoint.hits(), hits);
        breakpoint.disarm();
    }
}

void TestBreakpointVisits::conditionKeepsItsState()
{
    QSeamstressBreakpoint breakpoint("there");
    breakpoint.setCondition([asked = 0](const QVariant &) mutable { return ++asked == 3; });
    ForeignThread thread([] {
        for (int value = 1; value <= 4; ++value)
            reachThere(value);
    });
    QSEAMSTRESS_WAIT_FOR_HIT(breakpoint);
    QCOMPARE(breakpoint.value(), QVariant(3));
    breakpoint.resume();
    QVERIFY(thread.wait());
    QCOMPARE(breakpoint.hits(), 1);
}

void TestBreakpointVisits::actionKeepsItsState()
{
    int last = 0;
    QSeamstressBreakpoint breakpoint("there");
    breakpoint.setAction([&last, calls = 0]() mutable { last = ++calls; });
    for (int call = 0; call < 3; ++call)
        reachThere();
    QCOMPARE(last, 3);
}

// A thread that runs an action is not paused at a breakpoint.
void TestBreakpointVisits::actionFreesTheTest()
{
    QSemaphore freed;
    QSeamstressBreakpoint breakpoint("there");
    QSeamstressBreakpoint acting("elsewhere");
    acting.setAction([&freed] {
        QThread::msleep(200);
        freed.release();
    });
    ForeignThread halted([] { reachThere(); });
    QVERIFY(breakpoint.waitForHit());
    ForeignThread other([] { QSEAMSTRESS_PAUSE_POINT("elsewhere"); });
    freed.acquire();
    QVERIFY(breakpoint.isHit());
    QVERIFY2(!breakpoint.error(), qPrintable(breakpoint.errorString()));
    breakpoint.resume();
}

void TestBreakpointVisits::slotResumes()
{
    QSeamstressBreakpoint breakpoint("there");
    connect(&breakpoint, &QSeamstressBreakpoint::reached, &breakpoint, [&breakpoint] { breakpoint.resume(); });
    for (int round = 1; round <= 10; ++round) {
        ForeignThread thread([] { reachThere(); });
        QVERIFY2(breakpoint.waitForHit(), qPrintable(breakpoint.errorString()));
        QVERIFY(thread.wait());
        QCOMPARE(breakpoint.hits(), round);
    }
    QVERIFY(!breakpoint.waitForHit(QDeadlineTimer(0)));
}

void TestBreakpointVisits::slotDisarms()
{
    QSeamstressBreakpoint breakpoint("there");
    QTimer::singleShot(0, &breakpoint, &QSeamstressBreakpoint::disarm);
    QTest::ignoreMessage(QtWarningMsg, "QSeamstressBreakpoint::waitForHit: \"there\" was disarmed by a slot while the test was waiting for it.");
    QVERIFY(!breakpoint.waitForHit(QDeadlineTimer(QDeadlineTimer::Forever)));
    QCOMPARE(breakpoint.error().code(), QSeamstressError::InvalidUse);
}

void TestBreakpointVisits::throwingActionHasNotRun()
{
    for (int round = 0; round < 50; ++round) {
        QSeamstressBreakpoint breakpoint("there");
        breakpoint.setAction([] { throw std::runtime_error("on purpose"); });
        ForeignThread thread([] { reachThere(); });
        QVERIFY(!breakpoint.waitForHit());
        QCOMPARE(breakpoint.error().code(), QSeamstressError::Exception);
        QVERIFY(!breakpoint.waitForHit(QDeadlineTimer(0)));
    }
}

// Ends the thread as QThread::terminate() does.
static void endThread()
{
#ifdef Q_OS_LINUX
    pthread_exit(nullptr);
#endif
}

#if !defined(Q_OS_LINUX) || defined(QSEAMSTRESS_SANITIZER)
static constexpr bool endsThreads = false;
#else
static constexpr bool endsThreads = true;
#endif

void TestBreakpointVisits::endsInAnAction()
{
    if (!endsThreads)
        QSKIP("This system or a sanitizer does not support ending a thread.");
    QSeamstressBreakpoint breakpoint("there");
    breakpoint.setAction(&endThread);
    std::atomic<bool> wentOn = false;
    std::thread([&wentOn] {
        reachThere();
        wentOn = true;
    }).join();
    QVERIFY(!wentOn);
    breakpoint.setAction({});
    ForeignThread next([] { reachThere(); });
    QVERIFY(breakpoint.waitForHit());
    breakpoint.resume();
}

void TestBreakpointVisits::endsInACondition()
{
    if (!endsThreads)
        QSKIP("This system or a sanitizer does not support ending a thread.");
    QSeamstressBreakpoint breakpoint("there");
    breakpoint.setCondition([](const QVariant &value) {
        if (value.toInt() == 1)
            endThread();
        return true;
    });
    std::thread([] { reachThere(1); }).join();
    ForeignThread next([] { reachThere(2); });
    QVERIFY(breakpoint.waitForHit());
    QCOMPARE(breakpoint.value().toInt(), 2);
    breakpoint.resume();
}

void TestBreakpointVisits::namesWithPercentSigns()
{
    QSeamstressBreakpoint breakpoint("%1 %2 %3");
    breakpoint.setThreadName("%1");
    ForeignThread([] { QSEAMSTRESS_PAUSE_POINT("%1 %2 %3"); }).wait();
    QVERIFY(!breakpoint.waitForHit(QDeadlineTimer(1)));
    QVERIFY2(breakpoint.errorString().startsWith("No thread paused at the breakpoint \"%1 %2 %3\" within 1 ms. Reached since it was armed: \"%1 %2 %3\" by \"worker\"."), qPrintable(breakpoint.errorString()));
    QVERIFY2(breakpoint.errorString().contains("Threads not named \"%1\", as setThreadName() requires, passed the breakpoint 1 time."), qPrintable(breakpoint.errorString()));
}

void TestBreakpointVisits::emptyName()
{
    QTest::ignoreMessage(QtWarningMsg, "QSeamstressBreakpoint::arm: \"\" is not the name of a pause point; pass the name that the code under test uses.");
    QSeamstressBreakpoint breakpoint{ QString() };
    QVERIFY(!breakpoint.isArmed());
    QCOMPARE(breakpoint.error().code(), QSeamstressError::InvalidUse);
}

QTEST_GUILESS_MAIN(TestBreakpointVisits)
#include "tst_breakpointvisits.moc"
