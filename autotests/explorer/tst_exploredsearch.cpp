// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

// Which orders the explorer draws if not all of them fit, and how it simplifies one that fails.

#include <QSeamstressExplorer>
#include <QSeamstressTest>

#include <QRegularExpression>
#include <QScopeGuard>
#include <QSet>
#include <QTest>
#include <QThread>

#include <algorithm>
#include <memory>
#include <mutex>

class TestExploredSearch : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void drawsEverySecondOrder();
    void triesNoOrderTwice_data();
    void triesNoOrderTwice();
    void boundsThePreemptionsOfDrawnOrders();
    void shardsDrawTheSameOrders();
    void addsDrawnRowsLast_data();
    void addsDrawnRowsLast();
    void findsOneBugAmongManyScripts();
    void drawsAmongScriptsThatBlock();
    void reportsTheSimplestOrder_data();
    void reportsTheSimplestOrder();
    void saysWhatItSimplified();
    void simplifiesADeadlock();
    void orderThatCannotBeSimplified();
    void simplificationEnds_data();
    void simplificationEnds();
    void saysWhatWasTriedBeforeAFailure();
};

// The orders of the runs, as the letters of the scripts.
struct Log
{
    QString order;
    QStringList orders; // without the trial run
    int runs = 0;

    void addTo(QSeamstressExplorer &explorer)
    {
        explorer.setReset([this] { order.clear(); });
        explorer.setCheck([this] {
            if (runs++ > 0)
                orders.append(order);
            return true;
        });
    }
};

static QSeamstressScript stepper(Log &log, char letter, int steps)
{
    for (int step = 1; step < steps; ++step) {
        log.order.append(letter);
        co_yield "turn";
    }
    log.order.append(letter);
}

// Three scripts of four steps: 34,650 orders, of which 402 have at most two preemptions.
static void addSteppers(QSeamstressExplorer &explorer, Log &log)
{
    for (const char letter : { 'A', 'B', 'C' })
        explorer.addTask(QString(QLatin1Char(letter)), [&log, letter] { return stepper(log, letter, 4); });
    log.addTo(explorer);
}

static int preemptions(const QString &order)
{
    int count = 0;
    for (qsizetype i = 1; i < order.size(); ++i)
        count += order.at(i) != order.at(i - 1) && order.indexOf(order.at(i - 1), i) >= 0;
    return count;
}

static QStringList ordersOf(int maximumOrders, int maximumPreemptions, quint32 seed = 1)
{
    Log log;
    QSeamstressExplorer explorer;
    addSteppers(explorer, log);
    explorer.setMaximumOrders(maximumOrders);
    explorer.setMaximumPreemptions(maximumPreemptions);
    explorer.setSeed(seed);
    [&] { QVERIFY2(explorer.explore(), qPrintable(explorer.report())); }();
    return log.orders;
}

// The others are those with the fewest preemptions, without the ones that have been drawn already.
void TestExploredSearch::drawsEverySecondOrder()
{
    QStringList simplest = ordersOf(402, 2);
    QCOMPARE(simplest.size(), 402);
    const QStringList orders = ordersOf(1000, -1, 7);
    QCOMPARE(orders.size(), 1000);
    int drawnAmongTheSimplest = 0;
    for (qsizetype number = 0; number < orders.size(); ++number) {
        if (number % 2 == 0 && !simplest.isEmpty())
            QCOMPARE(orders.at(number), simplest.first());
        const bool wasSimple = simplest.removeOne(orders.at(number));
        drawnAmongTheSimplest += number % 2 == 1 && wasSimple;
    }
    QVERIFY(simplest.isEmpty());
    QVERIFY(drawnAmongTheSimplest > 0);
}

void TestExploredSearch::triesNoOrderTwice_data()
{
    QTest::addColumn<int>("maximumOrders");
    QTest::newRow("a-few") << 10;
    QTest::newRow("one-too-few") << 34649;
    QTest::newRow("many") << 10000;
}

void TestExploredSearch::triesNoOrderTwice()
{
    QFETCH(const int, maximumOrders);
    const QStringList orders = ordersOf(maximumOrders, -1);
    QCOMPARE(QSet<QString>(orders.begin(), orders.end()).size(), orders.size());
    // Of the last few orders, not every one may be found within the maximum number of redraws.
    QVERIFY(orders.size() <= maximumOrders);
    QVERIFY(orders.size() >= std::min(maximumOrders, 34000));
}

void TestExploredSearch::boundsThePreemptionsOfDrawnOrders()
{
    const QStringList orders = ordersOf(500, 3);
    QCOMPARE(orders.size(), 500);
    for (const QString &order : orders)
        QVERIFY2(preemptions(order) <= 3, qPrintable(order));
}

// Together, the shards run what one run would have run.
void TestExploredSearch::shardsDrawTheSameOrders()
{
    QStringList expected = ordersOf(1000, -1);
    const auto cleanUp = qScopeGuard([] {
        qunsetenv("QSEAMSTRESS_SHARDS");
        qunsetenv("QSEAMSTRESS_SHARD");
    });
    qputenv("QSEAMSTRESS_SHARDS", "3");
    QStringList orders;
    for (const char *const shard : { "1", "2", "3" }) {
        qputenv("QSEAMSTRESS_SHARD", shard);
        Log log;
        QSeamstressExplorer explorer;
        addSteppers(explorer, log);
        explorer.setMaximumOrders(1000);
        QVERIFY2(explorer.explore(), qPrintable(explorer.report()));
        const QString count = QString::number(log.orders.size());
        QCOMPARE(explorer.report(),
                 QString("Passed: %1 of 34,650 orders, shard %2 of 3; all shards: all orders with at most 2 preemptions (402), and 598 drawn of 34,650 with seed 1; scripts: A (4 steps), B (4 steps), C (4 steps).").arg(count, shard));
        orders += log.orders;
    }
    expected.sort();
    orders.sort();
    QCOMPARE(orders, expected);
}

static QStringList rows;

void TestExploredSearch::addsDrawnRowsLast_data()
{
    Log log;
    QSeamstressExplorer explorer;
    addSteppers(explorer, log);
    explorer.setMaximumOrders(100);
    explorer.addRows();
}

void TestExploredSearch::addsDrawnRowsLast()
{
    QFETCH(const QString, order);
    QString letters;
    for (const QString &step : order.split(' '))
        letters.append(step.at(0));
    rows.append(letters);
    if (rows.size() < 100)
        return;
    const QStringList simplest = ordersOf(66, 1);
    QCOMPARE(rows.first(simplest.size()), simplest);
    QCOMPARE(QSet<QString>(rows.begin(), rows.end()).size(), 100);
}

// Five scripts write two values, and one checks them: the simplest orders alone need 214 orders.
void TestExploredSearch::findsOneBugAmongManyScripts()
{
    QList<qint64> tried;
    for (quint32 seed = 1; seed <= 20; ++seed) {
        int a = 0;
        int b = 0;
        QSeamstressExplorer explorer;
        for (int writer = 0; writer < 5; ++writer) {
            explorer.addTask(QStringLiteral("writer%1").arg(writer), [&]() -> QSeamstressScript {
                a = 1;
                co_yield "b";
                b = -1;
            });
        }
        explorer.addTask("checker", [&]() -> QSeamstressScript {
            co_yield "b";
            if (!((a == 0 && b == 0) || (a == 1 && b == -1)))
                throw std::logic_error("half written");
        });
        explorer.setReset([&] { a = b = 0; });
        explorer.setSeed(seed);
        QVERIFY(!explorer.explore());
        tried.append(explorer.triedOrders());
    }
    std::sort(tried.begin(), tried.end());
    QVERIFY2(tried.at(10) <= 10, qPrintable(QString::number(tried.at(10))));
    QVERIFY2(tried.last() <= 76, qPrintable(QString::number(tried.last())));
}

// What a draw has in mind is not always possible: scripts block, and the number of their steps depends on the order.
void TestExploredSearch::drawsAmongScriptsThatBlock()
{
    if (!QSeamstressThread::isActivityAvailable())
        QSKIP("This system does not report what a thread does.");
    std::mutex mutex;
    int count = 0;
    QSeamstressExplorer explorer;
    for (const char *const name : { "A", "B", "C", "D" }) {
        explorer.addThread(name, [&]() -> QSeamstressScript {
            int seen = 0;
            {
                const std::lock_guard lock(mutex);
                co_yield "locked";
                seen = ++count;
            }
            for (int turn = 0; turn < seen; ++turn)
                co_yield "turn";
        });
    }
    explorer.setReset([&count] { count = 0; });
    explorer.setCheck([&count] { return count == 4; });
    explorer.setMaximumOrders(200);
    QVERIFY2(explorer.explore(), qPrintable(explorer.report()));
    QCOMPARE(explorer.triedOrders() + explorer.infeasibleOrders(), 200);
    QVERIFY(explorer.infeasibleOrders() > 0);
}

// Each of the scripts adds 1 ten times, and its last addition is not atomic.
static void addCounters(QSeamstressExplorer &explorer, int &count)
{
    for (const char *const name : { "A", "B", "C", "D" }) {
        explorer.addTask(name, [&count]() -> QSeamstressScript {
            for (int time = 0; time < 9; ++time) {
                ++count;
                co_yield "added";
            }
            const int read = count;
            co_yield "read";
            count = read + 1;
        });
    }
    explorer.setReset([&count] { count = 0; });
    explorer.setCheck([&count] { return count == 40; });
}

void TestExploredSearch::reportsTheSimplestOrder_data()
{
    QTest::addColumn<quint32>("seed");
    for (quint32 seed = 1; seed <= 20; ++seed)
        QTest::addRow("seed %u", seed) << seed;
}

void TestExploredSearch::reportsTheSimplestOrder()
{
    QFETCH(const quint32, seed);
    int count = 0;
    QSeamstressExplorer explorer;
    addCounters(explorer, count);
    explorer.setSeed(seed);
    QVERIFY(!explorer.explore());
    QCOMPARE(explorer.verdict(), QSeamstressExplorer::CheckFailed);
    QVERIFY2(explorer.report().startsWith("CheckFailed: The check returned false.\nOrder: A>read B>done A>done C>done D>done\n"), qPrintable(explorer.report()));
    QVERIFY(!explorer.run(explorer.failingOrder()));
    QCOMPARE(explorer.verdict(), QSeamstressExplorer::CheckFailed);
}

void TestExploredSearch::saysWhatItSimplified()
{
    int count = 0;
    int runs = 0;
    QSeamstressExplorer explorer;
    addCounters(explorer, count);
    explorer.setCheck([&] {
        ++runs;
        return count == 40;
    });
    QVERIFY(!explorer.explore());
    static const QRegularExpression text("\nSimplified from (\\d+) preemptions to 1, in (\\d+) runs\\.\nTried: (\\d) orders, 1 of them drawn with seed 1\\.\n");
    const QRegularExpressionMatch match = text.match(explorer.report());
    QVERIFY2(match.hasMatch(), qPrintable(explorer.report()));
    QVERIFY2(match.captured(1).toInt() > 1, qPrintable(explorer.report()));
    // Besides, there are the trial run, the simplest order once more, and the run that confirms it.
    QCOMPARE(runs, match.captured(3).toInt() + match.captured(2).toInt() + 3);
}

// A deadlock of two among five, which a few draws find.
void TestExploredSearch::simplifiesADeadlock()
{
    if (!QSeamstressThread::isActivityAvailable())
        QSKIP("This system does not report what a thread does.");
    struct Locks
    {
        std::mutex first;
        std::mutex second;
    };
    std::shared_ptr<Locks> locks;
    QSeamstressExplorer explorer;
    const auto add = [&](const char *name, bool isCrossed) {
        explorer.addThread(name, [&locks, isCrossed]() -> QSeamstressScript {
            const std::shared_ptr<Locks> own = locks;
            for (int turn = 0; turn < 5; ++turn)
                co_yield "turn";
            const std::lock_guard one(isCrossed ? own->second : own->first);
            co_yield "one";
            const std::lock_guard other(isCrossed ? own->first : own->second);
        });
    };
    add("A", false);
    add("B", false);
    add("C", false);
    add("D", true);
    explorer.setReset([&locks] { locks = std::make_shared<Locks>(); });
    explorer.setSeed(3);
    QVERIFY(!explorer.explore());
    QCOMPARE(explorer.verdict(), QSeamstressExplorer::Deadlock);
    QVERIFY2(explorer.report().contains("Simplified from ") && explorer.report().contains(" preemptions to 1, in "), qPrintable(explorer.report()));
}

// It fails only if B continues before A at its end, where no script is preempted. A simplified order continues with A there.
void TestExploredSearch::orderThatCannotBeSimplified()
{
    static const QRegularExpression pattern("[AB]C+B+A+$");
    Log log;
    QString failing;
    QSeamstressExplorer explorer;
    addSteppers(explorer, log);
    explorer.setCheck([&] {
        if (failing.isEmpty() && preemptions(log.order) > 2 && pattern.match(log.order).hasMatch())
            failing = log.order;
        return log.order != failing;
    });
    QVERIFY(!explorer.explore());
    QCOMPARE(explorer.verdict(), QSeamstressExplorer::CheckFailed);
    QVERIFY2(!explorer.report().contains("\nSimplified"), qPrintable(explorer.report()));
    QVERIFY(!explorer.run(explorer.failingOrder()));
}

void TestExploredSearch::simplificationEnds_data()
{
    QTest::addColumn<int>("timeout");
    QTest::addColumn<int>("duration"); // of one run, ms
    QTest::addColumn<int>("runs");
    QTest::newRow("after-a-time") << 100 << 20 << 5;
    QTest::newRow("after-a-hundred-runs") << -1 << 0 << 100;
}

// It fails in one order only, so each attempt is in vain.
void TestExploredSearch::simplificationEnds()
{
    QFETCH(const int, timeout);
    QFETCH(const int, duration);
    QFETCH(const int, runs);
    Log log;
    QString failing;
    int runsAfterwards = 0;
    QSeamstressExplorer explorer;
    for (const char letter : { 'A', 'B', 'C', 'D' })
        explorer.addTask(QString(QLatin1Char(letter)), [&log, letter] { return stepper(log, letter, 30); });
    explorer.setReset([&log] { log.order.clear(); });
    explorer.setCheck([&] {
        if (!failing.isEmpty()) {
            ++runsAfterwards;
            QThread::msleep(static_cast<unsigned long>(duration));
        } else if (preemptions(log.order) > 20) {
            failing = log.order;
        }
        return log.order != failing;
    });
    explorer.setTimeout(timeout);
    QVERIFY(!explorer.explore());
    QCOMPARE(explorer.verdict(), QSeamstressExplorer::CheckFailed);
    QVERIFY2(!explorer.report().contains("\nSimplified"), qPrintable(explorer.report()));
    QVERIFY(runsAfterwards > 1);
    QVERIFY2(runsAfterwards <= runs + 2, qPrintable(QString::number(runsAfterwards)));
}

void TestExploredSearch::saysWhatWasTriedBeforeAFailure()
{
    Log log;
    int runs = 0;
    QSeamstressExplorer explorer;
    addSteppers(explorer, log);
    explorer.setCheck([&runs] { return ++runs < 100; });
    explorer.setSeed(5);
    QVERIFY(!explorer.explore());
    QVERIFY2(explorer.report().contains("\nTried: 99 of 34,650 orders, 49 of them drawn with seed 5.\n"), qPrintable(explorer.report()));
}

QTEST_GUILESS_MAIN(TestExploredSearch)
#include "tst_exploredsearch.moc"
