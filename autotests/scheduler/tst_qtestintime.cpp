// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

// What QTest itself does while a clock is alive, and a clock below valgrind.

#include <QProcess>
#include <QRegularExpression>
#include <QTest>

class tst_QTestInTime : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void watchdogOfQTest();
    void watchdogEndsATestThatHangs();
    void qbenchmark();
    void valgrind();
};

static QString outputOf(const QString &program, const QStringList &arguments, const QStringList &environment = {})
{
    QProcess process;
    process.setProcessChannelMode(QProcess::MergedChannels);
    process.setEnvironment(QProcess::systemEnvironment() + environment);
    process.start(program, arguments);
    if (!process.waitForFinished(120'000))
        process.kill();
    return QString::fromLocal8Bit(process.readAll());
}

void tst_QTestInTime::watchdogOfQTest()
{
    const QString output = outputOf(TST_WATCHDOG_PATH, {});
    QVERIFY2(output.contains("Totals: 7 passed, 0 failed,"), qPrintable(output));
}

void tst_QTestInTime::watchdogEndsATestThatHangs()
{
    const QString output = outputOf(TST_WATCHDOG_PATH, { "hangs", "-nocrashhandler" }, { "QTEST_FUNCTION_TIMEOUT=500", "QSEAMSTRESS_TEST_HANGS=1" });
    QVERIFY2(output.contains("Test function timed out"), qPrintable(output));
}

void tst_QTestInTime::qbenchmark()
{
    const QString output = outputOf(TST_BENCHMARKINVIRTUALTIME_PATH, {});
    QVERIFY2(output.contains("FAIL!  : tst_BenchmarkInVirtualTime::benchmarkInAClock() QBENCHMARK measures, which needs real time, but a QSeamstressClock is alive. Destroy the clock before."), qPrintable(output));
    QVERIFY2(output.contains("FAIL!  : tst_BenchmarkInVirtualTime::clockInABenchmark() QBENCHMARK measures, which needs real time. "), qPrintable(output));
    QVERIFY2(output.contains("PASS   : tst_BenchmarkInVirtualTime::clockAfterABenchmark()"), qPrintable(output));
}

void tst_QTestInTime::valgrind()
{
#ifdef QSEAMSTRESS_SANITIZER
    QSKIP("valgrind does not run programs that are built with a sanitizer.");
#endif
    const QString output = outputOf("valgrind", { "-q", TST_BENCHMARKINVIRTUALTIME_PATH, "clockAfterABenchmark" });
    QVERIFY2(output.contains("Virtual time is not available: valgrind runs one thread at a time, so a thread that runs looks as if it waited; run this test without valgrind."),
             qPrintable(output));
    QVERIFY2(output.contains("Totals: 2 passed, 1 failed,"), qPrintable(output));
}

QTEST_GUILESS_MAIN(tst_QTestInTime)

#include "tst_qtestintime.moc"
