// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

// What a user does wrong gets a warning that says the cure, and changes nothing.

#include "executorundertest.h"

#include <QSignalSpy>

#include <map>
#include <thread>

class TestExecutorMisuse : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void fromAnotherThread_data();
    void fromAnotherThread();
    void enterTwice();
    void scriptReplacedWhileRunning();
    void textSaysTheCure_data();
    void textSaysTheCure();
    void badTimeoutFactor();
};

static const std::map<QByteArray, std::function<bool(Executor &)>> verbs = {
    { "enter", [](Executor &executor) { return executor.enter(); } },
    { "advance", [](Executor &executor) { return executor.advance(); } },
    { "runTo", [](Executor &executor) { return executor.runTo("b"); } },
    { "exit", [](Executor &executor) { return executor.exit(); } },
    { "waitForPaused", [](Executor &executor) { return executor.waitForPaused(); } },
    { "waitForFinished", [](Executor &executor) { return executor.waitForFinished(); } },
    { "start", [](Executor &executor) { executor.start(); return false; } },
    { "resume", [](Executor &executor) { executor.resume(); return false; } },
    { "finish", [](Executor &executor) { executor.finish(); return false; } },
};

void TestExecutorMisuse::fromAnotherThread_data()
{
    QTest::addColumn<QByteArray>("verb");
    QTest::addColumn<bool>("isPaused");
    for (const auto &[verb, call] : verbs) {
        QTest::addRow("%s-when-idle", verb.constData()) << verb << false;
        QTest::addRow("%s-when-paused", verb.constData()) << verb << true;
    }
}

void TestExecutorMisuse::fromAnotherThread()
{
    QFETCH(QByteArray, verb);
    QFETCH(bool, isPaused);
    Executor executor([]() -> QSeamstressScript { co_yield "a"; });
    if (isPaused)
        QVERIFY(executor.enter());
    const QSeamstressExecutor::Phase phase = executor.phase();
    QSignalSpy errors(&executor, &QSeamstressExecutor::errorOccurred);
    QSignalSpy phases(&executor, &QSeamstressExecutor::phaseChanged);

    bool succeeded = true;
    expectMisuse(verb, "called from a thread that does not own the executor, nothing is done; call it from the executor's thread, for example by QMetaObject::invokeMethod\\(\\)\\.");
    std::thread([&] { succeeded = verbs.at(verb)(executor); }).join();

    QVERIFY(!succeeded);
    QCOMPARE(executor.phase(), phase);
    QVERIFY(!executor.error());
    QCOMPARE(errors.count(), 0);
    QCOMPARE(phases.count(), 0);
}

void TestExecutorMisuse::enterTwice()
{
    Executor executor([]() -> QSeamstressScript { co_yield "a"; });
    executor.setObjectName("script");
    QVERIFY(executor.enter());
    QTest::ignoreMessage(QtWarningMsg, (QByteArray(Executor::staticMetaObject.className()) + "::enter: \"script\" has been entered and is halted; call advance() or runTo() to go on, or exit() first.").constData());
    QVERIFY(!executor.enter());
    QCOMPARE(executor.error().code(), QSeamstressError::InvalidUse);
    QCOMPARE(executor.errorString(), "\"script\" has been entered and is halted; call advance() or runTo() to go on, or exit() first.");
    QCOMPARE(executor.phase(), QSeamstressExecutor::Paused);
    QVERIFY(executor.exit());
}

void TestExecutorMisuse::scriptReplacedWhileRunning()
{
    Executor executor([]() -> QSeamstressScript { co_yield "a"; });
    QVERIFY(executor.enter());
    expectMisuse("setScript", "is running and keeps its script; call exit\\(\\) first\\.");
    executor.setScript([]() -> QSeamstressScript { co_yield "b"; });
    QCOMPARE(executor.error().code(), QSeamstressError::InvalidUse);
    QVERIFY(executor.exit());
    QVERIFY(executor.enter());
    QCOMPARE(executor.pausePoint(), "a");
}

void TestExecutorMisuse::textSaysTheCure_data()
{
    QTest::addColumn<QByteArray>("verb");
    QTest::addColumn<QString>("text");
    QTest::newRow("advance before enter") << QByteArray("advance") << "The \\w+ without a name has not been started; call enter\\(\\) or start\\(\\) first\\.$";
    QTest::newRow("exit before enter") << QByteArray("exit") << "has not been started; call enter\\(\\) or start\\(\\) first\\.$";
    QTest::newRow("waitForPaused before enter") << QByteArray("waitForPaused") << "has not been started; call enter\\(\\) or start\\(\\) first\\.$";
}

void TestExecutorMisuse::textSaysTheCure()
{
    QFETCH(QByteArray, verb);
    QFETCH(QString, text);
    Executor executor([]() -> QSeamstressScript { co_yield "a"; });
    expectMisuse(verb, text);
    QVERIFY(!verbs.at(verb)(executor));
}

void TestExecutorMisuse::badTimeoutFactor()
{
    const QByteArray before = qgetenv("QSEAMSTRESS_TIMEOUT_FACTOR");
    qputenv("QSEAMSTRESS_TIMEOUT_FACTOR", "soon");
    QTest::ignoreMessage(QtWarningMsg, "QSeamstress: QSEAMSTRESS_TIMEOUT_FACTOR is \"soon\", which is no number above 0; time-outs are not stretched. Set it to a number such as 10.");
    Executor executor([]() -> QSeamstressScript { co_yield "a"; });
    QVERIFY(executor.enter()); // warns once, not for each verb
    QVERIFY(executor.exit());
    qputenv("QSEAMSTRESS_TIMEOUT_FACTOR", before.isEmpty() ? "1" : before);
}

QTEST_GUILESS_MAIN(TestExecutorMisuse)
#include "tst_executormisuse.moc"
