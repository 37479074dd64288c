// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

// Processes in particular: their scripts have to be found in the child process.

#include <QSeamstress/QSeamstressProcess>
#include <QSeamstressTest>

#include <QDir>
#include <QLockFile>
#include <QProcessEnvironment>
#include <QSignalSpy>
#include <QStandardPaths>
#include <QTemporaryDir>
#include <QTest>

#include <cstdio>

#include "../shared/betweenprocesses.h"

static_assert(!std::is_copy_constructible_v<QSeamstressProcess>);
static_assert(std::is_base_of_v<QSeamstressExecutor, QSeamstressProcess>);

class TestQSeamstressProcess : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void haltsAnotherProcess_data();
    void haltsAnotherProcess();
    void holdsALockBetweenProcesses();
    void goesFromPointToPoint();
    void signalsComeBeforeTheVerbReturns();
    void comesFromTheEventLoop();
    void functionsAndLambdasOfOneName();
    void hasTheEnvironmentOfTheTest();
    void macroDeclaresAndEnters();
    void activityOfAHaltThatIsOver();
    void usedAgain();
    void properties();
};

static int initialised = 0;

void TestQSeamstressProcess::initTestCase()
{
    ++initialised;
    QCoreApplication::setApplicationName("tst");
    QCoreApplication::setOrganizationName("the developers");
    QStandardPaths::setTestModeEnabled(true);
}

static QSeamstressScript twoPoints()
{
    co_yield "a";
    co_yield "b";
}

static void plainPoints()
{
    QSeamstress::pause("a", 7);
    QSeamstress::pause("b");
}

void TestQSeamstressProcess::haltsAnotherProcess_data()
{
    QTest::addColumn<QString>("form");
    for (const char *form : { "coroutine", "plain-code", "guard", "function" })
        QTest::newRow(form) << form;
}

void TestQSeamstressProcess::haltsAnotherProcess()
{
    QFETCH(const QString, form);
    QSeamstressProcess process;
    process.setObjectName("other");
    if (form == "coroutine")
        process.setScript([]() -> QSeamstressScript { co_yield QSeamstress::Pause("a", QCoreApplication::applicationPid()); });
    else if (form == "plain-code")
        process.setScript([] { QSeamstress::pause("a", QCoreApplication::applicationPid()); });
    else if (form == "guard")
        process.setScript([] { return std::make_unique<int>(7); });
    else
        process.setScript(&twoPoints);
    QCOMPARE(process.processId(), 0);
    QVERIFY2(process.enter(), qPrintable(process.errorString()));
    QCOMPARE(process.pausePoint(), form == "guard" ? "" : "a");
    QVERIFY(process.processId() > 0);
    QVERIFY(process.processId() != QCoreApplication::applicationPid());
    if (form == "coroutine" || form == "plain-code")
        QCOMPARE(process.pauseValue().toLongLong(), process.processId());
    QCOMPARE(process.activity(), QSeamstressExecutor::Halted);
    QVERIFY2(process.exit(), qPrintable(process.errorString()));
    QCOMPARE(process.processId(), 0);
}

void TestQSeamstressProcess::holdsALockBetweenProcesses()
{
    const QTemporaryDir directory;
    const QString path = directory.filePath("lock");
    QSEAMSTRESS_PROCESS(hogger, [](QString path) -> QSeamstressScript {
        QLockFile lock(path);
        if (!lock.tryLock())
            throw std::runtime_error("the lock is not free");
        co_yield "locked";
    }, path);
    QLockFile lock(path);
    QVERIFY(!lock.tryLock());
    QSEAMSTRESS_EXIT(hogger);
    QVERIFY(lock.tryLock());
}

void TestQSeamstressProcess::goesFromPointToPoint()
{
    QSeamstressProcess process(&plainPoints);
    QVERIFY(process.enter());
    QCOMPARE(process.pauseValue(), QVariant(7));
    QVERIFY(process.advance());
    QCOMPARE(process.pausePoint(), "b");
    QVERIFY(!process.advance());
    QCOMPARE(process.error().code(), QSeamstressError::NeverPaused);
    QVERIFY(process.runTo("b"));
    QVERIFY(process.exit());
}

void TestQSeamstressProcess::signalsComeBeforeTheVerbReturns()
{
    QSeamstressProcess process(&twoPoints);
    QSignalSpy phases(&process, &QSeamstressExecutor::phaseChanged);
    QSignalSpy paused(&process, &QSeamstressExecutor::paused);
    QSignalSpy finished(&process, &QSeamstressExecutor::finished);
    QVERIFY(process.enter());
    QCOMPARE(phases.count(), 2);
    QCOMPARE(paused.count(), 1);
    QVERIFY(process.exit());
    QCOMPARE(finished.count(), 1);
}

void TestQSeamstressProcess::comesFromTheEventLoop()
{
    QSeamstressProcess process(&twoPoints);
    QSignalSpy paused(&process, &QSeamstressExecutor::paused);
    QSignalSpy finished(&process, &QSeamstressExecutor::finished);
    process.start();
    QVERIFY(paused.wait());
    process.resume();
    QVERIFY(paused.wait());
    QCOMPARE(process.pausePoint(), "b");
    process.finish();
    QVERIFY(finished.wait());
    QCOMPARE(process.phase(), QSeamstressExecutor::Finished);
}

void TestQSeamstressProcess::functionsAndLambdasOfOneName()
{
    // In some programs, typeid() returns the same name for these types. Each script is found nevertheless.
    QSeamstressProcess first([] { QSeamstress::pause("first"); });
    QSeamstressProcess second([] { QSeamstress::pause("second"); });
    QVERIFY(first.enter());
    QVERIFY(second.enter());
    QCOMPARE(first.pausePoint(), "first");
    QCOMPARE(second.pausePoint(), "second");
}

void TestQSeamstressProcess::hasTheEnvironmentOfTheTest()
{
    qputenv("TST_VARIABLE", "of the test");
    QSeamstressProcess process([]() -> QSeamstressScript {
        const QVariant seen = QVariantList{ initialised, QCoreApplication::applicationName(), QCoreApplication::organizationName(), QStandardPaths::isTestModeEnabled(), qEnvironmentVariable("TST_VARIABLE"),
                                            qEnvironmentVariableIsSet("QSEAMSTRESS_CHILD"), QDir::currentPath(), std::getchar() == EOF };
        co_yield QSeamstress::Pause("seen", seen);
    });
    QVERIFY(process.enter());
    QCOMPARE(process.pauseValue().toList(), QVariantList({ 0, "tst", "the developers", true, "of the test", false, QDir::currentPath(), true }));
    QVERIFY(process.exit());

    const QTemporaryDir directory;
    QCOMPARE(process.workingDirectory(), QString());
    process.setWorkingDirectory(directory.path());
    QCOMPARE(process.workingDirectory(), directory.path());
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    QCOMPARE(process.processEnvironment(), environment);
    environment.insert("TST_VARIABLE", "of its own");
    process.setProcessEnvironment(environment);
    QCOMPARE(process.processEnvironment(), environment);
    QVERIFY(process.enter());
    QCOMPARE(process.pauseValue().toList().at(4).toString(), "of its own");
    QCOMPARE(process.pauseValue().toList().at(6).toString(), QFileInfo(directory.path()).canonicalFilePath());
}

void TestQSeamstressProcess::macroDeclaresAndEnters()
{
    QSEAMSTRESS_PROCESS(other, [](int number) -> QSeamstressScript { co_yield QSeamstress::Pause("here", number + 1); }, 1);
    QCOMPARE(other.objectName(), "other");
    QCOMPARE(other.pauseValue().toInt(), 2);
}

// Waits without the event loop, which a process does not need. Returns false on time-out.
template <class Condition>
static bool comesTrue(Condition condition)
{
    const QDeadlineTimer deadline(60'000);
    while (!condition() && !deadline.hasExpired())
        QThread::yieldCurrentThread();
    return condition();
}

void TestQSeamstressProcess::activityOfAHaltThatIsOver()
{
    // The report of its pause may arrive before or after the script is asked to finish, so repeat this several times.
    for (int i = 0; i < 20; ++i) {
        CountBetweenProcesses halts;
        DoorBetweenProcesses door;
        QSeamstressProcess process([](CountBetweenProcesses halts, DoorBetweenProcesses door) -> QSeamstressScript {
            halts.up();
            co_yield "a";
            co_await door.pass();
        }, halts, door);
        process.start();
        QVERIFY(comesTrue([&] { return halts.value() == 1; }));
        process.finish();
        QVERIFY(comesTrue([&] { return door.arrived() == 1; }));
        QVERIFY(process.activity() != QSeamstressExecutor::Halted);
        door.open();
        QVERIFY(process.exit());
    }
}

void TestQSeamstressProcess::usedAgain()
{
    QSeamstressProcess process(&twoPoints);
    qint64 before = 0;
    for (int i = 0; i < 3; ++i) {
        QVERIFY(process.enter());
        QVERIFY(process.processId() != before);
        before = process.processId();
        QVERIFY(process.exit());
    }
}

void TestQSeamstressProcess::properties()
{
    QSeamstressProcess process;
    QCOMPARE(process.sharedMemorySize(), 65536);
    QCOMPARE(process.program(), QCoreApplication::applicationFilePath());
    QCOMPARE(process.arguments(), QStringList());
    QTest::ignoreMessage(QtWarningMsg, "QSeamstressProcess::setSharedMemorySize: invalid size 0; pass a number of bytes from 1 to 1073741824.");
    process.setSharedMemorySize(0);
    QCOMPARE(process.sharedMemorySize(), 65536);
    process.setSharedMemorySize(100);
    QCOMPARE(process.property("sharedMemorySize").toInt(), 100);
}

QTEST_GUILESS_MAIN(TestQSeamstressProcess)
#include "tst_qseamstressprocess.moc"
