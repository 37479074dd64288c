// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

// Misuse gets a warning that names the cure, and changes nothing.

#include "scriptinphase.h"

#include <QSeamstressConfig>

#include <QSignalSpy>

#include <map>
#include <memory>
#include <thread>

class TestExecutorMisuse : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void fromAnotherThread_data();
    void fromAnotherThread();
    void enterTwice();
    void scriptReplacedWhileRunning();
    void configDeletedBefore();
    void textSaysTheCure_data();
    void textSaysTheCure();
    void textOfAScriptWithoutAName();
    void textOfAPauseThatDoesNotCome();
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
    expectMisuse(verb, "called from a thread that does not own the executor; the call has no effect\\. Call it from the executor's thread, for example with QMetaObject::invokeMethod\\(\\)\\.");
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
    QTest::ignoreMessage(QtWarningMsg, (QByteArray(Executor::staticMetaObject.className()) + "::enter: \"script\" has been entered and is paused; call advance() or runTo() to continue, or exit() first.").constData());
    QVERIFY(!executor.enter());
    QCOMPARE(executor.error().code(), QSeamstressError::InvalidUse);
    QCOMPARE(executor.errorString(), "\"script\" has been entered and is paused; call advance() or runTo() to continue, or exit() first.");
    QCOMPARE(executor.phase(), QSeamstressExecutor::Paused);
    QVERIFY(executor.exit());
}

void TestExecutorMisuse::scriptReplacedWhileRunning()
{
    Executor executor([]() -> QSeamstressScript { co_yield "a"; });
    QVERIFY(executor.enter());
    expectMisuse("setScript", "is running, so its script cannot be changed; call exit\\(\\) first\\.");
    executor.setScript([]() -> QSeamstressScript { co_yield "b"; });
    QCOMPARE(executor.error().code(), QSeamstressError::InvalidUse);
    QVERIFY(executor.exit());
    QVERIFY(executor.enter());
    QCOMPARE(executor.pausePoint(), "a");
}

class Config : public QSeamstressConfig
{
public:
    void setUp() override { }
};

void TestExecutorMisuse::configDeletedBefore()
{
    auto config = std::make_unique<Config>();
    Executor executor(config.get());
    executor.setObjectName("hogger");
    config.reset();
    const QSignalSpy phases(&executor, &QSeamstressExecutor::phaseChanged);
    expectMisuse("enter", "\"hogger\" cannot use its config, which was deleted; keep the config until the executor is destroyed, or pass it as a std::shared_ptr\\.$");
    QVERIFY(!executor.enter());
    QCOMPARE(executor.error().code(), QSeamstressError::InvalidUse);
    QCOMPARE(executor.errorString(), "\"hogger\" cannot use its config, which was deleted; keep the config until the executor is destroyed, or pass it as a std::shared_ptr.");
    QCOMPARE(executor.phase(), QSeamstressExecutor::Idle);
    QCOMPARE(phases.count(), 0);
    QVERIFY(executor.errors().isEmpty());
}

void TestExecutorMisuse::textSaysTheCure_data()
{
    QTest::addColumn<QByteArray>("verb");
    QTest::addColumn<QSeamstressExecutor::Phase>("phase");
    QTest::addColumn<QString>("text");

    using enum QSeamstressExecutor::Phase;
    const auto row = [](const char *verb, QSeamstressExecutor::Phase phase, const char *text) {
        QTest::addRow("%s-in-%s", verb, QMetaEnum::fromType<QSeamstressExecutor::Phase>().valueToKey(phase)) << QByteArray(verb) << phase << text;
    };
    static constexpr char notStarted[] = "\"script\" has not been started; call enter() or start() first.";
    for (const char *verb : { "advance", "resume", "exit", "finish", "waitForPaused", "waitForFinished" })
        row(verb, Idle, notStarted);
    static constexpr char onItsWay[] = "\"script\" is running to a pause point; call waitForPaused() first.";
    for (const char *verb : { "enter", "start", "advance", "resume" }) {
        row(verb, SettingUp, onItsWay);
        row(verb, Running, onItsWay);
    }
    static constexpr char halted[] = "\"script\" has been entered and is paused; call advance() or runTo() to continue, or exit() first.";
    row("enter", Paused, halted);
    row("start", Paused, halted);
    row("waitForFinished", Paused, "\"script\" is paused and would never finish; call exit(), or call finish() first.");
    static constexpr char runsToItsEnd[] = "\"script\" is running to its end and no longer pauses; call exit() or waitForFinished() first.";
    for (const char *verb : { "enter", "start", "advance", "resume", "runTo" })
        row(verb, TearingDown, runsToItsEnd);
    static constexpr char over[] = "\"script\" has ended; call enter() or start() to run it again.";
    for (const char *verb : { "advance", "resume" }) {
        row(verb, Finished, over);
        row(verb, Failed, over);
    }
}

void TestExecutorMisuse::textSaysTheCure()
{
    QFETCH(QByteArray, verb);
    QFETCH(QSeamstressExecutor::Phase, phase);
    QFETCH(QString, text);
    ScriptInPhase fixture;
    QVERIFY2(fixture.bringInto(phase), qPrintable(fixture.executor.errorString()));
    QTest::ignoreMessage(QtWarningMsg, (QByteArray(Executor::staticMetaObject.className()) + "::" + verb + ": " + text.toLatin1()).constData());
    QVERIFY(!verbs.at(verb)(fixture.executor));
    QCOMPARE(fixture.executor.errorString(), text);
    QCOMPARE(fixture.executor.error().code(), QSeamstressError::InvalidUse);
}

void TestExecutorMisuse::textOfAScriptWithoutAName()
{
    Executor executor([]() -> QSeamstressScript { co_yield "a"; });
    const QByteArray text = QByteArray("The unnamed ") + Executor::staticMetaObject.className() + " has not been started; call enter() or start() first.";
    QTest::ignoreMessage(QtWarningMsg, (QByteArray(Executor::staticMetaObject.className()) + "::exit: " + text).constData());
    QVERIFY(!executor.exit());
    QCOMPARE(executor.errorString(), QString::fromLatin1(text));
}

// This is not a misuse: it can happen in a correct test.
void TestExecutorMisuse::textOfAPauseThatDoesNotCome()
{
    ScriptInPhase fixture;
    QVERIFY2(fixture.bringInto(QSeamstressExecutor::TearingDown), qPrintable(fixture.executor.errorString()));
    QVERIFY(!fixture.executor.waitForPaused());
    QCOMPARE(fixture.executor.error().code(), QSeamstressError::NeverPaused);
    QCOMPARE(fixture.executor.errorString(), "\"script\" is running to its end and no longer pauses. It has reached \"a\"; the last was \"a\". "
                                             "Call exit() or waitForFinished(), or call advance() instead of the earlier finish().");
}

void TestExecutorMisuse::badTimeoutFactor()
{
    const QByteArray before = qgetenv("QSEAMSTRESS_TIMEOUT_FACTOR");
    qputenv("QSEAMSTRESS_TIMEOUT_FACTOR", "soon");
    QTest::ignoreMessage(QtWarningMsg, "QSeamstress: QSEAMSTRESS_TIMEOUT_FACTOR is \"soon\", which is not a number above 0, so time-outs are not scaled. Set it to a number such as 10.");
    Executor executor([]() -> QSeamstressScript { co_yield "a"; });
    QVERIFY(executor.enter()); // warns once, not for each verb
    QVERIFY(executor.exit());
    qputenv("QSEAMSTRESS_TIMEOUT_FACTOR", before.isEmpty() ? "1" : before);
}

QTEST_GUILESS_MAIN(TestExecutorMisuse)
#include "tst_executormisuse.moc"
