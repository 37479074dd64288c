// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

// What can go wrong at a breakpoint: it is reported with the cure, and nothing is left behind.

#include <QSeamstressBreakpoint>
#include <QSeamstressPausePoint>
#include <QSeamstressTest>

#include <QEventLoop>
#include <QTest>
#include <QThread>
#include <QThreadPool>
#include <QTimer>

#include <atomic>
#include <cstdlib>
#include <mutex>
#include <optional>
#include <stdexcept>
#include <thread>

#include "../shared/recordedfailures.h"
#include "foreignthread.h"

class TestBreakpointFaults : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void pointThatNobodyReaches();
    void misspeltPoint();
    void reachedByTheTest();
    void reachedByAScript();
    void reachedByAScriptThatRunsToItsEnd();
    void reachedInACallback_data();
    void reachedInACallback();
    void reachedWhileTheTestWaits();
    void destroyedWhileHit();
    void resumedTwice();
    void resumeBeforeHit();
    void conditionThrows();
    void actionThrows();
    void actionReachesThePointAgain();
    void qthreadTerminate();
    void poolOfOneThread();
    void deadlockWithTheTest();
    void testIsBlockedForLong();
    void testWaitsForAnotherBreakpoint();
    void fromAnotherThread_data();
    void fromAnotherThread();
    void unseenErrorFailsTheTest();
    void timelineHasItsThreads();
    void armedWhileAnExplorerRuns();
    void explorerWhileItIsArmed();
    void underTsan();
};

void TestBreakpointFaults::pointThatNobodyReaches()
{
    QSeamstressBreakpoint breakpoint("there");
    QVERIFY(!breakpoint.waitForHit(QDeadlineTimer(20)));
    QCOMPARE(breakpoint.error().code(), QSeamstressError::PauseTimedOut);
    QCOMPARE(breakpoint.errorString(), "No thread paused at the breakpoint \"there\" within 20 ms. No pause point has been reached since it was armed. If it only needs more time, pass a later deadline, or call waitForHit() to wait again.");
}

void TestBreakpointFaults::misspeltPoint()
{
    QSeamstressBreakpoint breakpoint("queud");
    ForeignThread([] {
        QSEAMSTRESS_PAUSE_POINT("queued");
        QSEAMSTRESS_PAUSE_POINT("sent");
        QSEAMSTRESS_PAUSE_POINT("queued");
    }).wait();
    QVERIFY(!breakpoint.waitForHit(QDeadlineTimer(20)));
    QVERIFY2(breakpoint.errorString().contains("Reached since it was armed: \"queued\" 2 times by \"worker\", \"sent\" by \"worker\"."), qPrintable(breakpoint.errorString()));
}

void TestBreakpointFaults::reachedByTheTest()
{
    QSeamstressBreakpoint breakpoint("there");
    QSEAMSTRESS_PAUSE_POINT("there");
    QCOMPARE(breakpoint.hits(), 0);
    QVERIFY(!breakpoint.waitForHit(QDeadlineTimer(20)));
    QVERIFY2(breakpoint.errorString().contains("\"there\" by the main thread. The thread of the test, which cannot wait for itself (an action set with setAction() would run there), passed the breakpoint 1 time."),
             qPrintable(breakpoint.errorString()));
}

// The script pauses for its executor first, and then at the breakpoint.
void TestBreakpointFaults::reachedByAScript()
{
    std::atomic<int> step = 0;
    QSeamstressThread script([&step] {
        QSEAMSTRESS_PAUSE_POINT("there");
        step = 1;
        QSEAMSTRESS_PAUSE_POINT("end");
    });
    script.setObjectName("script");
    QSeamstressBreakpoint breakpoint("there");
    QVERIFY(script.enter());
    QCOMPARE(script.pausePoint(), "there");
    QVERIFY(!breakpoint.isHit());
    script.resume();
    QVERIFY2(breakpoint.waitForHit(), qPrintable(breakpoint.errorString()));
    QCOMPARE(script.phase(), QSeamstressExecutor::Running);
    QCOMPARE(step, 0);
    QVERIFY(!script.waitForPaused(QDeadlineTimer(20)));
    QVERIFY2(script.errorString().contains("Now it is paused at the breakpoint \"there\", whose resume() lets it continue."), qPrintable(script.errorString()));
    breakpoint.resume();
    QVERIFY(script.waitForPaused());
    QCOMPARE(script.pausePoint(), "end");
    QVERIFY(script.exit());
}

void TestBreakpointFaults::reachedByAScriptThatRunsToItsEnd()
{
    QSeamstressThread script([] { QSEAMSTRESS_PAUSE_POINT("there"); });
    QSeamstressBreakpoint breakpoint("there");
    QVERIFY(script.enter());
    script.finish();
    QVERIFY(breakpoint.waitForHit());
    breakpoint.resume();
    QVERIFY(script.exit());
}

using Callback = void (*)();
Q_DECLARE_METATYPE(Callback)

static int comparison(const void *one, const void *other)
{
    QSEAMSTRESS_PAUSE_POINT("there");
    return *static_cast<const int *>(one) - *static_cast<const int *>(other);
}

struct PassesInItsDestructor
{
    ~PassesInItsDestructor() { QSEAMSTRESS_PAUSE_POINT("there"); }
};

void TestBreakpointFaults::reachedInACallback_data()
{
    QTest::addColumn<Callback>("callback");
    QTest::newRow("of-C") << Callback([] {
        // Not std::qsort(), since ThreadSanitizer calls the comparison once more.
        const int number = 1;
        QCOMPARE(std::bsearch(&number, &number, 1, sizeof number, &comparison), &number);
    });
    QTest::newRow("slot") << Callback([] {
        QObject object;
        QObject::connect(&object, &QObject::objectNameChanged, [] { QSEAMSTRESS_PAUSE_POINT("there"); });
        object.setObjectName("new");
    });
    QTest::newRow("event") << Callback([] {
        QEventLoop loop;
        QTimer::singleShot(0, [&loop] {
            QSEAMSTRESS_PAUSE_POINT("there");
            loop.quit();
        });
        loop.exec();
    });
    QTest::newRow("destructor") << Callback([] { const PassesInItsDestructor object; });
    QTest::newRow("destructor-of-a-thread-local") << Callback([] {
        static thread_local const PassesInItsDestructor object;
        Q_UNUSED(object);
    });
    QTest::newRow("call-once") << Callback([] {
        std::once_flag flag;
        std::call_once(flag, [] { QSEAMSTRESS_PAUSE_POINT("there"); });
    });
}

void TestBreakpointFaults::reachedInACallback()
{
    QFETCH(const Callback, callback);
    QSeamstressBreakpoint breakpoint("there");
    ForeignThread thread(callback);
    QVERIFY2(breakpoint.waitForHit(), qPrintable(breakpoint.errorString()));
    breakpoint.resume();
    QVERIFY(thread.wait());
    QCOMPARE(breakpoint.hits(), 1);
}

// The test's own thread reaches the point, in a slot.
void TestBreakpointFaults::reachedWhileTheTestWaits()
{
    QSeamstressBreakpoint breakpoint("there");
    QTimer::singleShot(0, [] { QSEAMSTRESS_PAUSE_POINT("there"); });
    QVERIFY(!breakpoint.waitForHit(QDeadlineTimer(50)));
    QVERIFY2(breakpoint.errorString().contains("The thread of the test, which cannot wait for itself"), qPrintable(breakpoint.errorString()));
}

void TestBreakpointFaults::destroyedWhileHit()
{
    std::atomic<bool> wentOn = false;
    std::optional<ForeignThread> thread;
    {
        QSeamstressBreakpoint breakpoint("there");
        thread.emplace([&wentOn] {
            QSEAMSTRESS_PAUSE_POINT("there");
            wentOn = true;
        });
        QVERIFY(breakpoint.waitForHit());
        QVERIFY(!wentOn);
    }
    QVERIFY(thread->wait());
    QVERIFY(wentOn);
}

static const char resumeTooOften[] = "QSeamstressBreakpoint::resume: \"there\" has no paused thread; call waitForHit() first, and resume() once for each hit.";

void TestBreakpointFaults::resumedTwice()
{
    QSeamstressBreakpoint breakpoint("there");
    ForeignThread thread([] { QSEAMSTRESS_PAUSE_POINT("there"); });
    QVERIFY(breakpoint.waitForHit());
    breakpoint.resume();
    QTest::ignoreMessage(QtWarningMsg, resumeTooOften);
    breakpoint.resume();
    QCOMPARE(breakpoint.error().code(), QSeamstressError::InvalidUse);
}

void TestBreakpointFaults::resumeBeforeHit()
{
    QSeamstressBreakpoint breakpoint("there");
    QTest::ignoreMessage(QtWarningMsg, resumeTooOften);
    breakpoint.resume();
    ForeignThread thread([] { QSEAMSTRESS_PAUSE_POINT("there"); });
    QVERIFY(breakpoint.waitForHit());
    QVERIFY(breakpoint.isHit());
    breakpoint.resume();
}

void TestBreakpointFaults::conditionThrows()
{
    QSeamstressBreakpoint breakpoint("there");
    breakpoint.setCondition([](const QVariant &) -> bool { throw std::runtime_error("no such job"); });
    ForeignThread([] { QSEAMSTRESS_PAUSE_POINT("there"); }).wait(); // passes
    QVERIFY(!breakpoint.waitForHit());
    QCOMPARE(breakpoint.error().code(), QSeamstressError::Exception);
    QCOMPARE(breakpoint.errorString(), "The condition of the breakpoint \"there\" threw std::runtime_error: no such job");
    QVERIFY_THROWS_EXCEPTION(std::runtime_error, breakpoint.error().raise());
}

void TestBreakpointFaults::actionThrows()
{
    QSeamstressBreakpoint breakpoint("there");
    breakpoint.setAction([] { throw std::runtime_error("no such job"); });
    ForeignThread([] { QSEAMSTRESS_PAUSE_POINT("there"); }).wait();
    QVERIFY(!breakpoint.waitForHit());
    QCOMPARE(breakpoint.errorString(), "The action of the breakpoint \"there\" threw std::runtime_error: no such job");
}

void TestBreakpointFaults::actionReachesThePointAgain()
{
    int runs = 0;
    QSeamstressBreakpoint breakpoint("there");
    breakpoint.setAction([&runs] {
        ++runs;
        QSEAMSTRESS_PAUSE_POINT("there");
    });
    QSEAMSTRESS_PAUSE_POINT("there");
    QVERIFY(breakpoint.waitForHit());
    QCOMPARE(runs, 1);
    QCOMPARE(breakpoint.hits(), 1);
}

void TestBreakpointFaults::qthreadTerminate()
{
#ifdef QSEAMSTRESS_SANITIZER
    QSKIP("Sanitizers do not support thread cancellation.");
#endif
    QSeamstressBreakpoint breakpoint("there");
    ForeignThread thread([] { QSEAMSTRESS_PAUSE_POINT("there"); });
    QVERIFY(breakpoint.waitForHit());
    thread.thread()->terminate();
    QVERIFY(thread.wait());
    QVERIFY(!breakpoint.isHit());
    ForeignThread next([] { QSEAMSTRESS_PAUSE_POINT("there"); });
    QVERIFY(breakpoint.waitForHit());
    breakpoint.resume();
}

void TestBreakpointFaults::poolOfOneThread()
{
    std::atomic<int> done = 0;
    QThreadPool pool;
    pool.setMaxThreadCount(1);
    QSeamstressBreakpoint breakpoint("job");
    for (int job = 0; job < 3; ++job) {
        pool.start([&done, job] {
            QSEAMSTRESS_PAUSE_POINT("job", job);
            ++done;
        });
    }
    for (int job = 0; job < 3; ++job) {
        QVERIFY(breakpoint.waitForHit());
        QCOMPARE(breakpoint.value().toInt(), job);
        QCOMPARE(done, job);
        breakpoint.resume();
    }
}

// The test waits for the thread that only the test could resume.
void TestBreakpointFaults::deadlockWithTheTest()
{
    if (!QSeamstressThread::isActivityAvailable())
        QSKIP("This system does not report what a thread does.");
    RecordedFailures failures;
    {
        QSeamstressBreakpoint breakpoint("there");
        ForeignThread thread([] { QSEAMSTRESS_PAUSE_POINT("there"); });
        QVERIFY(breakpoint.waitForHit());
        QVERIFY(thread.wait());
        QVERIFY(!breakpoint.isHit());
    }
    const QStringList texts = failures.take();
    QCOMPARE(texts.size(), 1);
    QVERIFY2(texts.first().startsWith("\"worker\" is paused at the breakpoint \"there\", and the thread of the test is blocked"), qPrintable(texts.first()));
    QVERIFY2(texts.first().contains("only the paused thread could unblock it. The paused thread was resumed automatically. Call resume() or disarm() of the breakpoint \"there\" before the test waits for that thread"), qPrintable(texts.first()));
}

// A sleeping thread might unblock the test, so this is not a deadlock.
void TestBreakpointFaults::testIsBlockedForLong()
{
    if (!QSeamstressThread::isActivityAvailable())
        QSKIP("This system does not report what a thread does.");
    QSeamstressBreakpoint breakpoint("there");
    breakpoint.setTimeout(std::chrono::milliseconds(50));
    std::atomic<bool> isOver = false;
    ForeignThread other([&isOver] {
        while (!isOver)
            QThread::msleep(1);
    });
    ForeignThread thread([] { QSEAMSTRESS_PAUSE_POINT("there"); });
    QVERIFY(breakpoint.waitForHit(QDeadlineTimer(5000)));
    QVERIFY(thread.wait());
    isOver = true;
    QCOMPARE(breakpoint.error().code(), QSeamstressError::InvalidUse);
    QVERIFY2(breakpoint.errorString().contains("ms so far); it may be waiting for the paused thread. The paused thread was resumed automatically."), qPrintable(breakpoint.errorString()));
}

// The wait for the second breakpoint has its own deadline, so the time-out of the first does not apply.
void TestBreakpointFaults::testWaitsForAnotherBreakpoint()
{
    QSeamstressBreakpoint first("first");
    first.setTimeout(std::chrono::milliseconds(50));
    QSeamstressBreakpoint second("second");
    ForeignThread thread([] { QSEAMSTRESS_PAUSE_POINT("first"); });
    QVERIFY(first.waitForHit(QDeadlineTimer(5000)));
    QVERIFY(!second.waitForHit(QDeadlineTimer(300)));
    QVERIFY2(first.isHit(), qPrintable(first.errorString()));
    first.resume();
}

using Call = void (*)(QSeamstressBreakpoint &);
Q_DECLARE_METATYPE(Call)

void TestBreakpointFaults::fromAnotherThread_data()
{
    QTest::addColumn<Call>("call");
    QTest::newRow("arm") << Call([](QSeamstressBreakpoint &breakpoint) { breakpoint.arm(); });
    QTest::newRow("disarm") << Call([](QSeamstressBreakpoint &breakpoint) { breakpoint.disarm(); });
    QTest::newRow("resume") << Call([](QSeamstressBreakpoint &breakpoint) { breakpoint.resume(); });
    QTest::newRow("waitForHit") << Call([](QSeamstressBreakpoint &breakpoint) { QVERIFY(!breakpoint.waitForHit()); });
    QTest::newRow("setCondition") << Call([](QSeamstressBreakpoint &breakpoint) { breakpoint.setCondition([](const QVariant &) { return false; }); });
    QTest::newRow("setThreadName") << Call([](QSeamstressBreakpoint &breakpoint) { breakpoint.setThreadName("nobody"); });
    QTest::newRow("setIgnoreCount") << Call([](QSeamstressBreakpoint &breakpoint) { breakpoint.setIgnoreCount(7); });
    QTest::newRow("setAction") << Call([](QSeamstressBreakpoint &breakpoint) { breakpoint.setAction([] {}); });
    QTest::newRow("setHaltsAll") << Call([](QSeamstressBreakpoint &breakpoint) { breakpoint.setHaltsAll(true); });
    QTest::newRow("setTimeout") << Call([](QSeamstressBreakpoint &breakpoint) { breakpoint.setTimeout(std::chrono::milliseconds(7)); });
}

void TestBreakpointFaults::fromAnotherThread()
{
    QFETCH(const Call, call);
    QSeamstressBreakpoint breakpoint("there");
    ForeignThread thread([] { QSEAMSTRESS_PAUSE_POINT("there"); });
    QVERIFY(breakpoint.waitForHit());
    const QString warning = QStringLiteral("QSeamstressBreakpoint::%1: called from a thread that does not own the breakpoint \"there\"; the call has no effect. Call it from the breakpoint's thread, for example with "
                                           "QMetaObject::invokeMethod().")
                                .arg(QLatin1String(QTest::currentDataTag()));
    QTest::ignoreMessage(QtWarningMsg, qPrintable(warning));
    ForeignThread([&breakpoint, call] { call(breakpoint); }).wait();
    QVERIFY(breakpoint.isArmed());
    QVERIFY(breakpoint.isHit());
    QVERIFY(!breakpoint.condition());
    QVERIFY(!breakpoint.action());
    QCOMPARE(breakpoint.threadName(), QString());
    QCOMPARE(breakpoint.ignoreCount(), 0);
    QCOMPARE(breakpoint.haltsAll(), false);
    QCOMPARE(breakpoint.timeout(), std::chrono::milliseconds(5000));
    breakpoint.resume();
    QVERIFY(!breakpoint.isHit());
}

void TestBreakpointFaults::unseenErrorFailsTheTest()
{
    RecordedFailures failures;
    {
        QSeamstressBreakpoint breakpoint("there");
        breakpoint.setAction([] { throw std::runtime_error("no such job"); });
        QSEAMSTRESS_PAUSE_POINT("there");
    }
    const QStringList texts = failures.take();
    QCOMPARE(texts.size(), 1);
    QVERIFY2(texts.first().startsWith("The action of the breakpoint \"there\" threw std::runtime_error: no such job\nTimeline:\n"), qPrintable(texts.first()));
}

void TestBreakpointFaults::timelineHasItsThreads()
{
    RecordedFailures failures;
    {
        QSeamstressBreakpoint breakpoint("there");
        ForeignThread thread([] { QSEAMSTRESS_PAUSE_POINT("there"); });
        QVERIFY(breakpoint.waitForHit());
        breakpoint.resume();
        QVERIFY(thread.wait());
        breakpoint.setAction([] { throw std::runtime_error("no such job"); });
        std::thread([] { QSEAMSTRESS_PAUSE_POINT("there"); }).join();
    }
    const QString text = failures.take().value(0);
    const QStringList events{ "worker", "paused at \"there\"", "resumed", "runs the action at \"there\"" };
    for (const QString &event : events)
        QVERIFY2(text.contains(event), qPrintable(text));
}

void TestBreakpointFaults::armedWhileAnExplorerRuns()
{
    int refusals = 0;
    const auto script = [&refusals] {
        QTest::ignoreMessage(QtWarningMsg, "QSeamstressBreakpoint::arm: \"there\" cannot be armed while an explorer runs, since the explorer pauses its scripts at each pause point and waits for them; arm it before or after.");
        QSeamstressBreakpoint breakpoint("there");
        refusals += !breakpoint.isArmed() && breakpoint.error().code() == QSeamstressError::InvalidUse;
        QSEAMSTRESS_PAUSE_POINT("there"); // for the explorer
    };
    QSeamstressExplorer explorer;
    explorer.addThread("A", script);
    QVERIFY2(explorer.explore(), qPrintable(explorer.report()));
    QVERIFY(refusals > 0);
    QVERIFY(QSeamstressBreakpoint("there").isArmed());
}

void TestBreakpointFaults::explorerWhileItIsArmed()
{
    const QByteArray problem = "the breakpoint \"there\" is armed, so a script could pause there while the explorer waits for it; disarm() or destroy the breakpoint first";
    QSeamstressExplorer explorer;
    explorer.addThread("A", [] { QSEAMSTRESS_PAUSE_POINT("there"); });
    QSeamstressBreakpoint breakpoint("there");
    QTest::ignoreMessage(QtWarningMsg, "QSeamstressExplorer::explore: " + problem + '.');
    QVERIFY(!explorer.explore());
    QVERIFY2(explorer.report().contains(QString::fromUtf8(problem)), qPrintable(explorer.report()));
    breakpoint.disarm();
    QVERIFY2(explorer.explore(), qPrintable(explorer.report()));
}

// What the thread writes before it pauses is visible to the test, and vice versa.
void TestBreakpointFaults::underTsan()
{
    int written = 0; // deliberately not atomic
    QSeamstressBreakpoint breakpoint("there");
    ForeignThread thread([&written] {
        for (int round = 0; round < 3; ++round) {
            ++written;
            QSEAMSTRESS_PAUSE_POINT("there");
        }
    });
    for (int round = 0; round < 3; ++round) {
        QVERIFY(breakpoint.waitForHit());
        QCOMPARE(written, 2 * round + 1);
        ++written;
        breakpoint.resume();
    }
    QVERIFY(thread.wait());
    breakpoint.setAction([&written] { ++written; });
    ForeignThread another([] { QSEAMSTRESS_PAUSE_POINT("there"); });
    QVERIFY(breakpoint.waitForHit());
    QCOMPARE(written, 7);
}

QTEST_GUILESS_MAIN(TestBreakpointFaults)
#include "tst_breakpointfaults.moc"
