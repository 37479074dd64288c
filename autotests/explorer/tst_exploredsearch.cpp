// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

// Which orders the explorer draws if not all of them fit.

#include <QSeamstressExplorer>
#include <QSeamstressTest>

#include <QRegularExpression>
#include <QScopeGuard>
#include <QSet>
#include <QTest>

#include <algorithm>
#include <mutex>
#include <stdexcept>

#include "steppers.h"

class TestExploredSearch : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void drawsEverySecondOrder();
    void triesNoOrderTwice_data();
    void triesNoOrderTwice();
    void boundsThePreemptionsOfDrawnOrders();
    void spreadsThePreemptionsOfDrawnOrders();
    void coversWhatItSaysIfStepsDependOnTheOrder_data();
    void coversWhatItSaysIfStepsDependOnTheOrder();
    void triesAllIfThereAreFewerThanTheTrialRunPromised();
    void saysThatTheMaximumCutItOff();
    void shardsDrawTheSameOrders();
    void addsDrawnRowsLast_data();
    void addsDrawnRowsLast();
    void findsOneBugAmongManyScripts();
    void drawsAmongScriptsThatBlock();
    void saysWhatWasTriedBeforeAFailure();
};

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
    const QStringList orders = ordersOf(1000, -1, 2);
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

// Otherwise, all preemptions that are allowed would come at the beginning.
void TestExploredSearch::spreadsThePreemptionsOfDrawnOrders()
{
    Log log;
    QSeamstressExplorer explorer;
    for (const char letter : { 'A', 'B' })
        explorer.addTask(QString(QLatin1Char(letter)), [&log, letter] { return stepper(log, letter, 100); });
    log.addTo(explorer);
    explorer.setMaximumOrders(1000);
    explorer.setMaximumPreemptions(2);
    QVERIFY2(explorer.explore(), qPrintable(explorer.report()));
    QCOMPARE(log.orders.size(), 1000);
    int late = 0;
    for (const QString &order : std::as_const(log.orders))
        late += preemptions(order) == 2 && preemptions(order.mid(100)) > 0;
    QVERIFY2(late > 200, qPrintable(QString::number(late)));
}

// Scripts whose number of steps depends on which of them is the first.
struct Dependence
{
    QByteArray letters;
    char first;
    int stepsAfterIt; // of each script, if this one is the first
    int steps; // otherwise
};
static const Dependence longAfterC{ "ABC", 'C', 8, 3 };
static const Dependence longAfterA{ "AB", 'A', 4, 2 };

static QSeamstressScript dependentStepper(Log &log, char letter, const Dependence &dependence)
{
    log.order.append(letter);
    co_yield "turn";
    for (int step = 2; step < (log.order.front() == dependence.first ? dependence.stepsAfterIt : dependence.steps); ++step) {
        log.order.append(letter);
        co_yield "turn";
    }
    log.order.append(letter);
}

static void addDependentSteppers(QSeamstressExplorer &explorer, Log &log, const Dependence &dependence)
{
    for (const char letter : dependence.letters)
        explorer.addTask(QString(QLatin1Char(letter)), [&log, letter, &dependence] { return dependentStepper(log, letter, dependence); });
    log.addTo(explorer);
}

void TestExploredSearch::coversWhatItSaysIfStepsDependOnTheOrder_data()
{
    QTest::addColumn<int>("maximumOrders");
    for (const int maximumOrders : { 20, 60, 300, 1679, 3000 })
        QTest::addRow("%d", maximumOrders) << maximumOrders;
}

void TestExploredSearch::coversWhatItSaysIfStepsDependOnTheOrder()
{
    QFETCH(const int, maximumOrders);
    Log log;
    QSeamstressExplorer explorer;
    addDependentSteppers(explorer, log, longAfterC);
    explorer.setMaximumOrders(maximumOrders);
    QVERIFY2(explorer.explore(), qPrintable(explorer.report()));
    QCOMPARE(log.orders.size(), maximumOrders);
    static const QRegularExpression text("^Passed: all orders with at most (\\d+) preemptions? \\((\\d+)\\)");
    const QRegularExpressionMatch match = text.match(explorer.report());
    QVERIFY2(match.hasMatch(), qPrintable(explorer.report()));

    Log all;
    QSeamstressExplorer whole;
    addDependentSteppers(whole, all, longAfterC);
    whole.setMaximumOrders(100'000);
    whole.setMaximumPreemptions(match.captured(1).toInt());
    QVERIFY2(whole.explore(), qPrintable(whole.report()));
    QCOMPARE(all.orders.size(), match.captured(2).toInt());
    const QSet<QString> run(log.orders.begin(), log.orders.end());
    QCOMPARE(run.size(), maximumOrders);
    QVERIFY(run.contains(QSet<QString>(all.orders.begin(), all.orders.end())));
}

// 38 orders, where the trial run promises 70. Draws that repeat an order end after a while, and the simplest orders continue.
void TestExploredSearch::triesAllIfThereAreFewerThanTheTrialRunPromised()
{
    Log log;
    QSeamstressExplorer explorer;
    addDependentSteppers(explorer, log, longAfterA);
    explorer.setMaximumOrders(50);
    QVERIFY2(explorer.explore(), qPrintable(explorer.report()));
    QCOMPARE(QSet<QString>(log.orders.begin(), log.orders.end()).size(), 38);
    QCOMPARE(explorer.triedOrders(), 38);
    QVERIFY2(log.runs < 300, qPrintable(QString::number(log.runs)));
    QVERIFY2(explorer.report().startsWith("Passed: 38 orders, "), qPrintable(explorer.report()));
}

// All orders fit according to the trial run, but there are more.
void TestExploredSearch::saysThatTheMaximumCutItOff()
{
    Log log;
    QSeamstressExplorer explorer;
    addDependentSteppers(explorer, log, longAfterC);
    explorer.setMaximumOrders(2000);
    QVERIFY2(explorer.explore(), qPrintable(explorer.report()));
    QCOMPARE(log.orders.size(), 2000);
    QVERIFY2(explorer.report().startsWith("Passed: all orders with at most 2 preemptions (802), and 1,198 more; "), qPrintable(explorer.report()));
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
