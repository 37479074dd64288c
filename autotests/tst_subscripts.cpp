// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

// A script that awaits other scripts.

#include <QSeamstressScript>
#include <QSeamstressThread>

#include <QScopeGuard>
#include <QTest>
#include <QThread>

#include <stdexcept>
#include <utility>

class TestSubScripts : public QObject
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

void TestSubScripts::haltAtTheirPausePoints()
{
    QStringList done;
    const auto sub = [&done](QString name) -> QSeamstressScript {
        co_yield name + QStringLiteral(" 1");
        co_yield QSeamstress::Pause(name + QStringLiteral(" 2"), name);
        done.append(name);
    };
    QSeamstressThread thread([&]() -> QSeamstressScript {
        co_await sub(QStringLiteral("a"));
        co_yield "between";
        QSeamstressScript second = sub(QStringLiteral("b"));
        co_await std::move(second);
        co_yield "after";
    });
    QVERIFY(thread.enter());
    QCOMPARE(thread.pausePoint(), "a 1");
    QVERIFY(thread.advance());
    QCOMPARE(thread.pausePoint(), "a 2");
    QCOMPARE(thread.pauseValue().toString(), "a");
    QVERIFY(done.isEmpty());
    QVERIFY(thread.advance());
    QCOMPARE(thread.pausePoint(), "between");
    QCOMPARE(done, QStringList({ "a" }));
    QVERIFY(thread.advance());
    QCOMPARE(thread.pausePoint(), "b 1");
    QVERIFY(thread.runTo("after"));
    QCOMPARE(done, QStringList({ "a", "b" }));
    QVERIFY(thread.exit());
}

void TestSubScripts::runInTheSameThread()
{
    QList<QThread *> threads;
    const auto sub = [&threads]() -> QSeamstressScript {
        threads.append(QThread::currentThread());
        co_yield "in the sub-script";
        threads.append(QThread::currentThread());
    };
    QSeamstressThread thread([&]() -> QSeamstressScript {
        co_await sub();
        threads.append(QThread::currentThread());
        co_yield "after it";
    });
    QVERIFY(thread.enter());
    QVERIFY(thread.advance());
    QVERIFY(thread.workerThread());
    QCOMPARE(threads, QList<QThread *>(3, thread.workerThread()));
    QVERIFY(thread.exit());
}

void TestSubScripts::keepTheirArguments()
{
    QStringList log;
    const auto sub = [&log](QString name) -> QSeamstressScript {
        const auto end = qScopeGuard([&log, &name] { log.append(name + QStringLiteral(" destroyed")); });
        co_yield "halted";
        log.append(name);
    };
    QSeamstressThread thread([&]() -> QSeamstressScript {
        co_await sub(QStringLiteral("a name that is too long to be kept in place"));
        log.append("parent goes on");
    });
    QVERIFY(thread.enter());
    QVERIFY(thread.exit());
    QCOMPARE(log,
             QStringList({ "a name that is too long to be kept in place", "a name that is too long to be kept in place destroyed",
                           "parent goes on" }));
}

void TestSubScripts::throwIntoTheirParent_data()
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

void TestSubScripts::throwIntoTheirParent()
{
    QFETCH(const bool, pausesFirst);

    QString caught;
    QSeamstressThread thread([&]() -> QSeamstressScript {
        try {
            co_await throwAfter(pausesFirst);
        } catch (const std::runtime_error &e) {
            caught = QString::fromUtf8(e.what());
        }
        co_yield "caught";
    });
    QVERIFY(thread.runTo("caught"));
    QCOMPARE(caught, "from the sub-script");
    QVERIFY(thread.exit());
    QVERIFY(thread.errors().isEmpty());
}

void TestSubScripts::endTheirParentByAnException()
{
    bool wentOn = false;
    QSeamstressThread thread([&wentOn]() -> QSeamstressScript {
        co_await throwAfter(true);
        wentOn = true;
    });
    thread.setObjectName("parent");
    QVERIFY(thread.enter());
    QVERIFY(!thread.exit());
    QVERIFY(!wentOn);
    QCOMPARE(thread.errorString(), "\"parent\" threw std::runtime_error after its pause point \"before the throw\": from the sub-script");
    QCOMPARE(thread.errors().size(), 1);
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

void TestSubScripts::nestThreeDeep()
{
    QStringList log;
    QSeamstressThread thread([&log] { return nested(3, log, false); });
    QVERIFY(thread.enter());
    QCOMPARE(log, QStringList({ "3 begins", "2 begins", "1 begins", "0 begins" }));
    QCOMPARE(thread.pausePoint(), "0");
    for (const char *point : { "1", "2", "3" }) {
        QVERIFY(thread.advance());
        QCOMPARE(thread.pausePoint(), point);
    }
    QCOMPARE(log.mid(4), QStringList({ "0 ends", "1 ends", "2 ends" }));
    QVERIFY(thread.exit());
    QCOMPARE(log.last(), "3 ends");
}

void TestSubScripts::throwThroughThreeLevels()
{
    QStringList log;
    QSeamstressThread thread([&log] { return nested(3, log, true); });
    QVERIFY(thread.enter());
    QCOMPARE(thread.pausePoint(), "0");
    QVERIFY(!thread.advance());
    QCOMPARE(thread.phase(), QSeamstressExecutor::Failed);
    QCOMPARE(thread.error().exceptionType(), "std::out_of_range");
    QCOMPARE(thread.errors().size(), 1);
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

void TestSubScripts::nestVeryDeep()
{
    int deepest = 0;
    QSeamstressThread thread([&deepest] { return descend(1, deepest); });
    QVERIFY(thread.enter());
    QCOMPARE(thread.pausePoint(), "deepest");
    QCOMPARE(deepest, 10'000);
    QVERIFY(thread.exit());
}

static QSeamstressScript addOne(int &sum)
{
    ++sum;
    co_return;
}

void TestSubScripts::runManyTimesInALoop()
{
    // Were each resumed from within the other, as without optimisation a symmetric transfer is, the stack would overflow.
    int sum = 0;
    QSeamstressThread thread([&sum]() -> QSeamstressScript {
        for (int i = 0; i < 100'000; ++i)
            co_await addOne(sum);
        co_yield "over";
    });
    QVERIFY(thread.enter(QDeadlineTimer::Forever));
    QCOMPARE(sum, 100'000);
    QVERIFY(thread.exit());
}

void TestSubScripts::areRefusedIfMovedFrom()
{
    QSeamstressThread thread([]() -> QSeamstressScript {
        QSeamstressScript script = pauseAt(QStringLiteral("moved"));
        const QSeamstressScript other = std::move(script);
        co_await std::move(script);
    });
    thread.setObjectName("mover");
    QVERIFY(!thread.enter());
    QCOMPARE(thread.error().code(), QSeamstressError::InvalidUse);
    QCOMPARE(thread.errorString(), "\"mover\": it awaits a QSeamstressScript that was moved from; make a new one.");
}

void TestSubScripts::areNotAwaitedTwice()
{
    QSeamstressThread thread([]() -> QSeamstressScript {
        QSeamstressScript script = pauseAt(QStringLiteral("once"));
        co_await std::move(script);
        co_await std::move(script);
    });
    QVERIFY(thread.enter());
    QCOMPARE(thread.pausePoint(), "once");
    QVERIFY(!thread.advance());
    QCOMPARE(thread.error().code(), QSeamstressError::InvalidUse);
}

void TestSubScripts::doNothingIfNotAwaited()
{
    int sum = 0;
    QSeamstressThread thread([&sum]() -> QSeamstressScript {
        const QSeamstressScript script = addOne(sum);
        co_yield "made";
    });
    QVERIFY(thread.enter());
    QVERIFY(thread.exit());
    QCOMPARE(sum, 0);
}

void TestSubScripts::countAsScripts()
{
    bool inScript = false;
    const auto sub = [&inScript]() -> QSeamstressScript {
        inScript = QSeamstress::isInScript();
        QSeamstress::pause("plain code of a sub-script");
        co_return;
    };
    QSeamstressThread thread([&sub]() -> QSeamstressScript { co_await sub(); });
    QVERIFY(thread.enter());
    QCOMPARE(thread.pausePoint(), "plain code of a sub-script");
    QVERIFY(inScript);
    QVERIFY(thread.exit());
}

QTEST_GUILESS_MAIN(TestSubScripts)
#include "tst_subscripts.moc"
