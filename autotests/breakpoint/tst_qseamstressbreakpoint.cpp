// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

// Threads of the code under test pause at a breakpoint, however they were created.

#include <QSeamstressBreakpoint>
#include <QSeamstressPausePoint>
#include <QSeamstressTest>

#include <QSignalSpy>
#include <QTest>
#include <QThread>
#include <QThreadPool>

#include <atomic>
#include <functional>
#include <future>
#include <memory>
#include <thread>
#include <vector>

#include "foreignthread.h"

class TestQSeamstressBreakpoint : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void haltsAThread_data();
    void haltsAThread();
    void givesTheValue();
    void condition();
    void threadNames_data();
    void threadNames();
    void ignoreCount();
    void action();
    void severalThreadsPass();
    void severalThreadsWait();
    void severalBreakpointsAtOnePoint();
    void severalBreakpoints();
    void disarmsAndArms();
    void signalsComeBeforeWaitForHitReturns();
    void letsGoInItsDestructor();
    void timesOut();
    void thousandHits();
};

// Runs a function in a thread that QSeamstress did not create. The destructor of the result waits for the function to end.
using Runner = std::shared_ptr<void> (*)(std::function<void()>);
Q_DECLARE_METATYPE(Runner)

static std::shared_ptr<void> inAQThread(std::function<void()> function)
{
    return std::make_shared<ForeignThread>(std::move(function));
}

static std::shared_ptr<void> inAnEventLoop(std::function<void()> function)
{
    struct Worker
    {
        QThread thread;
        QObject object;
        ~Worker()
        {
            thread.quit();
            thread.wait();
        }
    };
    auto worker = std::make_shared<Worker>();
    worker->object.moveToThread(&worker->thread);
    worker->thread.start();
    QMetaObject::invokeMethod(&worker->object, std::move(function), Qt::QueuedConnection);
    return worker;
}

static std::shared_ptr<void> inAStdThread(std::function<void()> function)
{
    return { new std::thread(std::move(function)), [](std::thread *thread) {
                thread->join();
                delete thread;
            } };
}

static std::shared_ptr<void> byStdAsync(std::function<void()> function)
{
    return std::make_shared<std::future<void>>(std::async(std::launch::async, std::move(function)));
}

static std::shared_ptr<void> inAPool(std::function<void()> function)
{
    auto pool = std::make_shared<QThreadPool>();
    pool->start(std::move(function));
    return pool;
}

struct NamedRunner
{
    const char *name;
    Runner runner;
};
static constexpr NamedRunner runners[] = { { "QThread", inAQThread }, { "event-loop", inAnEventLoop }, { "std-thread", inAStdThread }, { "std-async", byStdAsync }, { "QThreadPool", inAPool } };

void TestQSeamstressBreakpoint::haltsAThread_data()
{
    QTest::addColumn<Runner>("run");
    for (const NamedRunner &each : runners)
        QTest::newRow(each.name) << each.runner;
}

void TestQSeamstressBreakpoint::haltsAThread()
{
    QFETCH(const Runner, run);
    std::atomic<int> step = 0;
    QSeamstressBreakpoint breakpoint("half-way");
    QVERIFY(breakpoint.isArmed());
    QVERIFY(!breakpoint.isHit());
    const auto thread = run([&step] {
        step = 1;
        QSEAMSTRESS_PAUSE_POINT("half-way");
        step = 2;
    });
    QVERIFY2(breakpoint.waitForHit(), qPrintable(breakpoint.errorString()));
    QVERIFY(breakpoint.isHit());
    QCOMPARE(breakpoint.hits(), 1);
    QVERIFY(breakpoint.hitThread());
    QVERIFY(breakpoint.hitThread() != QThread::currentThread());
    QCOMPARE(step, 1);
    breakpoint.resume();
    QVERIFY(!breakpoint.isHit());
    QVERIFY(!breakpoint.hitThread());
    QTRY_COMPARE(step, 2);
    QVERIFY(!breakpoint.error());
}

void TestQSeamstressBreakpoint::givesTheValue()
{
    QSeamstressBreakpoint breakpoint("queued");
    const auto thread = inAQThread([] { QSEAMSTRESS_PAUSE_POINT("queued", 7); });
    QVERIFY(breakpoint.waitForHit());
    QCOMPARE(breakpoint.value(), QVariant(7));
    breakpoint.resume();
}

void TestQSeamstressBreakpoint::condition()
{
    QSeamstressBreakpoint breakpoint("turn");
    std::atomic<int> asked = 0;
    breakpoint.setCondition([&asked](const QVariant &value) {
        ++asked;
        return value.toInt() == 3;
    });
    const auto thread = inAQThread([] {
        for (int turn = 1; turn <= 5; ++turn)
            QSEAMSTRESS_PAUSE_POINT("turn", turn);
    });
    QVERIFY(breakpoint.waitForHit());
    QCOMPARE(breakpoint.value().toInt(), 3);
    QCOMPARE(breakpoint.hits(), 1);
    QCOMPARE(asked, 3);
    breakpoint.resume();
}

void TestQSeamstressBreakpoint::threadNames_data()
{
    QTest::addColumn<bool>("isQThread");
    QTest::newRow("object-name") << true;
    QTest::newRow("name-of-the-system") << false;
}

void TestQSeamstressBreakpoint::threadNames()
{
    QFETCH(const bool, isQThread);
    if (!isQThread && !QSeamstressThread::isActivityAvailable())
        QSKIP("This system does not report the names of threads.");
    QSeamstressBreakpoint breakpoint("there");
    breakpoint.setThreadName("a long name of two");
    if (!isQThread)
        breakpoint.setThreadName("second");
    std::vector<std::shared_ptr<void>> threads;
    for (const QString name : { "first", "second" }) {
        threads.push_back((isQThread ? inAQThread : inAStdThread)([name, isQThread] {
#ifdef Q_OS_LINUX
            if (!isQThread)
                pthread_setname_np(pthread_self(), qPrintable(name));
#endif
            if (isQThread && name == "second")
                QThread::currentThread()->setObjectName("a long name of two");
            QSEAMSTRESS_PAUSE_POINT("there", qPrintable(name));
        }));
    }
    QVERIFY2(breakpoint.waitForHit(), qPrintable(breakpoint.errorString()));
    QCOMPARE(breakpoint.value().toString(), "second");
    QCOMPARE(breakpoint.hits(), 1);
    breakpoint.resume();
}

void TestQSeamstressBreakpoint::ignoreCount()
{
    QSeamstressBreakpoint breakpoint("turn");
    breakpoint.setIgnoreCount(2);
    const auto thread = inAQThread([] {
        for (int turn = 1; turn <= 3; ++turn)
            QSEAMSTRESS_PAUSE_POINT("turn", turn);
    });
    QVERIFY(breakpoint.waitForHit());
    QCOMPARE(breakpoint.value().toInt(), 3);
    breakpoint.resume();
}

void TestQSeamstressBreakpoint::action()
{
    QSeamstressBreakpoint breakpoint("there");
    QThread *thread = nullptr;
    breakpoint.setAction([&thread] { thread = QThread::currentThread(); });
    const auto other = inAQThread([] { QSEAMSTRESS_PAUSE_POINT("there"); });
    QVERIFY(breakpoint.waitForHit());
    QVERIFY(!breakpoint.isHit());
    QCOMPARE(breakpoint.hits(), 1);
    QCOMPARE(thread, static_cast<ForeignThread *>(other.get())->thread());
    // Each run of the action ends one wait, even if it came before that wait.
    QVERIFY(!breakpoint.waitForHit(QDeadlineTimer(10)));
    QSEAMSTRESS_PAUSE_POINT("there");
    QVERIFY(breakpoint.waitForHit(QDeadlineTimer(0)));
    QCOMPARE(thread, QThread::currentThread());
}

void TestQSeamstressBreakpoint::severalThreadsPass()
{
    std::atomic<int> passed = 0;
    QSeamstressBreakpoint breakpoint("there");
    const auto go = [&passed] {
        QSEAMSTRESS_PAUSE_POINT("there");
        ++passed;
    };
    const auto first = inAQThread(go);
    QVERIFY(breakpoint.waitForHit());
    inAQThread(go).reset();
    inAStdThread(go).reset();
    QCOMPARE(passed, 2);
    QVERIFY(breakpoint.isHit());
    QCOMPARE(breakpoint.hits(), 1);
    breakpoint.resume();
}

void TestQSeamstressBreakpoint::severalThreadsWait()
{
    std::atomic<int> passed = 0;
    QSeamstressBreakpoint breakpoint("there");
    breakpoint.setHaltsAll(true);
    std::vector<std::shared_ptr<void>> threads;
    for (int i = 0; i < 3; ++i) {
        threads.push_back(inAQThread([&passed] {
            QSEAMSTRESS_PAUSE_POINT("there");
            ++passed;
        }));
    }
    for (int turn = 0; turn < 3; ++turn) {
        QVERIFY2(breakpoint.waitForHit(), qPrintable(breakpoint.errorString()));
        QVERIFY(passed <= turn);
        breakpoint.resume();
        QTRY_COMPARE(passed, turn + 1);
    }
    QCOMPARE(breakpoint.hits(), 3);
}

void TestQSeamstressBreakpoint::severalBreakpointsAtOnePoint()
{
    QSeamstressBreakpoint first("there");
    QSeamstressBreakpoint second("there");
    const auto one = inAQThread([] { QSEAMSTRESS_PAUSE_POINT("there", 1); });
    QVERIFY(first.waitForHit());
    const auto two = inAQThread([] { QSEAMSTRESS_PAUSE_POINT("there", 2); });
    QVERIFY(second.waitForHit());
    QCOMPARE(first.value().toInt(), 1);
    QCOMPARE(second.value().toInt(), 2);
    first.resume();
    second.resume();
}

void TestQSeamstressBreakpoint::severalBreakpoints()
{
    QSeamstressBreakpoint first("first");
    QSeamstressBreakpoint second("second");
    const auto thread = inAQThread([] {
        QSEAMSTRESS_PAUSE_POINT("first");
        QSEAMSTRESS_PAUSE_POINT("second");
    });
    QVERIFY(first.waitForHit());
    QVERIFY(!second.isHit());
    first.resume();
    QVERIFY(second.waitForHit());
    QVERIFY(!first.isHit());
    second.resume();
}

void TestQSeamstressBreakpoint::disarmsAndArms()
{
    QSeamstressBreakpoint breakpoint("there");
    auto thread = inAQThread([] { QSEAMSTRESS_PAUSE_POINT("there"); });
    QVERIFY(breakpoint.waitForHit());
    breakpoint.disarm();
    QVERIFY(!breakpoint.isArmed());
    QVERIFY(!breakpoint.isHit());
    thread.reset(); // waits for the thread to end
    inAQThread([] { QSEAMSTRESS_PAUSE_POINT("there"); }).reset();
    QCOMPARE(breakpoint.hits(), 1);
    QTest::ignoreMessage(QtWarningMsg, "QSeamstressBreakpoint::waitForHit: \"there\" is not armed, so no thread pauses there; call arm() first.");
    QVERIFY(!breakpoint.waitForHit());
    QCOMPARE(breakpoint.error().code(), QSeamstressError::InvalidUse);
    breakpoint.arm();
    thread = inAQThread([] { QSEAMSTRESS_PAUSE_POINT("there"); });
    QVERIFY(breakpoint.waitForHit());
    QCOMPARE(breakpoint.hits(), 2);
    breakpoint.resume();
}

void TestQSeamstressBreakpoint::signalsComeBeforeWaitForHitReturns()
{
    QSeamstressBreakpoint breakpoint("there");
    const QSignalSpy reached(&breakpoint, &QSeamstressBreakpoint::reached);
    const QSignalSpy changed(&breakpoint, &QSeamstressBreakpoint::hitChanged);
    const auto thread = inAQThread([] { QSEAMSTRESS_PAUSE_POINT("there"); });
    QVERIFY(breakpoint.waitForHit());
    QCOMPARE(reached.count(), 1);
    QCOMPARE(changed.count(), 1);
    breakpoint.resume();
    QCOMPARE(changed.count(), 2);
    QCOMPARE(reached.count(), 1);
}

void TestQSeamstressBreakpoint::letsGoInItsDestructor()
{
    std::atomic<bool> wentOn = false;
    std::shared_ptr<void> thread;
    {
        QSeamstressBreakpoint breakpoint("there");
        thread = inAQThread([&wentOn] {
            QSEAMSTRESS_PAUSE_POINT("there");
            wentOn = true;
        });
        QVERIFY(breakpoint.waitForHit());
    }
    thread.reset();
    QVERIFY(wentOn);
}

void TestQSeamstressBreakpoint::timesOut()
{
    QSeamstressBreakpoint breakpoint("there");
    inAQThread([] {
        QSEAMSTRESS_PAUSE_POINT("elsewhere");
        QSEAMSTRESS_PAUSE_POINT("elsewhere");
    }).reset();
    QVERIFY(!breakpoint.waitForHit(QDeadlineTimer(20)));
    QCOMPARE(breakpoint.error().code(), QSeamstressError::PauseTimedOut);
    const QString text = breakpoint.errorString();
    QVERIFY2(text.startsWith("No thread paused at the breakpoint \"there\" within 20 ms. Reached since it was armed: \"elsewhere\" 2 times by \"worker\"."), qPrintable(text));
}

void TestQSeamstressBreakpoint::thousandHits()
{
    static constexpr int turns = 1000;
    QSeamstressBreakpoint breakpoint("turn");
    const auto thread = inAQThread([] {
        for (int turn = 0; turn < turns; ++turn)
            QSEAMSTRESS_PAUSE_POINT("turn", turn);
    });
    for (int turn = 0; turn < turns; ++turn) {
        QVERIFY2(breakpoint.waitForHit(), qPrintable(breakpoint.errorString()));
        QCOMPARE(breakpoint.value().toInt(), turn);
        breakpoint.resume();
    }
    QCOMPARE(breakpoint.hits(), turns);
}

QTEST_GUILESS_MAIN(TestQSeamstressBreakpoint)
#include "tst_qseamstressbreakpoint.moc"
