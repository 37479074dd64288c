// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

// Scripts of an explorer that wait for something outside of the explorer, which may be slow.

#include <QSeamstressExplorer>
#include <QSeamstressTest>

#include <QtTest/QTest>

#include <QPromise>
#include <QSet>

#include <memory>

class TestExploredWaits : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void awaitsAFuture_data();
    void awaitsAFuture();
    void isOnceSlowOutside();
    void leavesNothingOutForIt_data();
    void leavesNothingOutForIt();
};

void TestExploredWaits::awaitsAFuture_data()
{
    QTest::addColumn<bool>("areThreads");
    QTest::newRow("tasks") << false;
    QTest::newRow("threads") << true;
}

void TestExploredWaits::awaitsAFuture()
{
    QFETCH(const bool, areThreads);

    // The reader awaits a promise that the writer fulfils; until then, it is blocked.
    std::shared_ptr<QPromise<int>> promise;
    int result = 0;
    QSeamstressExplorer explorer;
    const auto awaiting = [&]() -> QSeamstressScript {
        co_yield "begun";
        result = co_await promise->future();
    };
    const auto fulfilling = [&]() -> QSeamstressScript {
        co_yield "asked";
        promise->addResult(7);
        promise->finish();
    };
    areThreads ? explorer.addThread("reader", awaiting) : explorer.addTask("reader", awaiting);
    areThreads ? explorer.addThread("writer", fulfilling) : explorer.addTask("writer", fulfilling);
    explorer.setReset([&] {
        promise = std::make_shared<QPromise<int>>();
        promise->start();
        result = 0;
    });
    explorer.setCheck([&result] { return result == 7; });
    QVERIFY2(explorer.run("reader>begun reader>blocked writer>done reader>done"), qPrintable(explorer.report()));
    QVERIFY2(explorer.explore(), qPrintable(explorer.report()));
    QVERIFY(explorer.infeasibleOrders() > 0);
}

// The report of a failure leaves out a wait that happened only once.
void TestExploredWaits::isOnceSlowOutside()
{
    std::shared_ptr<QPromise<int>> promise;
    int runs = 0;
    QSeamstressExplorer explorer;
    explorer.addTask("reader", [&]() -> QSeamstressScript { co_await promise->future(); });
    explorer.addTask("writer", [&]() -> QSeamstressScript {
        if (runs == 1)
            promise->finish();
        co_return;
    });
    explorer.setReset([&] {
        promise = std::make_shared<QPromise<int>>();
        promise->start();
        promise->addResult(7);
        if (++runs > 1)
            promise->finish();
    });
    explorer.setCheck([] { return false; });
    QVERIFY(!explorer.explore());
    QCOMPARE(explorer.verdict(), QSeamstressExplorer::CheckFailed);
    QCOMPARE(explorer.failingOrder(), "writer>done reader>done");
    QVERIFY2(!explorer.report().contains("blocked"), qPrintable(explorer.report()));
}

void TestExploredWaits::leavesNothingOutForIt_data()
{
    QTest::addColumn<bool>("waitsFirst");
    QTest::addColumn<int>("slowRun");
    for (const int run : { 2, 7 }) {
        QTest::addRow("begins-to-wait-in-run-%d", run) << false << run;
        QTest::addRow("goes-on-late-in-run-%d", run) << true << run;
    }
}

// An outsider blocks the reader in one run but not in the others: either at its start, or just after the writer has freed it.
void TestExploredWaits::leavesNothingOutForIt()
{
    QFETCH(const bool, waitsFirst);
    QFETCH(const int, slowRun);
    struct Explored
    {
        bool hasPassed;
        qint64 count;
        QSet<QString> orders;
    };
    const auto explored = [waitsFirst](int slow) -> Explored {
        std::shared_ptr<QPromise<int>> writers;
        std::shared_ptr<QPromise<int>> outsiders;
        QString log;
        QSet<QString> orders;
        int runs = 0;
        QSeamstressExplorer explorer;
        explorer.addTask("reader", [&]() -> QSeamstressScript {
            if (waitsFirst)
                co_await writers->future();
            co_await outsiders->future();
            log += 'r';
            co_yield "read";
            log += 'r';
        });
        explorer.addTask("writer", [&]() -> QSeamstressScript {
            log += 'w';
            writers->finish();
            co_yield "first";
            log += 'w';
            outsiders->finish(); // ends the wait in the slow run
            co_yield "second";
            log += 'w';
        });
        explorer.setReset([&] {
            log.clear();
            for (const auto promise : { &writers, &outsiders }) {
                *promise = std::make_shared<QPromise<int>>();
                (*promise)->start();
                (*promise)->addResult(7);
            }
            if (++runs != slow)
                outsiders->finish();
        });
        explorer.setCheck([&] {
            orders.insert(log);
            return true;
        });
        const bool hasPassed = explorer.explore();
        return { hasPassed, explorer.triedOrders() + explorer.infeasibleOrders(), orders };
    };
    const Explored all = explored(0);
    QVERIFY(all.hasPassed);
    QCOMPARE(all.count, waitsFirst ? 9 : 10); // orders of 2 and 3 steps; a blocked reader is a step of its own, but leads to the same log
    QCOMPARE(all.orders.size(), waitsFirst ? 6 : 10);
    const Explored withASlowOne = explored(slowRun);
    QVERIFY(withASlowOne.hasPassed);
    QCOMPARE(withASlowOne.count, all.count);
    QCOMPARE(withASlowOne.orders, all.orders);
}

QTEST_MAIN(TestExploredWaits)
#include "tst_exploredwaits.moc"
