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

void TestExecutorSubScripts::haltAtTheirPausePoints()
{
    QStringList done;
    const auto sub = [&done](QString name) -> QSeamstressScript {
        co_yield name + QStringLiteral(" 1");
        co_yield QSeamstress::Pause(name + QStringLiteral(" 2"), name);
        done.append(name);
    };
    Executor executor([&]() -> QSeamstressScript {
        co_await sub(QStringLiteral("a"));
        co_yield "between";
        QSeamstressScript second = sub(QStringLiteral("b"));
        co_await std::move(second);
        co_yield "after";
    });
    QVERIFY(executor.enter());
    QCOMPARE(executor.pausePoint(), "a 1");
    QVERIFY(executor.advance());
    QCOMPARE(executor.pausePoint(), "a 2");
    QCOMPARE(executor.pauseValue().toString(), "a");
    QVERIFY(done.isEmpty());
    QVERIFY(executor.advance());
    QCOMPARE(executor.pausePoint(), "between");
    QCOMPARE(done, QStringList({ "a" }));
    QVERIFY(executor.advance());
    QCOMPARE(executor.pausePoint(), "b 1");
    QVERIFY(executor.runTo("after"));
    QCOMPARE(done, QStringList({ "a", "b" }));
    QVERIFY(executor.exit());
}

void TestExecutorSubScripts::runInTheSameThread()
{
    QList<QThread *> threads;
    const auto sub = [&threads]() -> QSeamstressScript {
        threads.append(QThread::currentThread());
        co_yield "in the sub-script";
        threads.append(QThread::currentThread());
    };
    Executor executor([&]() -> QSeamstressScript {
        co_await sub();
        threads.append(QThread::currentThread());
        co_yield "after it";
    });
    QVERIFY(executor.enter());
    QVERIFY(executor.advance());
    QCOMPARE(threads, QList<QThread *>(3, threadOf(executor)));
    QVERIFY(executor.exit());
}

void TestExecutorSubScripts::keepTheirArguments()
{
    QStringList log;
    const auto sub = [&log](QString name) -> QSeamstressScript {
        const auto end = qScopeGuard([&log, &name] { log.append(name + QStringLiteral(" destroyed")); });
        co_yield "halted";
        log.append(name);
    };
    Executor executor([&]() -> QSeamstressScript {
        co_await sub(QStringLiteral("a name that is too long to be kept in place"));
        log.append("parent goes on");
    });
    QVERIFY(executor.enter());
    QVERIFY(executor.exit());
    QCOMPARE(log,
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

    QString caught;
    Executor executor([&]() -> QSeamstressScript {
        try {
            co_await throwAfter(pausesFirst);
        } catch (const std::runtime_error &e) {
            caught = QString::fromUtf8(e.what());
        }
        co_yield "caught";
    });
    QVERIFY(executor.runTo("caught"));
    QCOMPARE(caught, "from the sub-script");
    QVERIFY(executor.exit());
    QVERIFY(executor.errors().isEmpty());
}

void TestExecutorSubScripts::endTheirParentByAnException()
{
    bool wentOn = false;
    Executor executor([&wentOn]() -> QSeamstressScript {
        co_await throwAfter(true);
        wentOn = true;
    });
    executor.setObjectName("parent");
    QVERIFY(executor.enter());
    QVERIFY(!executor.exit());
    QVERIFY(!wentOn);
    QCOMPARE(executor.errorString(), "\"parent\" threw std::runtime_error after its pause point \"before the throw\": from the sub-script");
    QCOMPARE(executor.errors().size(), 1);
}

static QSeamstressScript nested(int depth, QStringList &log, bool throws)
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
    QStringList log;
    Executor executor([&log] { return nested(3, log, false); });
    QVERIFY(executor.enter());
    QCOMPARE(log, QStringList({ "3 begins", "2 begins", "1 begins", "0 begins" }));
    QCOMPARE(executor.pausePoint(), "0");
    for (const char *point : { "1", "2", "3" }) {
        QVERIFY(executor.advance());
        QCOMPARE(executor.pausePoint(), point);
    }
    QCOMPARE(log.mid(4), QStringList({ "0 ends", "1 ends", "2 ends" }));
    QVERIFY(executor.exit());
    QCOMPARE(log.last(), "3 ends");
}

void TestExecutorSubScripts::throwThroughThreeLevels()
{
    QStringList log;
    Executor executor([&log] { return nested(3, log, true); });
    QVERIFY(executor.enter());
    QCOMPARE(executor.pausePoint(), "0");
    QVERIFY(!executor.advance());
    QCOMPARE(executor.phase(), QSeamstressExecutor::Failed);
    QCOMPARE(executor.error().exceptionType(), "std::out_of_range");
    QCOMPARE(executor.errors().size(), 1);
    QCOMPARE(log.mid(4), QStringList({ "0 ends", "1 ends", "2 ends", "3 ends" }));
}

static QSeamstressScript descend(int depth, int &deepest)
{
    deepest = qMax(deepest, depth);
    if (depth < 10'000)
        co_await descend(depth + 1, deepest);
    else
        co_yield "deepest";
}

void TestExecutorSubScripts::nestVeryDeep()
{
    int deepest = 0;
    Executor executor([&deepest] { return descend(1, deepest); });
    QVERIFY(executor.enter());
    QCOMPARE(executor.pausePoint(), "deepest");
    QCOMPARE(deepest, 10'000);
    QVERIFY(executor.exit());
}

static QSeamstressScript addOne(int &sum)
{
    ++sum;
    co_return;
}

void TestExecutorSubScripts::runManyTimesInALoop()
{
    // Were each resumed from within the other, as without optimisation a symmetric transfer is, the stack would overflow.
    int sum = 0;
    Executor executor([&sum]() -> QSeamstressScript {
        for (int i = 0; i < 100'000; ++i)
            co_await addOne(sum);
        co_yield "over";
    });
    QVERIFY(executor.enter(QDeadlineTimer::Forever));
    QCOMPARE(sum, 100'000);
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
    QCOMPARE(executor.errorString(), "\"mover\": it awaits a QSeamstressScript that was moved from; make a new one.");
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
    int sum = 0;
    Executor executor([&sum]() -> QSeamstressScript {
        const QSeamstressScript script = addOne(sum);
        co_yield "made";
    });
    QVERIFY(executor.enter());
    QVERIFY(executor.exit());
    QCOMPARE(sum, 0);
}

void TestExecutorSubScripts::countAsScripts()
{
    bool inScript = false;
    const auto sub = [&inScript]() -> QSeamstressScript {
        inScript = QSeamstress::isInScript();
        QSeamstress::pause("plain code of a sub-script");
        co_return;
    };
    Executor executor([&sub]() -> QSeamstressScript { co_await sub(); });
    QCOMPARE(executor.enter(), !runsOnTheEventLoop); // where plain code cannot halt
    QCOMPARE(executor.pausePoint(), runsOnTheEventLoop ? "" : "plain code of a sub-script");
    QVERIFY(inScript);
    QVERIFY(executor.exit());
}

QTEST_GUILESS_MAIN(TestExecutorSubScripts)
#include "tst_executorsubscripts.moc"
