// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

// Failures of QSeamstress in programs that use test frameworks other than QTest.

#include <QProcess>
#include <QTest>

class TestOtherFrameworks : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void reportsFailures_data();
    void reportsFailures();
};

void TestOtherFrameworks::reportsFailures_data()
{
    QTest::addColumn<QString>("program");
    QTest::addColumn<QStringList>("arguments");
    QTest::addColumn<QStringList>("texts");

    // Compared without spaces and line breaks, since Catch2 wraps its lines at any character, even within the path of the file.
    QTest::newRow("googletest") << GOOGLETEST_CONTESTEDLOCK_PATH << QStringList{ "--gtest_also_run_disabled_tests" }
                                << QStringList{ "[ OK ] ContestedLock.refusesWhileAnotherThreadPays",
                                                "main.cpp:25: Failure Failed \"hogger\" threw std::runtime_error before its first pause point: no lock today Timeline: hogger started",
                                                "a destructor:0: Failure Failed \"hogger\" threw std::runtime_error after its pause point \"halted\": no unlock either Timeline: hogger",
                                                "2 FAILED TESTS" };
    QTest::newRow("catch2") << CATCH2_CONTESTEDLOCK_PATH << QStringList{ "[.fails]" }
                            << QStringList{ "main.cpp:30: \"hogger\" threw std::runtime_error before its first pause point: no lock today Timeline: hogger started",
                                            "a destructor:0: \"hogger\" threw std::runtime_error after its pause point \"halted\": no unlock either Timeline: hogger",
                                            "test cases: 2 | 2 failed" };
}

static QString withoutSpaces(const QString &text)
{
    return text.simplified().remove(' ');
}

void TestOtherFrameworks::reportsFailures()
{
    QFETCH(const QString, program);
    QFETCH(const QStringList, arguments);
    QFETCH(const QStringList, texts);

    QProcess process;
    process.setProcessChannelMode(QProcess::MergedChannels);
    process.start(program, arguments);
    QVERIFY2(process.waitForFinished(), qPrintable(process.errorString()));
    const QString output = QString::fromUtf8(process.readAll());
    QVERIFY2(process.exitCode() != 0, qPrintable(output));
    for (const QString &text : texts)
        QVERIFY2(withoutSpaces(output).contains(withoutSpaces(text)), qPrintable(text + "\nis not in\n" + output));
    QVERIFY2(!withoutSpaces(output).contains("notreached"), qPrintable(output));
}

QTEST_GUILESS_MAIN(TestOtherFrameworks)
#include "tst_otherframeworks.moc"
