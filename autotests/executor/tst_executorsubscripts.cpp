// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

// A script that awaits other scripts.

#include "executorundertest.h"

#include <QScopeGuard>
#include <QThread>

#include <stdexcept>
#include <utility>

class TestExecutorSubScripts : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void haltAtTheirPausePoints();
    void runInTheSameThread();
    void keepTheirArguments();
    void throwIntoTheirParent_data();
    void throwIntoTheirParent();
    void endTheirParentByAnException();
    void nestThreeDeep();
    void throwThroughThreeLevels();
    void nestVeryDeep();
    void runManyTimesInALoop();
    void areRefusedIfMovedFrom();
    void areNotAwaitedTwice();
    void doNothingIfNotAwaited();
    void countAsScripts();
};

static QSeamstressScript pauseAt(QString point)
{
    co_yield point;
}

static QSeamstressScript pauseTwice(QString name, Notes done)
{
    co_yield name + QStringLiteral(" 1");
    co_yield QSeamstress::Pause(name + QStringLiteral(" 2"), name);
    done.append(name);
}

void TestExecutorSubScripts::haltAtTheirPausePoints()
{
    const Notes done;
    Executor executor;
    setScript(
        executor, [](Notes done) -> QSeamstressScript {
            co_await pauseTwice(QStringLiteral("a"), done);
            co_yield "between";
            QSeamstressScript second = pauseTwice(QStringLiteral("b"), done);
            co_await std::move(second);
            co_yield "after";
        },
        done);
    QVERIFY(executor.enter());
    QCOMPARE(executor.pausePoint(), "a 1");
    QVERIFY(executor.advance());
    QCOMPARE(executor.pausePoint(), "a 2");
    QCOMPARE(executor.pauseValue().toString(), "a");
    QCOMPARE(done.all(), QStringList());
    QVERIFY(executor.advance());
    QCOMPARE(executor.pausePoint(), "between");
    QCOMPARE(done.all(), QStringList({ "a" }));
    QVERIFY(executor.advance());
    QCOMPARE(executor.pausePoint(), "b 1");
    QVERIFY(executor.runTo("after"));
    QCOMPARE(done.all(), QStringList({ "a", "b" }));
    QVERIFY(executor.exit());
}

static QSeamstressScript noteWhereItRuns(Notes places)
{
    places.append(here());
    co_yield "in the sub-script";
    places.append(here());
}

void TestExecutorSubScripts::runInTheSameThread()
{
    const Notes places;
    Executor executor;
    setScript(
        executor, [](Notes places) -> QSeamstressScript {
            co_await noteWhereItRuns(places);
            places.append(here());
            co_yield "after it";
        },
        places);
    QVERIFY(executor.enter());
    QVERIFY(executor.advance());
    QCOMPARE(places.all(), QStringList(3, placeOf(executor)));
    QVERIFY(executor.exit());
}

static QSeamstressScript noteItsArgument(QString name, Notes log)
{
    const auto end = qScopeGuard([&log, &name] { log.append(name + QStringLiteral(" destroyed")); });
    co_yield "halted";
    log.append(name);
}

void TestExecutorSubScripts::keepTheirArguments()
{
    const Notes log;
    Executor executor;
    setScript(
        executor, [](Notes log) -> QSeamstressScript {
            co_await noteItsArgument(QStringLiteral("a name that is too long to be kept in place"), log);
            log.append("parent goes on");
        },
        log);
    QVERIFY(executor.enter());
    QVERIFY(executor.exit());
    QCOMPARE(log.all(),
             QStringList({ "a name that is too long to be kept in place", "a name that is too long to be kept in place destroyed",
                           "parent goes on" }));
}

void TestExecutorSubScripts::throwIntoTheirParent_data()
{
    QTest::addColumn<bool>("pausesFirst");

    QTest::newRow("at-once") << false;
    QTest::newRow("after-a-pause-point") << true;
}

static QSeamstressScript throwAfter(bool pausesFirst)
{
    if (pausesFirst)
        co_yield "before the throw";
    throw std::runtime_error("from the sub-script");
}

void TestExecutorSubScripts::throwIntoTheirParent()
{
    QFETCH(const bool, pausesFirst);

    Executor executor;
    setScript(
        executor, [](bool pausesFirst) -> QSeamstressScript {
            QString caught;
            try {
                co_await throwAfter(pausesFirst);
            } catch (const std::runtime_error &e) {
                caught = QString::fromUtf8(e.what());
            }
            co_yield QSeamstress::Pause("caught", caught);
        },
        pausesFirst);
    QVERIFY(executor.runTo("caught"));
    QCOMPARE(executor.pauseValue(), "from the sub-script");
    QVERIFY(executor.exit());
    QVERIFY(executor.errors().isEmpty());
}

void TestExecutorSubScripts::endTheirParentByAnException()
{
    const Flag wentOn;
    Executor executor;
    setScript(
        executor, [](Flag wentOn) -> QSeamstressScript {
            co_await throwAfter(true);
            wentOn.set(true);
        },
        wentOn);
    executor.setObjectName("parent");
    QVERIFY(executor.enter());
    QVERIFY(!executor.exit());
    QVERIFY(!wentOn.isSet());
    QCOMPARE(executor.errorString(), "\"parent\" threw std::runtime_error after its pause point \"before the throw\": from the sub-script");
    QCOMPARE(executor.errors().size(), 1);
}

static QSeamstressScript nested(int depth, Notes log, bool throws)
{
    const QString name = QString::number(depth);
    log.append(name + QStringLiteral(" begins"));
    const auto end = qScopeGuard([&] { log.append(name + QStringLiteral(" ends")); });
    if (depth > 0)
        co_await nested(depth - 1, log, throws);
    co_yield name;
    if (throws)
        throw std::out_of_range("too deep");
}

void TestExecutorSubScripts::nestThreeDeep()
{
    const Notes log;
    Executor executor;
    setScript(executor, &nested, 3, log, false);
    QVERIFY(executor.enter());
    QCOMPARE(log.all(), QStringList({ "3 begins", "2 begins", "1 begins", "0 begins" }));
    QCOMPARE(executor.pausePoint(), "0");
    for (const char *point : { "1", "2", "3" }) {
        QVERIFY(executor.advance());
        QCOMPARE(executor.pausePoint(), point);
    }
    QCOMPARE(log.all().mid(4), QStringList({ "0 ends", "1 ends", "2 ends" }));
    QVERIFY(executor.exit());
    QCOMPARE(log.all().last(), "3 ends");
}

void TestExecutorSubScripts::throwThroughThreeLevels()
{
    const Notes log;
    Executor executor;
    setScript(executor, &nested, 3, log, true);
    QVERIFY(executor.enter());
    QCOMPARE(executor.pausePoint(), "0");
    QVERIFY(!executor.advance());
    QCOMPARE(executor.phase(), QSeamstressExecutor::Failed);
    QCOMPARE(executor.error().exceptionType(), "std::out_of_range");
    QCOMPARE(executor.errors().size(), 1);
    QCOMPARE(log.all().mid(4), QStringList({ "0 ends", "1 ends", "2 ends", "3 ends" }));
}

static QSeamstressScript descend(int depth)
{
    if (depth < 10'000)
        co_await descend(depth + 1);
    else
        co_yield QSeamstress::Pause("deepest", depth);
}

void TestExecutorSubScripts::nestVeryDeep()
{
    Executor executor;
    setScript(executor, &descend, 1);
    QVERIFY(executor.enter());
    QCOMPARE(executor.pausePoint(), "deepest");
    QCOMPARE(executor.pauseValue(), 10'000);
    QVERIFY(executor.exit());
}

static QSeamstressScript addOne(int &sum)
{
    ++sum;
    co_return;
}

void TestExecutorSubScripts::runManyTimesInALoop()
{
    // If each were resumed by a nested call, as a symmetric transfer is without optimisation, the stack would overflow.
    Executor executor([]() -> QSeamstressScript {
        int sum = 0;
        for (int i = 0; i < 100'000; ++i)
            co_await addOne(sum);
        co_yield QSeamstress::Pause("over", sum);
    });
    QVERIFY(executor.enter(QDeadlineTimer::Forever));
    QCOMPARE(executor.pauseValue(), 100'000);
    QVERIFY(executor.exit());
}

void TestExecutorSubScripts::areRefusedIfMovedFrom()
{
    Executor executor([]() -> QSeamstressScript {
        QSeamstressScript script = pauseAt(QStringLiteral("moved"));
        const QSeamstressScript other = std::move(script);
        co_await std::move(script);
    });
    executor.setObjectName("mover");
    QVERIFY(!executor.enter());
    QCOMPARE(executor.error().code(), QSeamstressError::InvalidUse);
    QCOMPARE(executor.errorString(), "\"mover\": it awaits a QSeamstressScript that was moved from; create a new one.");
    QCOMPARE(executor.phase(), QSeamstressExecutor::Failed);
    QCOMPARE(executor.errors().size(), 1);
}

void TestExecutorSubScripts::areNotAwaitedTwice()
{
    Executor executor([]() -> QSeamstressScript {
        QSeamstressScript script = pauseAt(QStringLiteral("once"));
        co_await std::move(script);
        co_await std::move(script);
    });
    QVERIFY(executor.enter());
    QCOMPARE(executor.pausePoint(), "once");
    QVERIFY(!executor.advance());
    QCOMPARE(executor.error().code(), QSeamstressError::InvalidUse);
}

void TestExecutorSubScripts::doNothingIfNotAwaited()
{
    Executor executor([]() -> QSeamstressScript {
        int sum = 0;
        {
            const QSeamstressScript script = addOne(sum);
        }
        co_yield QSeamstress::Pause("made", sum);
    });
    QVERIFY(executor.enter());
    QCOMPARE(executor.pauseValue(), 0);
    QVERIFY(executor.exit());
}

static QSeamstressScript pauseInPlainCode(Flag inScript)
{
    inScript.set(QSeamstress::isInScript());
    QSeamstress::pause("plain code of a sub-script");
    co_return;
}

void TestExecutorSubScripts::countAsScripts()
{
    const Flag inScript;
    Executor executor;
    setScript(
        executor, [](Flag inScript) -> QSeamstressScript { co_await pauseInPlainCode(inScript); }, inScript);
    QCOMPARE(executor.enter(), !runsOnTheEventLoop); // plain code cannot pause in a task
    QCOMPARE(executor.pausePoint(), runsOnTheEventLoop ? "" : "plain code of a sub-script");
    QVERIFY(inScript.isSet());
    QVERIFY(executor.exit());
}

QTEST_GUILESS_MAIN(TestExecutorSubScripts)
#include "tst_executorsubscripts.moc"
