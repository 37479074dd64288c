// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

// Programs with deadlocked threads still end, with the right exit code and all of their output.

#include <QSeamstressThread>

#include <QFileInfo>
#include <QProcess>
#include <QTest>

class TestExitAfterDeadlock : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void exitAfterDeadlock_data();
    void exitAfterDeadlock();
};

void TestExitAfterDeadlock::initTestCase()
{
    if (!QSeamstressThread::isActivityAvailable())
        QSKIP("This system does not report what a thread does.");
}

void TestExitAfterDeadlock::exitAfterDeadlock_data()
{
    QTest::addColumn<QString>("program");
    QTest::addColumn<QString>("scene");
    QTest::addColumn<bool>("fails");
    QTest::addColumn<bool>("destroysStaticObjects");

    const QStringList programs{ EXITSBYMAIN_PATH, EXITSBYGUILESSMAIN_PATH, EXITSBYAPPLESSMAIN_PATH, EXITSBYGOOGLETEST_PATH, EXITSBYCATCH2_PATH, EXITSBYQUICKTEST_PATH };
    for (const QString &program : programs) {
        const auto addRow = [&program](const char *scene, bool fails, bool destroysStaticObjects) {
            QTest::addRow("%s-%s", qPrintable(QFileInfo(program).fileName()), scene) << program << scene << fails << destroysStaticObjects;
        };
        addRow("QReadWriteLock", false, false);
        addRow("thread", true, false);
        addRow("nothing", false, true);
        if (program != EXITSBYMAIN_PATH)
            continue;
        addRow("QWaitCondition", false, false);
        addRow("condition_variable", false, false);
        addRow("thread-that-reads", true, false);
        addRow("thread-that-reads-a-pipe", true, false);
        addRow("thread-that-ends", true, true);
        addRow("pool", true, false);
        addRow("global-pool", true, false);
        addRow("job-of-the-global-pool", true, false);
    }
}

void TestExitAfterDeadlock::exitAfterDeadlock()
{
    QFETCH(const QString, program);
    QFETCH(const QString, scene);
    QFETCH(const bool, fails);
    QFETCH(const bool, destroysStaticObjects);

    QProcess process;
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    environment.insert("SCENE", scene);
    environment.insert("QT_QPA_PLATFORM", "offscreen");
    process.setProcessEnvironment(environment);
    process.setProcessChannelMode(QProcess::MergedChannels);
    process.start(program, {}); // standard input stays open
    const bool hasEnded = process.waitForFinished(120'000);
    if (!hasEnded)
        process.kill();
    process.waitForFinished();
    const QString output = QString::fromUtf8(process.readAll());
    QVERIFY2(hasEnded, qPrintable("It hangs. It printed:\n" + output));
    const bool isCatch2 = program == QLatin1String(EXITSBYCATCH2_PATH);
    const QList<int> codes = !fails ? QList<int>{ 0 } : isCatch2 ? QList<int>{ 1, 42 } : QList<int>{ 1 }; // 42 since Catch2 3.6
    QVERIFY2(process.exitStatus() == QProcess::NormalExit && codes.contains(process.exitCode()), qPrintable(QString("It ended with %1. It printed:\n").arg(process.exitCode()) + output));
    const QStringList texts{ "not flushed by cout", "nor by stdout" };
    for (const QString &text : texts)
        QVERIFY2(output.contains(text), qPrintable(output));
    QCOMPARE(output.contains("static objects were destroyed"), destroysStaticObjects);
    if (!scene.contains("global-pool"))
        QVERIFY2(output.contains(fails ? QRegularExpression("1 failed|1 FAILED TEST|Failed +1") : QRegularExpression("0 failed|PASSED|All tests passed")), qPrintable(output));
}

QTEST_GUILESS_MAIN(TestExitAfterDeadlock)
#include "tst_exitafterdeadlock.moc"
