// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

// Whole test programs: several at once, one that is repeated, one for which the system cannot create a thread, one in a debugger, and
// one without /proc.

#include <QProcess>
#include <QTest>

#include <memory>
#include <vector>

class TestManyTimes : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void threeCopiesSideBySide_data();
    void threeCopiesSideBySide();
    void repeat();
    void systemWithoutThreads();
    void debuggerAttached();
    void procHidden_data();
    void procHidden();
};

// Long enough for any machine under load: only a hang takes that long.
static constexpr int patience = 300'000; // ms

static std::unique_ptr<QProcess> started(const QString &program)
{
    auto process = std::make_unique<QProcess>();
    process->setProcessChannelMode(QProcess::MergedChannels);
    process->start(program, QStringList());
    return process;
}

void TestManyTimes::threeCopiesSideBySide_data()
{
    QTest::addColumn<QString>("program");
    QTest::newRow("lifetime-of-threads") << TST_EXECUTORLIFETIME_QSEAMSTRESSTHREAD_PATH;
    QTest::newRow("lifetime-of-tasks") << TST_EXECUTORLIFETIME_QSEAMSTRESSTASK_PATH;
    QTest::newRow("signals-of-threads") << TST_EXECUTORSIGNALS_QSEAMSTRESSTHREAD_PATH;
    QTest::newRow("signals-of-tasks") << TST_EXECUTORSIGNALS_QSEAMSTRESSTASK_PATH;
    QTest::newRow("lifetime-of-processes") << TST_EXECUTORLIFETIME_QSEAMSTRESSPROCESS_PATH;
}

void TestManyTimes::threeCopiesSideBySide()
{
    QFETCH(QString, program);
    std::vector<std::unique_ptr<QProcess>> copies;
    for (int i = 0; i < 3; ++i)
        copies.push_back(started(program));
    for (const auto &copy : copies) {
        QVERIFY(copy->waitForFinished(patience));
        QVERIFY2(copy->exitStatus() == QProcess::NormalExit && copy->exitCode() == 0, copy->readAll().constData());
    }
}

void TestManyTimes::repeat()
{
    const auto process = started(REPEATED_PATH);
    QVERIFY(process->waitForFinished(patience));
    const QByteArray output = process->readAll();
    QVERIFY2(process->exitStatus() == QProcess::NormalExit && process->exitCode() == 0, output.constData());
    QCOMPARE(output.count("4 passed, 0 failed"), 20);
}

void TestManyTimes::systemWithoutThreads()
{
#ifdef Q_OS_LINUX
    QProcess process;
    // The leak check of AddressSanitizer needs its own thread.
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    environment.insert("ASAN_OPTIONS", environment.value("ASAN_OPTIONS") + ":detect_leaks=0");
    process.setProcessEnvironment(environment);
    process.start(WITHOUTTHREADS_PATH, QStringList());
    QVERIFY(process.waitForFinished(patience));
    const QByteArray output = process.readAllStandardOutput();
    QVERIFY2(process.exitStatus() == QProcess::NormalExit && process.exitCode() == 0, (output + process.readAllStandardError()).constData());
    QCOMPARE(output,
             QByteArray("refused\n"
                        "\"hogger\" could not start: the system could not create a thread. End other threads, or raise the limits on processes and memory.\n"
                        "FailedToStart Failed config is back\n"
                        "finished\n"
                        "unseen: \"starter\" could not start: the system could not create a thread. End other threads, or raise the limits on processes and memory.\n"));
#else
    QSKIP("This test can limit the number of threads on Linux only.");
#endif
}

void TestManyTimes::debuggerAttached()
{
#ifdef Q_OS_LINUX
    if (qEnvironmentVariable("QSEAMSTRESS_TEST_PLATFORM") == "generic")
        QSKIP("The library for other systems does not detect debuggers.");
    const auto process = started(DEBUGGED_PATH);
    QVERIFY(process->waitForFinished(patience));
    const QByteArray output = process->readAll();
    if (process->exitCode() == 77)
        QSKIP("This system does not permit a process to trace its parent.");
    QVERIFY2(process->exitStatus() == QProcess::NormalExit && process->exitCode() == 0 && output.startsWith("timed out "), output.constData());
    // The debugger is attached for 500 ms, which do not count for the time-out of 50 ms. A check every 100 ms may miss 100 ms of that.
    QVERIFY2(output.mid(10).trimmed().toInt() >= 400, output.constData());
#else
    QSKIP("This test can attach to a process on Linux only.");
#endif
}

void TestManyTimes::procHidden_data()
{
    QTest::addColumn<QString>("program");
    QTest::newRow("notblocked") << TST_NOTBLOCKED_PATH;
    QTest::newRow("waitforblocked") << TST_WAITFORBLOCKED_PATH;
}

void TestManyTimes::procHidden()
{
#ifdef QSEAMSTRESS_SANITIZER
    QSKIP("A sanitizer does not start without /proc.");
#elif defined(Q_OS_LINUX)
    QFETCH(const QString, program);
    // Runs a command in its own mount namespace, either as root, or as root of a user namespace.
    const auto startWithoutProc = [](QProcess *process, const QStringList &options, const QString &command) {
        process->setProcessChannelMode(QProcess::MergedChannels);
        process->start("unshare", options + QStringList({ "--mount", "sh", "-c", "mount -t tmpfs none /proc && exec \"$0\"", command }));
        return process->waitForFinished(patience) && process->exitStatus() == QProcess::NormalExit && process->exitCode() == 0;
    };
    for (const QStringList &options : { QStringList(), QStringList("--map-root-user") }) {
        QProcess trial;
        if (!startWithoutProc(&trial, options, "true"))
            continue;
        QProcess process;
        QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
        environment.insert("QSEAMSTRESS_TEST_PLATFORM", "generic");
        process.setProcessEnvironment(environment);
        const bool passed = startWithoutProc(&process, options, program);
        const QByteArray output = process.readAll();
        QVERIFY2(passed, output.constData());
        QVERIFY2(output.contains("skipped") && !output.contains(" 0 skipped"), output.constData()); // tests that need /proc
        return;
    }
    QSKIP("This user is not permitted to hide /proc.");
#else
    QSKIP("This test can hide /proc on Linux only.");
#endif
}

QTEST_GUILESS_MAIN(TestManyTimes)
#include "tst_manytimes.moc"
