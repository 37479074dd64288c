// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

// Invalid input for an explorer: each error message ends with the cure.

#include <QSeamstressExplorer>
#include <QSeamstressTest>

#include <QtTest/QTest>

#include <QPointer>
#include <QRegularExpression>
#include <QScopeGuard>

#include <semaphore>
#include <stdexcept>
#include <thread>
#include <utility>

#include "../shared/overheardmessage.h"

class TestExplorerMisuse : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void noScripts();
    void scriptName_data();
    void scriptName();
    void pointName_data();
    void pointName();
    void order_data();
    void order();
    void settings_data();
    void settings();
    void shards_data();
    void shards();
    void orderOfTheEnvironment();
    void plainCodeInATask();
    void callsItself();
    void deletedInASlot();
    void fromAnotherThread();
    void resetThrows_data();
    void resetThrows();
    void checkThrows();
    void stepOfATaskThatBlocks();
};

static QSeamstressScript oneStep()
{
    co_return;
}

static QSeamstressScript twoSteps()
{
    co_yield "read";
}

static void ignoreWarning(const char *function, const QString &text)
{
    QTest::ignoreMessage(QtWarningMsg, qPrintable(QString("QSeamstressExplorer::%1: %2.").arg(QLatin1String(function), text)));
}

static void verifyRefused(QSeamstressExplorer &explorer, const char *function, const QString &text)
{
    ignoreWarning(function, text);
    QVERIFY(!explorer.explore());
    QCOMPARE(explorer.verdict(), QSeamstressExplorer::InvalidOrder);
    QCOMPARE(explorer.report(), text);
}

void TestExplorerMisuse::noScripts()
{
    QSeamstressExplorer explorer;
    verifyRefused(explorer, "explore", "the explorer has no scripts; call addThread(), addTask() or addProcess() first");
}

void TestExplorerMisuse::scriptName_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<QString>("text");
    QTest::newRow("empty") << ""
                           << "a script needs a name, so that orders can refer to it";
    QTest::newRow("space") << "a b"
                           << "the name \"a b\" contains white space or a '>', which separate the parts of an order; choose another name";
    QTest::newRow("arrow") << "a>b"
                           << "the name \"a>b\" contains white space or a '>', which separate the parts of an order; choose another name";
    QTest::newRow("line-break") << "a\nb"
                                << "the name \"a\nb\" contains white space or a '>', which separate the parts of an order; choose another name";
    QTest::newRow("twice") << "taken"
                           << "there is already a script named \"taken\"; choose another name";
}

void TestExplorerMisuse::scriptName()
{
    QFETCH(const QString, name);
    QFETCH(const QString, text);
    QSeamstressExplorer explorer;
    explorer.addTask("taken", oneStep);
    ignoreWarning("addTask", text);
    explorer.addTask(name, oneStep);
    verifyRefused(explorer, "explore", text); // the explorer does not silently run without that script
    QCOMPARE(explorer.triedOrders(), 0);
    QCOMPARE(explorer.totalOrders(), -1);
}

void TestExplorerMisuse::pointName_data()
{
    QTest::addColumn<QString>("point");
    QTest::addColumn<QString>("text");
    QTest::newRow("done") << "done"
                          << "A: the name of the pause point \"done\" is reserved: an order uses \"done\" for the end of a script and \"blocked\" for a blocked script; choose another name";
    QTest::newRow("blocked") << "blocked"
                             << "A: the name of the pause point \"blocked\" is reserved: an order uses \"done\" for the end of a script and \"blocked\" for a blocked script; choose another name";
    QTest::newRow("arrow") << "a>b"
                           << "A: the name of the pause point \"a>b\" contains a '>' or a '#', which have a special meaning in an order; choose another name";
    QTest::newRow("begins-with-a-space") << " a"
                                         << "A: the name of the pause point \" a\" begins or ends with white space, which separates the steps of an order; choose another name";
    QTest::newRow("ends-with-a-space") << "a "
                                       << "A: the name of the pause point \"a \" begins or ends with white space, which separates the steps of an order; choose another name";
    QTest::newRow("number") << "a#2"
                            << "A: the name of the pause point \"a#2\" contains a '>' or a '#', which have a special meaning in an order; choose another name";
}

void TestExplorerMisuse::pointName()
{
    QFETCH(const QString, point);
    QFETCH(const QString, text);
    QSeamstressExplorer explorer;
    explorer.addTask("A", [point]() -> QSeamstressScript { co_yield QSeamstress::Pause(point); });
    verifyRefused(explorer, "explore", text);
    ignoreWarning("run", text);
    QVERIFY(!explorer.run("A>done"));
    QCOMPARE(explorer.verdict(), QSeamstressExplorer::InvalidOrder);
}

void TestExplorerMisuse::order_data()
{
    QTest::addColumn<QString>("order");
    QTest::addColumn<QString>("text");
    QTest::newRow("no-step") << "nonsense"
                             << "The order \"nonsense\" cannot be read: \"nonsense\" does not begin with a step; a step is the name of a script, a '>', and a pause point, \"done\" or \"blocked\". The scripts are A, B.";
    QTest::newRow("unknown-script") << "C>read"
                                    << "The order \"C>read\" cannot be read: \"C>read\" does not begin with a step; a step is the name of a script, a '>', and a pause point, \"done\" or \"blocked\". The scripts are A, B.";
    QTest::newRow("no-point") << "A> B>read"
                              << "The order \"A> B>read\" cannot be read: the step \"A>\" has nothing after the '>'; add a pause point, \"done\" or \"blocked\".";
    QTest::newRow("no-number") << "A>read#x"
                               << "The order \"A>read#x\" cannot be read: the step \"A>read#x\" needs a number of 1 or more after its '#'.";
    QTest::newRow("number-zero") << "A>read#0 B>read"
                                 << "The order \"A>read#0 B>read\" cannot be read: the step \"A>read#0\" needs a number of 1 or more after its '#'.";
    QTest::newRow("unknown-point") << "A>write"
                                   << "A has already ended where the order says A>write. The steps were \"A>read A>done\". Correct the order, or copy one from a report.";
    QTest::newRow("after-the-end") << "A>done A>read"
                                   << "A has already ended where the order says A>read. The steps were \"A>read A>done\". Correct the order, or copy one from a report.";
    QTest::newRow("after-all-ends") << "A>done B>done B>read"
                                    << "B>read did not happen. The steps were \"A>read A>done B>read B>done\". Correct the order, or copy one from a report.";
    QTest::newRow("never-blocked") << "A>blocked"
                                   << "A has already ended where the order says A>blocked. The steps were \"A>read A>done\". Correct the order, or copy one from a report.";
}

void TestExplorerMisuse::order()
{
    QFETCH(const QString, order);
    QFETCH(const QString, text);
    QSeamstressExplorer explorer;
    explorer.addTask("A", twoSteps);
    explorer.addTask("B", twoSteps);
    QVERIFY(!explorer.run(order));
    QCOMPARE(explorer.verdict(), QSeamstressExplorer::InvalidOrder);
    QCOMPARE(explorer.report(), "InvalidOrder: " + text);
    QVERIFY(explorer.run("A>done")); // the explorer can be used again
}

void TestExplorerMisuse::settings_data()
{
    QTest::addColumn<std::function<void(QSeamstressExplorer &)>>("set");
    QTest::addColumn<QString>("warning");
    using Set = std::function<void(QSeamstressExplorer &)>;
    QTest::newRow("no-orders") << Set([](QSeamstressExplorer &explorer) { explorer.setMaximumOrders(0); })
                               << "QSeamstressExplorer::setMaximumOrders: 0 is not a valid number of orders; pass 1 or more.";
    QTest::newRow("preemptions") << Set([](QSeamstressExplorer &explorer) { explorer.setMaximumPreemptions(-2); })
                                 << "QSeamstressExplorer::setMaximumPreemptions: -2 is not a valid number of preemptions; pass 0 or more, or -1 for no limit.";
    QTest::newRow("timeout") << Set([](QSeamstressExplorer &explorer) { explorer.setTimeout(std::chrono::milliseconds(-5)); })
                             << "QSeamstressExplorer::setTimeout: -5 ms is not a valid time-out; pass 0 or more, or -1 to wait forever.";
    QTest::newRow("null-script") << Set([](QSeamstressExplorer &explorer) { explorer.addTask("B", std::function<void()>()); })
                                 << "QSeamstressExplorer::addTask: was given a null function as its script; pass one that can be called.";
}

void TestExplorerMisuse::settings()
{
    QFETCH(const std::function<void(QSeamstressExplorer &)>, set);
    QFETCH(const QString, warning);
    QSeamstressExplorer explorer;
    explorer.addTask("A", oneStep);
    QTest::ignoreMessage(QtWarningMsg, qPrintable(warning));
    set(explorer);
}

void TestExplorerMisuse::shards_data()
{
    QTest::addColumn<QByteArray>("shards");
    QTest::addColumn<QByteArray>("shard");
    QTest::newRow("no-number") << QByteArray("four") << QByteArray("1");
    QTest::newRow("only-one") << QByteArray("4") << QByteArray();
    QTest::newRow("none") << QByteArray("0") << QByteArray("0");
    QTest::newRow("beyond") << QByteArray("4") << QByteArray("5");
    QTest::newRow("negative") << QByteArray("4") << QByteArray("-1");
}

void TestExplorerMisuse::shards()
{
    QFETCH(const QByteArray, shards);
    QFETCH(const QByteArray, shard);
    qputenv("QSEAMSTRESS_SHARDS", shards);
    if (!shard.isNull())
        qputenv("QSEAMSTRESS_SHARD", shard);
    const auto unset = qScopeGuard([] {
        qunsetenv("QSEAMSTRESS_SHARDS");
        qunsetenv("QSEAMSTRESS_SHARD");
    });
    QSeamstressExplorer explorer;
    explorer.addTask("A", oneStep);
    verifyRefused(explorer, "explore",
                  QString("QSEAMSTRESS_SHARDS is \"%1\" and QSEAMSTRESS_SHARD is \"%2\"; set both: the first to n, the number of shards, and the second to the number of this shard, from 1 to n or from 0 to n - 1")
                      .arg(QString::fromLatin1(shards), QString::fromLatin1(shard)));
}

void TestExplorerMisuse::orderOfTheEnvironment()
{
    qputenv("QSEAMSTRESS_ORDER", "B>read A>read");
    const auto unset = qScopeGuard([] { qunsetenv("QSEAMSTRESS_ORDER"); });
    QSeamstressExplorer explorer;
    explorer.addTask("A", twoSteps);
    explorer.addTask("B", twoSteps);
    QVERIFY2(explorer.explore(), qPrintable(explorer.report()));
    QCOMPARE(explorer.report(), "Passed: B>read A>read A>done B>done");
    QCOMPARE(explorer.triedOrders(), 1);
    qputenv("QSEAMSTRESS_ORDER", "C>read");
    QVERIFY(!explorer.explore());
    QCOMPARE(explorer.verdict(), QSeamstressExplorer::InvalidOrder);
}

void TestExplorerMisuse::plainCodeInATask()
{
    QSeamstressExplorer explorer;
    explorer.addTask("A", [] { QSeamstress::pause("read"); });
    QVERIFY(!explorer.explore());
    QCOMPARE(explorer.verdict(), QSeamstressExplorer::ExceptionThrown);
    QVERIFY2(explorer.report().contains("it reached its pause point \"read\" in plain code, where a task cannot pause; make it a coroutine"), qPrintable(explorer.report()));
}

void TestExplorerMisuse::callsItself()
{
    QSeamstressExplorer explorer;
    explorer.addTask("A", oneStep);
    explorer.setCheck([&explorer] {
        QTest::ignoreMessage(QtWarningMsg, "QSeamstressExplorer::explore: called while an order is running; call it between two runs.");
        QTest::ignoreMessage(QtWarningMsg, "QSeamstressExplorer::setSeed: called while an order is running; call it between two runs.");
        const bool explored = explorer.explore();
        explorer.setSeed(2);
        return !explored;
    });
    QVERIFY2(explorer.explore(), qPrintable(explorer.report()));
    QCOMPARE(explorer.verdict(), QSeamstressExplorer::Passed);
}

void TestExplorerMisuse::deletedInASlot()
{
    QPointer<QSeamstressExplorer> explorer = new QSeamstressExplorer;
    explorer->addThread("A", oneStep);
    connect(explorer, &QSeamstressExplorer::progressed, this, [&explorer] { delete explorer; });
    QVERIFY(!explorer->explore());
    QVERIFY(!explorer);
}

void TestExplorerMisuse::fromAnotherThread()
{
    QSeamstressExplorer explorer;
    explorer.addTask("A", oneStep);
    ignoreWarning("explore", "the explorer lives in another thread; call it from that thread");
    bool explored = true;
    std::thread([&] { explored = explorer.explore(); }).join(); // ThreadSanitizer does not see that QThread::wait() synchronises
    QVERIFY(!explored);
}

void TestExplorerMisuse::resetThrows_data()
{
    QTest::addColumn<int>("time");
    QTest::addColumn<QString>("report");
    const QString thrown = "ExceptionThrown: The reset threw std::runtime_error: no database";
    QTest::newRow("before-the-trial-run") << 1 << thrown;
    QTest::newRow("before-the-second-order") << 3 << thrown + "\nTried: 1 of 2 orders.";
}

void TestExplorerMisuse::resetThrows()
{
    QFETCH(const int, time);
    QSeamstressExplorer explorer;
    explorer.addTask("A", oneStep);
    explorer.addTask("B", oneStep);
    int calls = 0;
    explorer.setReset([&calls, time] {
        if (++calls == time)
            throw std::runtime_error("no database");
    });
    QVERIFY(!explorer.explore());
    QCOMPARE(explorer.verdict(), QSeamstressExplorer::ExceptionThrown);
    QCOMPARE(explorer.failingOrder(), QString());
    QTEST(explorer.report(), "report");
}

void TestExplorerMisuse::checkThrows()
{
    QSeamstressExplorer explorer;
    explorer.addTask("A", oneStep);
    explorer.setCheck([]() -> bool { throw std::runtime_error("no answer"); });
    QVERIFY(!explorer.explore());
    QCOMPARE(explorer.verdict(), QSeamstressExplorer::ExceptionThrown);
    QVERIFY2(explorer.report().startsWith("ExceptionThrown: The check threw std::runtime_error: no answer\nOrder: A>done\n"), qPrintable(explorer.report()));
}

// The explorer cannot continue, but a warning says why.
void TestExplorerMisuse::stepOfATaskThatBlocks()
{
    static std::binary_semaphore free{ 0 };
    OverheardMessage complaint("blocked the explorer's thread", [] { free.release(); });
    QSeamstressExplorer explorer;
    explorer.addTask("A", twoSteps);
    bool hasBlocked = false;
    explorer.addTask("B", [&hasBlocked]() -> QSeamstressScript {
        co_yield "asked";
        if (!std::exchange(hasBlocked, true))
            free.acquire();
    });
    explorer.setTimeout(std::chrono::milliseconds(100));
    QVERIFY2(explorer.explore(), qPrintable(explorer.report()));
    const QRegularExpression text(QStringLiteral("^QSeamstressExplorer: a step of \"B\" has blocked the explorer's thread, and the test with it, for \\d+ ms\\. %1 "
                                                 "Use co_await to wait in the script, or add the script with addThread\\(\\)\\.$")
                                      .arg(QSeamstressThread::isActivityAvailable() ? "Now it is blocked on the lock, condition or semaphore at 0x[0-9a-f]+, in futex\\."
                                                                                    : "This system does not report what it is doing now\\."));
    QVERIFY2(text.match(complaint.text()).hasMatch(), qPrintable(complaint.text()));
}

QTEST_MAIN(TestExplorerMisuse)
#include "tst_explorermisuse.moc"
