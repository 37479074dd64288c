// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

// Programs of other frameworks that enter a process. They call QSeamstress::runIfChild(), so that the framework runs only once.

#include <QProcess>
#include <QTest>

class TestProcessesOfOtherFrameworks : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void runsTheTestsOnce_data();
    void runsTheTestsOnce();
};

void TestProcessesOfOtherFrameworks::runsTheTestsOnce_data()
{
    QTest::addColumn<QString>("program");
    QTest::addColumn<QStringList>("arguments");
    QTest::addColumn<QStringList>("texts");
    QTest::newRow("googletest") << PROCESSGOOGLETEST_PATH << QStringList()
                                << QStringList{ "[==========] Running", "[ RUN      ]", "[       OK ] Process.haltsInAnotherProcess", "[  PASSED  ] 1 test." };
    QTest::newRow("catch2") << PROCESSCATCH2_PATH << QStringList{ "--reporter", "xml" }
                            << QStringList{ "<Catch", "<TestCase name=\"halts in another process\"", "<OverallResult success=\"true\"", "</Catch" };
}

void TestProcessesOfOtherFrameworks::runsTheTestsOnce()
{
    QFETCH(const QString, program);
    QFETCH(const QStringList, arguments);
    QFETCH(const QStringList, texts);

    // A child process prints to the standard error of the test.
    QProcess process;
    process.setProcessChannelMode(QProcess::MergedChannels);
    process.start(program, arguments);
    QVERIFY2(process.waitForFinished(-1), qPrintable(process.errorString()));
    const QString output = QString::fromUtf8(process.readAll());
    QVERIFY2(process.exitStatus() == QProcess::NormalExit && process.exitCode() == 0, qPrintable(output));
    for (const QString &text : texts)
        QVERIFY2(output.count(text) == 1, qPrintable(text + "\nis not there once in\n" + output));
}

QTEST_GUILESS_MAIN(TestProcessesOfOtherFrameworks)
#include "tst_processesofotherframeworks.moc"
