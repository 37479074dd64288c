// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

// How the explorer simplifies an order that was drawn and fails.

#include <QSeamstressExplorer>
#include <QSeamstressTest>

#include <QRegularExpression>
#include <QScopeGuard>
#include <QTest>
#include <QThread>

#include <memory>
#include <mutex>
#include <stdexcept>

#include "steppers.h"

class TestSimplifiedOrders : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void reportsTheSimplestOrder_data();
    void reportsTheSimplestOrder();
    void saysWhatItSimplified();
    void simplifiesADeadlock();
    void orderThatCannotBeSimplified();
    void simplifiesInAShard();
    void keepsTheKindOfException();
    void simplificationEnds_data();
    void simplificationEnds();
};

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

void TestSimplifiedOrders::reportsTheSimplestOrder_data()
{
    QTest::addColumn<quint32>("seed");
    for (quint32 seed = 1; seed <= 20; ++seed)
        QTest::addRow("seed %u", seed) << seed;
}

void TestSimplifiedOrders::reportsTheSimplestOrder()
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

void TestSimplifiedOrders::saysWhatItSimplified()
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

struct Locks
{
    std::mutex first;
    std::mutex second;
};

static QSeamstressScript holdBoth(std::shared_ptr<Locks> locks, bool isCrossed)
{
    for (int turn = 0; turn < 5; ++turn)
        co_yield "turn";
    const std::lock_guard one(isCrossed ? locks->second : locks->first);
    co_yield "one";
    const std::lock_guard other(isCrossed ? locks->first : locks->second);
}

// A deadlock of D with one of the others, which a few draws find.
void TestSimplifiedOrders::simplifiesADeadlock()
{
    if (!QSeamstressThread::isActivityAvailable())
        QSKIP("This system does not report what a thread does.");
    std::shared_ptr<Locks> locks;
    QSeamstressExplorer explorer;
    for (const char *const name : { "A", "B", "C", "D" })
        explorer.addThread(name, [&locks, isCrossed = *name == 'D'] { return holdBoth(locks, isCrossed); });
    explorer.setReset([&locks] { locks = std::make_shared<Locks>(); });
    explorer.setSeed(3);
    QVERIFY(!explorer.explore());
    QCOMPARE(explorer.verdict(), QSeamstressExplorer::Deadlock);
    QVERIFY2(explorer.report().contains("Simplified from ") && explorer.report().contains(" preemptions to 1, in "), qPrintable(explorer.report()));
}

// It fails only if B continues before A at its end, where no script is preempted. A simplified order continues with A there.
void TestSimplifiedOrders::orderThatCannotBeSimplified()
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

void TestSimplifiedOrders::simplifiesInAShard()
{
    const auto cleanUp = qScopeGuard([] {
        qunsetenv("QSEAMSTRESS_SHARDS");
        qunsetenv("QSEAMSTRESS_SHARD");
    });
    qputenv("QSEAMSTRESS_SHARDS", "3");
    for (const char *const shard : { "1", "2", "3" }) {
        qputenv("QSEAMSTRESS_SHARD", shard);
        int count = 0;
        QSeamstressExplorer explorer;
        addCounters(explorer, count);
        QVERIFY(!explorer.explore());
        QVERIFY2(explorer.report().startsWith("CheckFailed: The check returned false.\nOrder: A>read B>done A>done C>done D>done\n"), qPrintable(explorer.report()));
    }
}

// A simpler order that throws something else is another failure.
void TestSimplifiedOrders::keepsTheKindOfException()
{
    for (quint32 seed = 1; seed <= 10; ++seed) {
        Log log;
        QSeamstressExplorer explorer;
        addSteppers(explorer, log);
        bool isWanted = false;
        explorer.setCheck([&] {
            if (log.order.contains("ABAB") || log.order.contains("CBCB")) {
                isWanted = true;
                throw std::runtime_error("interleaved");
            }
            if (isWanted && preemptions(log.order) > 0)
                throw std::logic_error("preempted");
            return true;
        });
        explorer.setMaximumOrders(1000);
        explorer.setSeed(seed);
        QVERIFY(!explorer.explore());
        QVERIFY2(explorer.report().startsWith("ExceptionThrown: The check threw std::runtime_error: interleaved\n"), qPrintable(explorer.report()));
    }
}

void TestSimplifiedOrders::simplificationEnds_data()
{
    QTest::addColumn<int>("timeout");
    QTest::addColumn<int>("duration"); // of one run, ms
    QTest::addColumn<int>("runs");
    const double factor = qEnvironmentVariable("QSEAMSTRESS_TIMEOUT_FACTOR", "1").toDouble();
    QTest::newRow("after-a-time") << 100 << static_cast<int>(20 * factor) << 5;
    QTest::newRow("after-a-hundred-runs") << -1 << 0 << 100;
}

// It fails in one order only, so each attempt is in vain.
void TestSimplifiedOrders::simplificationEnds()
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

QTEST_GUILESS_MAIN(TestSimplifiedOrders)
#include "tst_simplifiedorders.moc"
