// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

// Which signals are emitted, when, in which order and in which thread.

#include "executorundertest.h"

#include <QSignalSpy>
#include <QThread>

#include <stdexcept>

class TestExecutorSignals : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { m_log.clear(); }
    void comeBeforeTheVerbReturns();
    void comeForEachHaltOnly();
    void comeForErrors();
    void comeFromTheEventLoop();
    void comeInTheOwnersThread_data();
    void comeInTheOwnersThread();
    void carryTheValue();
    void leaveOutAHaltThatNobodyHeardOf_data();
    void leaveOutAHaltThatNobodyHeardOf();
    void keepTheirOrderWhenASlotCallsAVerb();
    void verbInASlotOfItsOwnWaitIsMisuse_data();
    void verbInASlotOfItsOwnWaitIsMisuse();
    void verbOfAnotherExecutorInASlotWorks();
    void verbInASlotFromTheEventLoopWorks();
    void executorDeletedInASlot_data();
    void executorDeletedInASlot();

private:
    void logSignals(Executor &executor);

    QStringList m_log;
};

// Deletes the sender of a signal during the emission.
class Deleter : public QObject
{
    Q_OBJECT

public Q_SLOTS:
    void deleteSender() { delete sender(); }
};

static QSeamstressScript twoPoints()
{
    co_yield "a";
    co_yield "b";
}

static QSeamstressScript onePointThenThrow()
{
    co_yield "a";
    throw std::out_of_range("far out");
}

void TestExecutorSignals::logSignals(Executor &executor)
{
    connect(&executor, &QSeamstressExecutor::phaseChanged, this, [this](QSeamstressExecutor::Phase phase) { m_log += QString::fromLatin1(QMetaEnum::fromType<QSeamstressExecutor::Phase>().valueToKey(phase)); });
    connect(&executor, &QSeamstressExecutor::paused, this, [this](const QString &point) { m_log += "paused " + point; });
    connect(&executor, &QSeamstressExecutor::finished, this, [this] { m_log += "finished"; });
    connect(&executor, &QSeamstressExecutor::errorOccurred, this, [this](const QSeamstressError &error) { m_log += "error " + error.exceptionType(); });
}

void TestExecutorSignals::comeBeforeTheVerbReturns()
{
    Executor executor(&twoPoints);
    logSignals(executor);
    QVERIFY(executor.enter());
    QCOMPARE(std::exchange(m_log, {}), QStringList({ "SettingUp", "Paused", "paused a" }));
    QVERIFY(executor.advance());
    QCOMPARE(std::exchange(m_log, {}), QStringList({ "Running", "Paused", "paused b" }));
    QVERIFY(executor.exit());
    QCOMPARE(std::exchange(m_log, {}), QStringList({ "TearingDown", "Finished", "finished" }));
    QVERIFY(executor.runTo("b"));
    QCOMPARE(std::exchange(m_log, {}), QStringList({ "SettingUp", "Paused", "paused b" }));
}

void TestExecutorSignals::comeForEachHaltOnly()
{
    Executor executor([]() -> QSeamstressScript {
        for (int i = 0; i < 3; ++i)
            co_yield "loop";
        co_yield "last";
    });
    QSignalSpy paused(&executor, &QSeamstressExecutor::paused);
    QVERIFY(executor.enter());
    QVERIFY(executor.runTo("loop"));
    QCOMPARE(paused.count(), 2);
    QVERIFY(executor.runTo("last"));
    QCOMPARE(paused.count(), 3);
    QCOMPARE(paused.last().first().toString(), "last");
    QVERIFY(executor.exit());
    QVERIFY(executor.enter());
    paused.clear();
    QVERIFY(executor.exit());
    QCOMPARE(paused.count(), 0);
}

void TestExecutorSignals::comeForErrors()
{
    Executor executor(&onePointThenThrow);
    logSignals(executor);
    QSignalSpy errorChanged(&executor, &QSeamstressExecutor::errorChanged);
    QVERIFY(executor.enter());
    QVERIFY(!executor.advance());
    QCOMPARE(m_log, QStringList({ "SettingUp", "Paused", "paused a", "Running", "Failed", "error std::out_of_range", "finished" }));
    QCOMPARE(errorChanged.count(), 1);
    // The error is cleared when the next run starts.
    QVERIFY(executor.enter());
    QCOMPARE(errorChanged.count(), 2);
    QVERIFY(executor.errorString().isEmpty());
    QVERIFY(executor.errors().isEmpty());
    QVERIFY(!executor.exit());
}

void TestExecutorSignals::comeFromTheEventLoop()
{
    Executor executor(&twoPoints);
    logSignals(executor);
    QSignalSpy paused(&executor, &QSeamstressExecutor::paused);
    QSignalSpy finished(&executor, &QSeamstressExecutor::finished);
    executor.start();
    QVERIFY(paused.wait());
    executor.resume();
    QVERIFY(paused.wait());
    executor.finish();
    QVERIFY(finished.wait());
    QCOMPARE(m_log, QStringList({ "SettingUp", "Paused", "paused a", "Running", "Paused", "paused b", "TearingDown", "Finished", "finished" }));
}

void TestExecutorSignals::comeInTheOwnersThread_data()
{
    QTest::addColumn<bool>("byEventLoop");
    QTest::newRow("by-verbs") << false;
    QTest::newRow("by-the-event-loop") << true;
}

void TestExecutorSignals::comeInTheOwnersThread()
{
    QFETCH(bool, byEventLoop);
    Executor executor(&onePointThenThrow);
    QMap<QString, int> here;
    int elsewhere = 0;
    const auto count = [&](const char *signal) { QThread::currentThread() == executor.thread() ? ++here[signal] : ++elsewhere; };
    // Direct, so that the slot runs where the signal is emitted.
    connect(&executor, &QSeamstressExecutor::phaseChanged, this, [&] { count("phaseChanged"); }, Qt::DirectConnection);
    connect(&executor, &QSeamstressExecutor::paused, this, [&] { count("paused"); }, Qt::DirectConnection);
    connect(&executor, &QSeamstressExecutor::finished, this, [&] { count("finished"); }, Qt::DirectConnection);
    connect(&executor, &QSeamstressExecutor::errorOccurred, this, [&] { count("errorOccurred"); }, Qt::DirectConnection);
    connect(&executor, &QSeamstressExecutor::errorChanged, this, [&] { count("errorChanged"); }, Qt::DirectConnection);
    if (byEventLoop) {
        QSignalSpy paused(&executor, &QSeamstressExecutor::paused);
        QSignalSpy finished(&executor, &QSeamstressExecutor::finished);
        executor.start();
        QVERIFY(paused.wait());
        executor.finish();
        QVERIFY(finished.wait());
    } else {
        QVERIFY(executor.enter());
        QVERIFY(!executor.exit());
    }
    QCOMPARE(elsewhere, 0);
    // SettingUp, Paused, TearingDown, Failed.
    QCOMPARE(here, (QMap<QString, int>{ { "phaseChanged", 4 }, { "paused", 1 }, { "errorOccurred", 1 }, { "errorChanged", 1 }, { "finished", 1 } }));
}

void TestExecutorSignals::carryTheValue()
{
    Executor executor([]() -> QSeamstressScript {
        const QVariant list = QVariantList{ 1, "two" };
        co_yield QSeamstress::Pause("point", list);
        co_yield QSeamstress::Pause(QStringLiteral("Grüße"));
    });
    QVERIFY(executor.enter());
    QCOMPARE(executor.pauseValue().toList(), QVariantList({ 1, "two" }));
    QVERIFY(executor.advance());
    QCOMPARE(executor.pausePoint(), QStringLiteral("Grüße"));
    QVERIFY(!executor.pauseValue().isValid());
}

void TestExecutorSignals::leaveOutAHaltThatNobodyHeardOf_data()
{
    QTest::addColumn<QString>("point");
    QTest::newRow("finish") << QString();
    QTest::newRow("run-to-another-point") << "b";
    QTest::newRow("run-to-where-it-is") << "a";
}

void TestExecutorSignals::leaveOutAHaltThatNobodyHeardOf()
{
    QFETCH(QString, point);
    Executor executor(&twoPoints);
    logSignals(executor);
    executor.start();
    if (!runsOnTheEventLoop) // a task has not begun yet
        letItHalt(executor);
    // The script may have paused at a, but no event loop has run, so its owner has not noticed yet.
    QCOMPARE(executor.phase(), QSeamstressExecutor::SettingUp);
    if (point.isEmpty()) {
        QVERIFY(executor.exit());
        QCOMPARE(m_log, QStringList({ "SettingUp", "TearingDown", "Finished", "finished" }));
    } else {
        QVERIFY(executor.runTo(point));
        QCOMPARE(m_log, QStringList({ "SettingUp", "Paused", "paused " + point }));
    }
}

void TestExecutorSignals::keepTheirOrderWhenASlotCallsAVerb()
{
    Executor executor(&twoPoints);
    bool exited = false;
    connect(&executor, &QSeamstressExecutor::phaseChanged, this, [&](QSeamstressExecutor::Phase phase) {
        if (phase == QSeamstressExecutor::Paused)
            exited = executor.exit();
    });
    logSignals(executor);
    executor.start();
    QTRY_VERIFY(exited);
    // The slot above is called before those that log, so all logged signals come from within exit(). None is lost or emitted twice.
    QCOMPARE(m_log.count("paused a"), 1);
    QCOMPARE(m_log.count("finished"), 1);
    QVERIFY(m_log.indexOf("paused a") < m_log.indexOf("TearingDown"));
    QVERIFY(m_log.indexOf("TearingDown") < m_log.indexOf("Finished"));
}

void TestExecutorSignals::verbInASlotOfItsOwnWaitIsMisuse_data()
{
    QTest::addColumn<QSeamstressExecutor::WaitMode>("mode");
    QTest::newRow("blocking") << QSeamstressExecutor::Blocking;
    QTest::newRow("processing-events") << QSeamstressExecutor::ProcessEvents;
}

void TestExecutorSignals::verbInASlotOfItsOwnWaitIsMisuse()
{
    QFETCH(QSeamstressExecutor::WaitMode, mode);
    Executor executor(&twoPoints);
    executor.setWaitMode(mode);
    bool exited = true;
    connect(&executor, &QSeamstressExecutor::paused, this, [&] {
        expectMisuse("exit", "is waiting in another verb");
        exited = executor.exit();
        expectMisuse("resume", "is waiting in a verb");
        executor.resume();
    });
    QVERIFY(executor.enter());
    QVERIFY(!exited);
    QCOMPARE(executor.error().code(), QSeamstressError::InvalidUse);
    QCOMPARE(executor.phase(), QSeamstressExecutor::Paused);
}

void TestExecutorSignals::verbOfAnotherExecutorInASlotWorks()
{
    Executor outer(&twoPoints);
    Executor inner(&twoPoints);
    bool worked = false;
    connect(&outer, &QSeamstressExecutor::paused, this, [&] { worked = inner.enter() && inner.advance() && inner.exit(); });
    QVERIFY(outer.enter());
    QVERIFY(worked);
    QVERIFY(outer.exit());
}

void TestExecutorSignals::verbInASlotFromTheEventLoopWorks()
{
    Executor executor(&twoPoints);
    bool exited = false;
    connect(&executor, &QSeamstressExecutor::paused, this, [&] { exited = executor.exit(); });
    executor.start();
    QTRY_VERIFY(exited);
    QCOMPARE(executor.phase(), QSeamstressExecutor::Finished);
}

void TestExecutorSignals::executorDeletedInASlot_data()
{
    QTest::addColumn<QByteArray>("signal");
    QTest::addColumn<bool>("byEventLoop");
    for (const bool byEventLoop : { false, true }) {
        const auto row = [byEventLoop](const char *name, const char *signal) { QTest::addRow("%s%s", name, byEventLoop ? "-from-the-event-loop" : "") << QByteArray(signal) << byEventLoop; };
        row("phaseChanged", "phaseChanged(QSeamstressExecutor::Phase)");
        row("paused", "paused(QString)");
        row("finished", "finished()");
        row("errorOccurred", "errorOccurred(QSeamstressError)");
        row("errorChanged", "errorChanged()");
    }
}

void TestExecutorSignals::executorDeletedInASlot()
{
    QFETCH(QByteArray, signal);
    QFETCH(bool, byEventLoop);
    auto *executor = new Executor(&onePointThenThrow);
    const QPointer<Executor> alive(executor);
    RecordedFailures failures; // the script may have thrown before the executor is deleted, which is then reported
    Deleter deleter;
    connect(executor, signal.prepend('2').constData(), &deleter, SLOT(deleteSender()));
    if (byEventLoop) {
        connect(executor, &QSeamstressExecutor::paused, executor, &QSeamstressExecutor::finish);
        executor->start();
        QTRY_VERIFY(!alive);
    } else {
        const bool entered = executor->enter();
        QCOMPARE(entered, !alive.isNull()); // paused at its point, or deleted before it got there
        if (alive)
            QVERIFY(!executor->exit());
    }
    QVERIFY(!alive);
}

QTEST_GUILESS_MAIN(TestExecutorSignals)
#include "tst_executorsignals.moc"
