// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

// Which orders the explorer tries, and what it reports.

#include <QSeamstressExplorer>
#include <QSeamstressTest>

#include <QtTest/QTest>

#include <QSet>
#include <QSignalSpy>

#include <condition_variable>
#include <mutex>
#include <optional>
#include <stdexcept>

class TestQSeamstressExplorer : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void triesEachOrderOnce_data();
    void triesEachOrderOnce();
    void triesFewPreemptionsFirst();
    void boundsPreemptions_data();
    void boundsPreemptions();
    void drawsASample();
    void findsALostUpdate_data();
    void findsALostUpdate();
    void runsAPrefix();
    void namesPoints();
    void tellsWhatWasThrown();
    void stepsMayDependOnTheOrder();
    void sampledOrders_data();
    void sampledOrders();
    void isNotDeterministic();
    void progresses();
};

// Records which script takes each step. Runs that the explorer adds, such as the trial run, are recognised by their position.
class Log
{
public:
    void reset() { m_order.clear(); }
    void step(char script)
    {
        const std::lock_guard lock(m_mutex);
        m_order.append(script);
    }
    bool check()
    {
        m_orders.append(m_order);
        return true;
    }
    const QStringList &orders() const { return m_orders; }

private:
    std::mutex m_mutex;
    QString m_order;
    QStringList m_orders;
};

// A script with the given number of steps.
static QSeamstressScript stepper(Log &log, char script, int steps)
{
    for (int step = 1; step < steps; ++step) {
        log.step(script);
        co_yield "point " + QString::number(step);
    }
    log.step(script);
}

static void addSteppers(QSeamstressExplorer &explorer, Log &log, bool areThreads, const QList<int> &steps)
{
    for (int index = 0; index < steps.size(); ++index) {
        const char script = static_cast<char>('A' + index);
        const auto run = [&log, script, count = steps.at(index)] { return stepper(log, script, count); };
        areThreads ? explorer.addThread(QString(QLatin1Char(script)), run) : explorer.addTask(QString(QLatin1Char(script)), run);
    }
    explorer.setReset([&log] { log.reset(); });
    explorer.setCheck([&log] { return log.check(); });
}

void TestQSeamstressExplorer::triesEachOrderOnce_data()
{
    QTest::addColumn<bool>("areThreads");
    QTest::addColumn<QList<int>>("steps");
    QTest::addColumn<int>("count");
    for (const bool areThreads : { false, true }) {
        const char *const kind = areThreads ? "threads" : "tasks";
        QTest::addRow("%s-1", kind) << areThreads << QList<int>{ 1 } << 1;
        QTest::addRow("%s-2x3", kind) << areThreads << QList<int>{ 3, 3 } << 20;
        QTest::addRow("%s-2x4", kind) << areThreads << QList<int>{ 4, 4 } << 70;
        QTest::addRow("%s-2x5", kind) << areThreads << QList<int>{ 5, 5 } << 252;
        QTest::addRow("%s-3x3", kind) << areThreads << QList<int>{ 3, 3, 3 } << 1680;
        QTest::addRow("%s-3x4", kind) << areThreads << QList<int>{ 4, 4, 4 } << 34650;
        QTest::addRow("%s-1,2,3", kind) << areThreads << QList<int>{ 1, 2, 3 } << 60;
    }
}

void TestQSeamstressExplorer::triesEachOrderOnce()
{
    QFETCH(const bool, areThreads);
    QFETCH(const QList<int>, steps);
    QFETCH(const int, count);

    Log log;
    QSeamstressExplorer explorer;
    addSteppers(explorer, log, areThreads, steps);
    explorer.setMaximumOrders(40000);
    QVERIFY2(explorer.explore(), qPrintable(explorer.report()));
    QCOMPARE(explorer.totalOrders(), count);
    QCOMPARE(explorer.triedOrders(), count);
    QCOMPARE(explorer.infeasibleOrders(), 0);
    QStringList orders = log.orders();
    orders.removeFirst(); // the trial run
    QCOMPARE(orders.size(), count);
    QCOMPARE(QSet<QString>(orders.begin(), orders.end()).size(), count);
}

static int preemptions(const QString &order)
{
    int count = 0;
    for (qsizetype i = 1; i < order.size(); ++i)
        count += order.at(i) != order.at(i - 1) && order.indexOf(order.at(i - 1), i) >= 0;
    return count;
}

void TestQSeamstressExplorer::triesFewPreemptionsFirst()
{
    Log log;
    QSeamstressExplorer explorer;
    addSteppers(explorer, log, false, { 3, 3, 2 });
    QVERIFY2(explorer.explore(), qPrintable(explorer.report()));
    QStringList orders = log.orders();
    orders.removeFirst();
    QCOMPARE(orders.size(), 560);
    for (qsizetype i = 1; i < orders.size(); ++i)
        QVERIFY2(preemptions(orders.at(i - 1)) <= preemptions(orders.at(i)), qPrintable(orders.at(i)));
    QCOMPARE(explorer.report(), "Passed: 560 of 560 orders; scripts: A (3 steps), B (3 steps), C (2 steps).");
}

void TestQSeamstressExplorer::boundsPreemptions_data()
{
    QTest::addColumn<QList<int>>("steps");
    QTest::addColumn<int>("maximum");
    QTest::addColumn<int>("count");
    QTest::addColumn<QString>("report");
    QTest::newRow("2x5-none") << QList<int>{ 5, 5 } << 0 << 2 << "Passed: all orders with at most 0 preemptions (2 of 252); scripts: A (5 steps), B (5 steps).";
    QTest::newRow("2x5-one") << QList<int>{ 5, 5 } << 1 << 10 << "Passed: all orders with at most 1 preemption (10 of 252); scripts: A (5 steps), B (5 steps).";
    QTest::newRow("2x5-two") << QList<int>{ 5, 5 } << 2 << 42 << "Passed: all orders with at most 2 preemptions (42 of 252); scripts: A (5 steps), B (5 steps).";
    QTest::newRow("2x5-more-than-there-are") << QList<int>{ 5, 5 } << 100 << 252 << "Passed: 252 of 252 orders; scripts: A (5 steps), B (5 steps).";
    QTest::newRow("3x4-two") << QList<int>{ 4, 4, 4 } << 2 << 402 << "Passed: all orders with at most 2 preemptions (402 of 34,650); scripts: A (4 steps), B (4 steps), C (4 steps).";
}

void TestQSeamstressExplorer::boundsPreemptions()
{
    QFETCH(const QList<int>, steps);
    QFETCH(const int, maximum);
    QFETCH(const int, count);
    QFETCH(const QString, report);

    Log log;
    QSeamstressExplorer explorer;
    addSteppers(explorer, log, false, steps);
    explorer.setMaximumPreemptions(maximum);
    QVERIFY2(explorer.explore(), qPrintable(explorer.report()));
    QStringList orders = log.orders();
    orders.removeFirst();
    QCOMPARE(orders.size(), count);
    QCOMPARE(QSet<QString>(orders.begin(), orders.end()).size(), count);
    for (const QString &order : std::as_const(orders))
        QVERIFY2(preemptions(order) <= maximum, qPrintable(order));
    QCOMPARE(explorer.report(), report);
}

void TestQSeamstressExplorer::drawsASample()
{
    QStringList first;
    for (const quint32 seed : { 7U, 7U, 8U }) {
        Log log;
        QSeamstressExplorer explorer;
        addSteppers(explorer, log, false, { 4, 4, 4 });
        explorer.setMaximumOrders(1000);
        explorer.setSeed(seed);
        QVERIFY2(explorer.explore(), qPrintable(explorer.report()));
        QStringList orders = log.orders();
        orders.removeFirst();
        QCOMPARE(orders.size(), 1000);
        QCOMPARE(QSet<QString>(orders.begin(), orders.end()).size(), 1000);
        QCOMPARE(explorer.report(),
                 QString("Passed: all orders with at most 2 preemptions (402), and 598 drawn of 34,650 with seed %1; scripts: A (4 steps), B (4 steps), C (4 steps).").arg(seed));
        if (first.isEmpty())
            first = orders;
        QCOMPARE(orders == first, seed == 7);
    }
}

void TestQSeamstressExplorer::findsALostUpdate_data()
{
    QTest::addColumn<bool>("areThreads");
    QTest::newRow("tasks") << false;
    QTest::newRow("threads") << true;
}

void TestQSeamstressExplorer::findsALostUpdate()
{
    QFETCH(const bool, areThreads);

    int balance = 0;
    const auto deposit = [&balance]() -> QSeamstressScript {
        const int read = balance;
        co_yield "read";
        balance = read + 1;
    };
    QSeamstressExplorer explorer;
    for (const QString name : { "A", "B" })
        areThreads ? explorer.addThread(name, deposit) : explorer.addTask(name, deposit);
    explorer.setReset([&balance] { balance = 0; });
    explorer.setCheck([&balance] { return balance == 2; });

    QVERIFY(!explorer.explore());
    QCOMPARE(explorer.verdict(), QSeamstressExplorer::CheckFailed);
    QCOMPARE(explorer.failingOrder(), "A>read B>read B>done A>done");
    QCOMPARE(explorer.totalOrders(), 6);
    QVERIFY2(explorer.report().startsWith("CheckFailed: The check returned false.\n"
                                          "Order: A>read B>read B>done A>done\n"
                                          "Timeline:\n"
                                          "  A                 B\n"
                                          "  paused at \"read\"\n"
                                          "                    paused at \"read\"\n"
                                          "                    ended\n"
                                          "  ended\n"
                                          "Tried: "),
             qPrintable(explorer.report()));

    for (int time = 0; time < 100; ++time) {
        QVERIFY(!explorer.run("A>read B>read B>done A>done"));
        QCOMPARE(explorer.verdict(), QSeamstressExplorer::CheckFailed);
    }
    QVERIFY2(explorer.run("A>read A>done B>read B>done"), qPrintable(explorer.report()));
    QVERIFY2(explorer.run("A>done B>done"), qPrintable(explorer.report()));
    QCOMPARE(explorer.verdict(), QSeamstressExplorer::Passed);
    QVERIFY(explorer.failingOrder().isEmpty());
}

void TestQSeamstressExplorer::runsAPrefix()
{
    Log log;
    QSeamstressExplorer explorer;
    addSteppers(explorer, log, false, { 3, 3 });
    QVERIFY2(explorer.run("B>point 1"), qPrintable(explorer.report()));
    QCOMPARE(log.orders().last(), "BAAABB");
    QCOMPARE(explorer.report(), "Passed: B>point 1 A>point 1 A>point 2 A>done B>point 2 B>done");
    QVERIFY2(explorer.run("B>point 2 A>done"), qPrintable(explorer.report())); // passes "point 1"
    QCOMPARE(log.orders().last(), "BBAAAB");
    QVERIFY2(explorer.run({}), qPrintable(explorer.report()));
    QCOMPARE(log.orders().last(), "AAABBB");
}

void TestQSeamstressExplorer::namesPoints()
{
    QSeamstressExplorer explorer;
    explorer.addTask("loop", []() -> QSeamstressScript {
        for (int i = 0; i < 3; ++i)
            co_yield "turn";
        co_yield QSeamstress::Pause();
        co_yield "last one";
        co_yield QSeamstress::Pause();
    });
    QVERIFY(explorer.run({}));
    QCOMPARE(explorer.report(), "Passed: loop>turn loop>turn#2 loop>turn#3 loop>#1 loop>last one loop>#2 loop>done");
    QVERIFY2(explorer.run("loop>turn#3 loop>#2"), qPrintable(explorer.report()));
    QVERIFY2(explorer.run("loop>turn#1 loop>#1"), qPrintable(explorer.report()));
}

void TestQSeamstressExplorer::tellsWhatWasThrown()
{
    bool isWritten = false;
    QSeamstressExplorer explorer;
    explorer.addTask("writer", [&isWritten]() -> QSeamstressScript {
        co_yield "begun";
        isWritten = true;
    });
    explorer.addTask("reader", [&isWritten]() -> QSeamstressScript {
        if (!isWritten)
            throw std::runtime_error("read too early");
        co_return;
    });
    explorer.setReset([&isWritten] { isWritten = false; });
    QVERIFY(!explorer.explore());
    QCOMPARE(explorer.verdict(), QSeamstressExplorer::ExceptionThrown);
    QCOMPARE(explorer.failingOrder(), "reader>done writer>begun writer>done");
    QVERIFY2(explorer.report().startsWith("ExceptionThrown: \"reader\" threw std::runtime_error before its first pause point: read too early\n"), qPrintable(explorer.report()));
    QVERIFY2(explorer.report().contains("threw std::runtime_error\n"), qPrintable(explorer.report()));
}

// The second script to get there has one more step.
void TestQSeamstressExplorer::stepsMayDependOnTheOrder()
{
    int ended = 0;
    QSet<QString> orders;
    QString order;
    QSeamstressExplorer explorer;
    for (const QString name : { "A", "B" }) {
        explorer.addTask(name, [&ended, &order, name]() -> QSeamstressScript {
            order += name;
            co_yield "begun";
            order += name;
            if (ended++ > 0)
                co_yield "second";
            order += name;
        });
    }
    explorer.setReset([&] {
        ended = 0;
        order.clear();
    });
    explorer.setCheck([&] {
        orders.insert(order);
        return true;
    });
    QVERIFY2(explorer.explore(), qPrintable(explorer.report()));
    QCOMPARE(explorer.totalOrders(), -1);
    // The first script to make its second step has two steps, the other one has three, the first of which is in any of three places.
    QCOMPARE(explorer.triedOrders(), 6);
    QCOMPARE(orders, QSet<QString>({ "AAABBB", "ABAABB", "BAAABB", "BBBAAA", "BABBAA", "ABBBAA" }));
}

// Scripts whose number of steps depends on the order. A random order may then not fit, which is not an error.
static void addFirstOne(QSeamstressExplorer &explorer, const QString &kind, std::optional<int> &ended)
{
    for (const QString name : { "A", "B", "C" }) {
        const auto script = [&ended]() -> QSeamstressScript {
            co_yield "begun";
            co_yield "half-way";
            if ((*ended)++ > 0) {
                co_yield "second";
                co_yield "still";
            }
        };
        kind == "task" ? explorer.addTask(name, script) : explorer.addThread(name, script);
    }
    explorer.setReset([&ended] { ended = 0; });
}

struct Buffer
{
    void put(int value)
    {
        std::unique_lock lock(mutex);
        while (content)
            isEmpty.wait(lock);
        content = value;
        isFull.notify_one();
    }
    int take()
    {
        std::unique_lock lock(mutex);
        while (!content)
            isFull.wait(lock);
        const int value = *std::exchange(content, {});
        isEmpty.notify_one();
        return value;
    }

    std::mutex mutex;
    std::condition_variable isEmpty;
    std::condition_variable isFull;
    std::optional<int> content;
};

static void addBuffer(QSeamstressExplorer &explorer, std::optional<Buffer> &buffer, int &sum)
{
    for (const QString name : { "put1", "put2" }) {
        explorer.addThread(name, [&buffer]() -> QSeamstressScript {
            for (int value : { 1, 2 }) {
                co_yield "puts";
                buffer->put(value);
            }
        });
    }
    for (const QString name : { "take1", "take2" }) {
        explorer.addThread(name, [&buffer, &sum]() -> QSeamstressScript {
            for (int time = 0; time < 2; ++time) {
                co_yield "takes";
                sum += buffer->take();
            }
        });
    }
    explorer.setReset([&buffer, &sum] {
        buffer.emplace();
        sum = 0;
    });
    explorer.setCheck([&sum] { return sum == 6; });
}

void TestQSeamstressExplorer::sampledOrders_data()
{
    QTest::addColumn<QString>("kind");
    QTest::addColumn<int>("orders");
    QTest::newRow("tasks") << "task" << 20;
    QTest::newRow("many-tasks") << "task" << 3000;
    QTest::newRow("threads") << "thread" << 20;
    QTest::newRow("buffer-with-two-conditions") << "buffer" << 400;
}

void TestQSeamstressExplorer::sampledOrders()
{
    QFETCH(const QString, kind);
    QFETCH(const int, orders);

    std::optional<int> ended;
    std::optional<Buffer> buffer;
    int sum = 0;
    if (kind == "buffer" && !QSeamstressThread::isActivityAvailable())
        QSKIP("This system does not report what a thread does.");
    for (const int preemptions : { -1, 0, 1 }) {
        for (const quint32 seed : { 1, 2, 3 }) {
            QSeamstressExplorer explorer;
            kind == "buffer" ? addBuffer(explorer, buffer, sum) : addFirstOne(explorer, kind, ended);
            explorer.setMaximumOrders(orders);
            explorer.setMaximumPreemptions(preemptions);
            explorer.setSeed(seed);
            QVERIFY2(explorer.explore(), qPrintable(explorer.report()));
            if (kind == "buffer")
                break; // it is slow
        }
    }
}

void TestQSeamstressExplorer::isNotDeterministic()
{
    int runs = 0;
    QSeamstressExplorer explorer;
    explorer.addTask("A", [&runs]() -> QSeamstressScript {
        ++runs;
        if (runs % 2 == 1)
            co_yield "odd";
        else
            co_yield "even";
    });
    explorer.setCheck([] { return false; });
    QVERIFY(!explorer.explore());
    QCOMPARE(explorer.verdict(), QSeamstressExplorer::NotDeterministic);
    QVERIFY2(explorer.report().contains("The first run had A>odd where the second run had A>even."), qPrintable(explorer.report()));
}

void TestQSeamstressExplorer::progresses()
{
    Log log;
    QSeamstressExplorer explorer;
    addSteppers(explorer, log, false, { 3, 3 });
    QSignalSpy spy(&explorer, &QSeamstressExplorer::progressed);
    QVERIFY(explorer.explore());
    QVERIFY(!spy.isEmpty());
    QCOMPARE(spy.last(), (QVariantList{ 20LL, 20LL }));
}

QTEST_MAIN(TestQSeamstressExplorer)
#include "tst_qseamstressexplorer.moc"
