// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

// How a report says to run an order again: what is pasted into a shell must be what it says.

#include <QSeamstressExplorer>
#include <QSeamstressTest>

#include <QtTest/QTest>

class TestExplorerReport : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void explored_data();
    void explored();
    void chosen_data();
    void chosen();
};

static QString runAgainText(bool explores)
{
    QSeamstressExplorer explorer;
    explorer.addTask("A", []() -> QSeamstressScript { co_yield "say \"so\""; });
    explorer.setCheck([] { return false; });
    static_cast<void>(explores ? explorer.explore() : explorer.run("A>done"));
    const QString text = explorer.report().section("\nRun it again: ", 1).section('\n', 0, 0);
    return text.isEmpty() ? explorer.report() : text;
}

void TestExplorerReport::explored_data()
{
    QTest::addColumn<QString>("word");
    QTest::newRow("plain") << "explored:plain";
    QTest::newRow("A>read B>done") << "'explored:A>read B>done'";
    QTest::newRow("it's $HOME; `date`") << "'explored:it'\\''s $HOME; `date`'";
}

void TestExplorerReport::explored()
{
    QFETCH(const QString, word);
    QCOMPARE(runAgainText(true),
             QString("explorer.run(\"A>say \\\"so\\\" A>done\"), or QSEAMSTRESS_ORDER='A>say \"so\" A>done' %1 %2").arg(QCoreApplication::applicationFilePath(), word));
}

void TestExplorerReport::chosen_data()
{
    QTest::addColumn<QString>("order");
    QTest::newRow("A>done") << "A>done";
}

void TestExplorerReport::chosen()
{
    // run() does not read the environment.
    QCOMPARE(runAgainText(false), QString("explorer.run(\"A>say \\\"so\\\" A>done\"), or %1 'chosen:A>done'").arg(QCoreApplication::applicationFilePath()));
}

QTEST_GUILESS_MAIN(TestExplorerReport)
#include "tst_explorerreport.moc"
