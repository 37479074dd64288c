// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

// The report of an order that failed, and its command to run that order again: a shell must read the command as it was meant.

#include <QSeamstressExplorer>
#include <QSeamstressTest>

#include <QtTest/QTest>

class TestExplorerReport : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void runItAgain_data();
    void runItAgain();
    void reportFitsQTest_data();
    void reportFitsQTest();
    void pointsWithSpaces_data();
    void pointsWithSpaces();
};

static void fail(QSeamstressExplorer &explorer)
{
    explorer.addTask("A", []() -> QSeamstressScript { co_yield "say \"so\""; });
    explorer.setCheck([] { return false; });
}

void TestExplorerReport::runItAgain_data()
{
    QTest::addColumn<QString>("word");
    QTest::newRow("plain") << "runItAgain:plain";
    QTest::newRow("A>read B>done") << "'runItAgain:A>read B>done'";
    QTest::newRow("it's $HOME; `date`") << "'runItAgain:it'\\''s $HOME; `date`'";
}

void TestExplorerReport::runItAgain()
{
    QFETCH(const QString, word);
    QSeamstressExplorer explorer;
    fail(explorer);
    QVERIFY(!explorer.explore());
    const QString last = explorer.report().section('\n', -1);
    QCOMPARE(last, QString("Run it again: QSEAMSTRESS_ORDER='<order>' %1 %2, or explorer.run(\"<order>\").").arg(QCoreApplication::applicationFilePath(), word));
    QVERIFY(!explorer.run("A>done")); // run() does not read the environment, and its order is in the source
    QVERIFY2(!explorer.report().contains("Run it again"), qPrintable(explorer.report()));
}

void TestExplorerReport::reportFitsQTest_data()
{
    QTest::addColumn<int>("steps");
    QTest::addColumn<QString>("point");
    QTest::newRow("short") << 1 << "read";
    QTest::newRow("rows-in-full") << 4 << "read";
    QTest::newRow("long") << 40 << "read";
    QTest::newRow("long-names") << 12 << QString(40, 'p');
}

// The most important parts come first, each of them once: verdict, order, timeline. QTest truncates messages after 1,023 bytes.
void TestExplorerReport::reportFitsQTest()
{
    QFETCH(const int, steps);
    QFETCH(const QString, point);
    int value = 0;
    QSeamstressExplorer explorer;
    const auto add = [&](const QString &name) {
        explorer.addTask(name, [&value, steps, point]() -> QSeamstressScript {
            for (int step = 0; step < steps; ++step) {
                const int read = value;
                co_yield QSeamstress::Pause(point);
                value = read + 1;
            }
        });
    };
    add("first");
    add("second");
    explorer.setReset([&value] { value = 0; });
    explorer.setCheck([&] { return value == 2 * steps; });
    QVERIFY(!explorer.explore());
    const QString report = explorer.report();
    QVERIFY2(report.startsWith("CheckFailed: The check returned false.\nOrder: first>"), qPrintable(report));
    const QString order = report.section('\n', 1, 1).mid(7);
    QCOMPARE(report.count(order), 1);
    const qsizetype timeline = report.indexOf("\nTimeline:\n");
    const qsizetype tried = report.indexOf("\nTried: ");
    const qsizetype again = report.indexOf("\nRun it again: ");
    QVERIFY2(timeline > 0 && tried > timeline && again > tried, qPrintable(report));
    QVERIFY2(report.left(tried).toUtf8().size() + qstrlen("'explorer.explore()' returned FALSE. ()") < 1023, qPrintable(report));
    QVERIFY(!explorer.run(order));
    QCOMPARE(explorer.verdict(), QSeamstressExplorer::CheckFailed);
}

void TestExplorerReport::pointsWithSpaces_data()
{
    QTest::addColumn<QString>("first");
    QTest::addColumn<QString>("second");
    QTest::addColumn<QString>("text");
    QTest::newRow("first-words-differ") << "first half" << "second half" << "The first run had A>first half where the second run had A>second half.";
    QTest::newRow("last-words-differ") << "half one" << "half two" << "The first run had A>half one where the second run had A>half two.";
    QTest::newRow("nothing") << "first half" << "" << "The first run had A>first half where the second run had A>done.";
}

void TestExplorerReport::pointsWithSpaces()
{
    QFETCH(const QString, first);
    QFETCH(const QString, second);
    QFETCH(const QString, text);
    int runs = 0;
    QSeamstressExplorer explorer;
    explorer.addTask("A", [&]() -> QSeamstressScript {
        const QString point = ++runs % 2 == 1 ? first : second;
        if (!point.isEmpty())
            co_yield QSeamstress::Pause(point);
    });
    explorer.setCheck([] { return false; });
    QVERIFY(!explorer.explore());
    QCOMPARE(explorer.verdict(), QSeamstressExplorer::NotDeterministic);
    QVERIFY2(explorer.report().contains(text), qPrintable(explorer.report()));
}

QTEST_GUILESS_MAIN(TestExplorerReport)
#include "tst_explorerreport.moc"
