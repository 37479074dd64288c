// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

// Every wait ends at its deadline, with a message that says what to do, and can be repeated.

#include "executorundertest.h"
#include "../shared/shortpatience.h"

#include <QRegularExpression>
#include <QScopeGuard>
#include <QSignalSpy>
#include <QTimer>

#include <limits>

using namespace std::chrono_literals;

class TestExecutorTimeouts : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void defaults();
    void properties_data();
    void properties();
    void atEntry();
    void atAStep();
    void atExit();
    void deadlineIsOverAlready();
    void deadlineIsOverButTheScriptHasHalted();
    void timeoutZero();
    void timeoutForEver();
    void pointsInTheMessage();
    void timeInTheMessage();
    void factorStretchesProperties_data();
    void factorStretchesProperties();
    void factorLeavesDeadlinesAlone();
    void eventsAreProcessedMeanwhile();
    void eventsAreProcessedAfterQuit();
    void eventsInBlockingMode();
};

// A script with two pause points, a and b, and a door before each of them and before its end.
class Fixture
{
public:
    Door door;
    Executor executor;

    Fixture()
    {
        executor.setObjectName("script");
        setScript(
            executor, [](Door door) -> QSeamstressScript {
                co_await door.pass();
                co_yield "a";
                co_await door.pass();
                co_yield "b";
                co_await door.pass();
            },
            door);
    }
    ~Fixture() { door.openForGood(); }
};

void TestExecutorTimeouts::defaults()
{
    const Executor executor;
    QCOMPARE(executor.timeout(), 1000);
    QCOMPARE(executor.pauseTimeout(), 5000);
    QCOMPARE(executor.waitMode(), runsOnTheEventLoop ? QSeamstressExecutor::ProcessEvents : QSeamstressExecutor::Blocking);
}

void TestExecutorTimeouts::properties_data()
{
    QTest::addColumn<qint64>("milliseconds");
    QTest::addColumn<int>("result");
    QTest::newRow("zero") << qint64(0) << 0;
    QTest::newRow("for-ever") << qint64(-1) << -1;
    QTest::newRow("ten-seconds") << qint64(10000) << 10000;
    QTest::newRow("longer-than-int") << std::numeric_limits<qint64>::max() << std::numeric_limits<int>::max();
    QTest::newRow("negative") << qint64(-2) << 7;
}

void TestExecutorTimeouts::properties()
{
    QFETCH(qint64, milliseconds);
    QFETCH(int, result);
    Executor executor;
    executor.setObjectName("script");
    executor.setTimeout(7ms);
    executor.setPauseTimeout(7);
    if (milliseconds < -1) {
        expectMisuse("setTimeout", "\"script\" cannot wait -2 ms; pass 0 or more milliseconds, or -1 to wait forever");
        expectMisuse("setPauseTimeout", "\"script\" cannot wait -2 ms; pass 0 or more milliseconds, or -1 to wait forever");
    }
    executor.setTimeout(std::chrono::milliseconds(milliseconds));
    executor.setPauseTimeout(std::chrono::milliseconds(milliseconds));
    QCOMPARE(executor.timeout(), result);
    QCOMPARE(executor.property("pauseTimeout").toInt(), result);
}

void TestExecutorTimeouts::atEntry()
{
    Fixture fixture;
    QSignalSpy errors(&fixture.executor, &QSeamstressExecutor::errorOccurred);
    QVERIFY(!fixture.executor.enter(shortDeadline()));
    QCOMPARE(fixture.executor.error().code(), QSeamstressError::PauseTimedOut);
    QCOMPARE(errors.count(), 1);
    const QRegularExpression text("^\"script\" did not reach a pause point within \\d+ ms\\. It has reached no pause point so far\\. (Now it .*|This system does not report what it is doing now)\\. "
                                  "If it only needs more time, pass a later deadline, or call waitForPaused\\(\\) to wait again\\.$");
    QVERIFY2(text.match(fixture.executor.errorString()).hasMatch(), qPrintable(fixture.executor.errorString()));
    // A time-out is not final: the phase stays, and the test can wait again.
    QCOMPARE(fixture.executor.phase(), QSeamstressExecutor::SettingUp);
    QVERIFY(fixture.executor.errors().isEmpty());
    fixture.door.open();
    QVERIFY(fixture.executor.waitForPaused());
    QCOMPARE(fixture.executor.pausePoint(), "a");
}

void TestExecutorTimeouts::atAStep()
{
    Fixture fixture;
    fixture.door.open();
    QVERIFY(fixture.executor.enter());
    QVERIFY(!fixture.executor.runTo("b", shortDeadline()));
    QCOMPARE(fixture.executor.error().code(), QSeamstressError::PauseTimedOut);
    QVERIFY2(fixture.executor.errorString().startsWith("\"script\" did not reach the pause point \"b\" within "), qPrintable(fixture.executor.errorString()));
    QVERIFY2(fixture.executor.errorString().contains("It has reached \"a\"; the last was \"a\"."), qPrintable(fixture.executor.errorString()));
    QCOMPARE(fixture.executor.phase(), QSeamstressExecutor::Running);
    fixture.door.open();
    QVERIFY(fixture.executor.waitForPaused());
    QCOMPARE(fixture.executor.pausePoint(), "b");
}

void TestExecutorTimeouts::atExit()
{
    Fixture fixture;
    fixture.door.open(2);
    QVERIFY(fixture.executor.runTo("b"));
    QVERIFY(!fixture.executor.exit(shortDeadline()));
    QCOMPARE(fixture.executor.error().code(), stillAlive);
    QVERIFY2(fixture.executor.errorString().startsWith("\"script\" did not end within "), qPrintable(fixture.executor.errorString()));
    QVERIFY2(fixture.executor.errorString().endsWith("pass a later deadline, or call exit() to wait again."), qPrintable(fixture.executor.errorString()));
    QCOMPARE(fixture.executor.phase(), QSeamstressExecutor::TearingDown);
    QVERIFY(!fixture.executor.waitForFinished(shortDeadline()));
    fixture.door.open();
    QVERIFY(fixture.executor.exit());
    QCOMPARE(fixture.executor.phase(), QSeamstressExecutor::Finished);
}

void TestExecutorTimeouts::deadlineIsOverAlready()
{
    Fixture fixture;
    QVERIFY(!fixture.executor.enter(QDeadlineTimer(0)));
    QCOMPARE(fixture.executor.error().code(), QSeamstressError::PauseTimedOut);
    QCOMPARE(fixture.executor.phase(), QSeamstressExecutor::SettingUp);
    QVERIFY(!fixture.executor.waitForPaused(QDeadlineTimer::current() - 100));
    fixture.door.open();
    QVERIFY(fixture.executor.waitForPaused(QDeadlineTimer(QDeadlineTimer::Forever)));
}

void TestExecutorTimeouts::deadlineIsOverButTheScriptHasHalted()
{
    Fixture fixture;
    fixture.door.open();
    fixture.executor.start();
    letItHalt(fixture.executor);
    QVERIFY(fixture.executor.waitForPaused(QDeadlineTimer(0)));
}

void TestExecutorTimeouts::timeoutZero()
{
    Fixture fixture;
    fixture.executor.setPauseTimeout(0);
    fixture.executor.setTimeout(0);
    QVERIFY(!fixture.executor.enter());
    QVERIFY2(fixture.executor.errorString().contains("raise pauseTimeout or set QSEAMSTRESS_TIMEOUT_FACTOR, or call waitForPaused() to wait again."), qPrintable(fixture.executor.errorString()));
    QVERIFY(!fixture.executor.exit());
    QVERIFY2(fixture.executor.errorString().contains("raise timeout or set QSEAMSTRESS_TIMEOUT_FACTOR, or call exit() to wait again."), qPrintable(fixture.executor.errorString()));
    // The destructor waits longer than that, so it reports nothing.
}

void TestExecutorTimeouts::timeoutForEver()
{
    Fixture fixture;
    fixture.executor.setPauseTimeout(-1);
    fixture.executor.setTimeout(-1);
    fixture.door.open();
    QVERIFY(fixture.executor.enter());
    fixture.door.open();
    QVERIFY(fixture.executor.advance());
    fixture.door.open();
    QVERIFY(fixture.executor.exit());
}

void TestExecutorTimeouts::pointsInTheMessage()
{
    Door door;
    Executor executor;
    setScript(
        executor, [](Door door) -> QSeamstressScript {
            co_yield "begun";
            for (int i = 0; i < 3; ++i)
                co_yield "loop";
            co_yield "";
            co_await door.pass();
            for (int i = 0; i < 20; ++i)
                co_yield QStringLiteral("point %1").arg(i);
            co_await door.pass();
        },
        door);
    const auto openAtTheEnd = qScopeGuard([&door] { door.openForGood(); });
    // Times out once the script is at the door, so that the message lists the points that it has passed by then.
    const auto waitsAtTheDoor = [&](int times) {
        while (door.arrived() < times)
            QTest::qWait(0);
        return !executor.waitForPaused(shortDeadline());
    };
    QVERIFY(!executor.runTo("never", shortDeadline()));
    QVERIFY(waitsAtTheDoor(1));
    QVERIFY2(executor.errorString().contains("It has reached \"begun\", \"loop\" (3 times), an unnamed pause point; the last was an unnamed pause point."), qPrintable(executor.errorString()));
    door.open();
    QVERIFY(waitsAtTheDoor(2));
    QVERIFY2(executor.errorString().contains("\"point 6\", others; the last was \"point 19\"."), qPrintable(executor.errorString()));
}

// The message contains the time-out that was set, not the time that has really elapsed.
void TestExecutorTimeouts::timeInTheMessage()
{
    const ShortPatience patience(1);
    Fixture fixture;
    fixture.executor.setPauseTimeout(7);
    fixture.executor.start();
    for (int time = 0; time < 20; ++time) {
        QVERIFY(!fixture.executor.waitForPaused());
        QVERIFY2(fixture.executor.errorString().contains(" within 7 ms. "), qPrintable(fixture.executor.errorString()));
    }
    // On a busy machine, part of a deadline may elapse before the verb begins, but not every time.
    int wholes = 0;
    for (int time = 0; time < 20; ++time) {
        QVERIFY(!fixture.executor.waitForPaused(QDeadlineTimer(7)));
        QVERIFY2(fixture.executor.errorString().contains(QRegularExpression(" within [0-7] ms\\. ")), qPrintable(fixture.executor.errorString()));
        wholes += fixture.executor.errorString().contains(" within 7 ms. ");
    }
    QVERIFY(wholes > 0);
}

void TestExecutorTimeouts::factorStretchesProperties_data()
{
    QTest::addColumn<QByteArray>("factor");
    QTest::addColumn<bool>("stretches");
    QTest::newRow("ten-thousand") << QByteArray("10000") << true;
    QTest::newRow("with-a-fraction") << QByteArray("20000.5") << true;
    QTest::newRow("beyond-all-bounds") << QByteArray("1e300") << true;
    QTest::newRow("none") << QByteArray() << false;
}

void TestExecutorTimeouts::factorStretchesProperties()
{
    QFETCH(QByteArray, factor);
    QFETCH(bool, stretches);
    const QByteArray before = qgetenv("QSEAMSTRESS_TIMEOUT_FACTOR");
    const auto restore = qScopeGuard([&before] { qputenv("QSEAMSTRESS_TIMEOUT_FACTOR", before.isEmpty() ? "1" : before); });
    qputenv("QSEAMSTRESS_TIMEOUT_FACTOR", factor.isEmpty() ? "1" : factor);
    Fixture fixture;
    fixture.executor.setPauseTimeout(1);
    // The event loop of this thread opens the door after 50 ms: long after the time-out, unless that is scaled.
    fixture.executor.setWaitMode(QSeamstressExecutor::ProcessEvents);
    if (stretches)
        QTimer::singleShot(50ms, Qt::PreciseTimer, &fixture.executor, [&fixture] { fixture.door.open(); });
    QCOMPARE(fixture.executor.enter(), stretches);
}

void TestExecutorTimeouts::factorLeavesDeadlinesAlone()
{
    const QByteArray before = qgetenv("QSEAMSTRESS_TIMEOUT_FACTOR");
    const auto restore = qScopeGuard([&before] { qputenv("QSEAMSTRESS_TIMEOUT_FACTOR", before.isEmpty() ? "1" : before); });
    qputenv("QSEAMSTRESS_TIMEOUT_FACTOR", "1e300");
    Fixture fixture;
    QVERIFY(!fixture.executor.enter(shortDeadline())); // if it were scaled, this would wait forever
}

void TestExecutorTimeouts::eventsAreProcessedMeanwhile()
{
    Fixture fixture;
    fixture.executor.setWaitMode(QSeamstressExecutor::ProcessEvents);
    QTimer::singleShot(0, &fixture.executor, [&fixture] { fixture.door.open(); });
    QVERIFY(fixture.executor.enter());
    QTimer::singleShot(0, &fixture.executor, [&fixture] { fixture.door.open(); });
    QVERIFY(fixture.executor.advance());
    QVERIFY(!fixture.executor.exit(shortDeadline()));
    QTimer::singleShot(0, &fixture.executor, [&fixture] { fixture.door.open(); });
    QVERIFY(fixture.executor.exit());
}

void TestExecutorTimeouts::eventsAreProcessedAfterQuit()
{
    QCoreApplication::quit(); // makes each later QEventLoop::exec() return at once
    Fixture fixture;
    fixture.executor.setWaitMode(QSeamstressExecutor::ProcessEvents);
    QTimer::singleShot(0, &fixture.executor, [&fixture] { fixture.door.open(); });
    QVERIFY(fixture.executor.enter());
}

void TestExecutorTimeouts::eventsInBlockingMode()
{
    Fixture fixture;
    bool processed = false;
    QTimer::singleShot(0, this, [&processed] { processed = true; });
    QVERIFY(!fixture.executor.enter(shortDeadline()));
    QCOMPARE(processed, runsOnTheEventLoop); // a task always waits in this way
    QTRY_VERIFY(processed);
}

QTEST_GUILESS_MAIN(TestExecutorTimeouts)
#include "tst_executortimeouts.moc"
