// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

// Each setting of an explorer can be read and reset.

#include <QSeamstressExplorer>
#include <QSeamstressScript>

#include <QSignalSpy>
#include <QTest>

using namespace std::chrono_literals;

class TestExplorerSettings : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void areProperties_data();
    void areProperties();
    void timeoutAsDuration();
    void functions();
    void clearTakesScriptsOut();
    void clearForgetsWhatWasRefused();
    void resultsAreProperties();
};

static QSeamstressScript oneStep()
{
    co_return;
}

void TestExplorerSettings::areProperties_data()
{
    QTest::addColumn<QVariant>("byDefault");
    QTest::addColumn<QVariant>("value");
    QTest::newRow("maximumOrders") << QVariant(10000) << QVariant(7);
    QTest::newRow("maximumPreemptions") << QVariant(-1) << QVariant(2);
    QTest::newRow("seed") << QVariant(1U) << QVariant(99U);
    QTest::newRow("timeout") << QVariant(5000) << QVariant(300);
}

void TestExplorerSettings::areProperties()
{
    QFETCH(const QVariant, byDefault);
    QFETCH(const QVariant, value);
    const char *const name = QTest::currentDataTag();
    QSeamstressExplorer explorer;
    QSignalSpy changed(&explorer, &QSeamstressExplorer::settingsChanged);
    QCOMPARE(explorer.property(name), byDefault);
    QVERIFY(explorer.setProperty(name, byDefault));
    QCOMPARE(changed.count(), 0);
    QVERIFY(explorer.setProperty(name, value));
    QCOMPARE(explorer.property(name), value);
    QCOMPARE(changed.count(), 1);
}

void TestExplorerSettings::timeoutAsDuration()
{
    QSeamstressExplorer explorer;
    explorer.setTimeout(2s);
    QCOMPARE(explorer.timeout(), 2000);
    QVERIFY(explorer.timeoutAsDuration() == 2s);
    explorer.setTimeout(-1);
    QVERIFY(explorer.timeoutAsDuration() == -1ms);
}

void TestExplorerSettings::functions()
{
    QSeamstressExplorer explorer;
    QVERIFY(!explorer.reset() && !explorer.check());
    int resets = 0;
    explorer.setReset([&resets] { ++resets; });
    explorer.setCheck([] { return false; });
    explorer.reset()();
    QCOMPARE(resets, 1);
    QVERIFY(!explorer.check()());
    explorer.setReset({});
    explorer.setCheck({});
    QVERIFY(!explorer.reset() && !explorer.check());
}

void TestExplorerSettings::clearTakesScriptsOut()
{
    QSeamstressExplorer explorer;
    explorer.setMaximumOrders(5);
    explorer.addTask("A", oneStep);
    explorer.addThread("B", oneStep);
    QCOMPARE(explorer.scripts(), QStringList({ "A", "B" }));
    QVERIFY2(explorer.explore(), qPrintable(explorer.report()));
    QCOMPARE(explorer.totalOrders(), 2);

    explorer.clear();
    QCOMPARE(explorer.scripts(), QStringList());
    QCOMPARE(explorer.totalOrders(), 2);
    QCOMPARE(explorer.maximumOrders(), 5);
    for (const char *name : { "A", "B", "C" })
        explorer.addTask(name, oneStep);
    QVERIFY(!explorer.run("A>done D>done"));
    QVERIFY2(explorer.run("C>done A>done B>done"), qPrintable(explorer.report()));
}

void TestExplorerSettings::clearForgetsWhatWasRefused()
{
    QSeamstressExplorer explorer;
    QTest::ignoreMessage(QtWarningMsg, "QSeamstressExplorer::addTask: a script needs a name, so that orders can refer to it.");
    explorer.addTask({}, oneStep);
    explorer.clear();
    explorer.addTask("A", oneStep);
    QVERIFY2(explorer.explore(), qPrintable(explorer.report()));
}

void TestExplorerSettings::resultsAreProperties()
{
    QSeamstressExplorer explorer;
    QSignalSpy explored(&explorer, &QSeamstressExplorer::explored);
    explorer.addTask("A", oneStep);
    explorer.setCheck([] { return false; });
    QVERIFY(!explorer.explore());
    QCOMPARE(explored.count(), 1);
    QCOMPARE(explorer.property("verdict").value<QSeamstressExplorer::Verdict>(), QSeamstressExplorer::CheckFailed);
    QCOMPARE(explorer.property("failingOrder").toString(), "A>done");
    QVERIFY(explorer.property("report").toString().startsWith("CheckFailed: "));
    QCOMPARE(explorer.property("totalOrders").toLongLong(), 1);
    QCOMPARE(explorer.property("triedOrders").toLongLong(), 1);
    QCOMPARE(explorer.property("infeasibleOrders").toLongLong(), 0);

    explorer.setCheck({});
    QVERIFY(explorer.run("A>done"));
    QCOMPARE(explored.count(), 2);
}

QTEST_GUILESS_MAIN(TestExplorerSettings)
#include "tst_explorersettings.moc"
