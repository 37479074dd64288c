// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

// Every verb in every phase: what it does and returns, and which phase and error result.

#include "scriptinphase.h"

#include <QSignalSpy>

using Phase = QSeamstressExecutor::Phase;
using Code = QSeamstressError::Code;

class TestExecutorPhases : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void verbInPhase_data();
    void verbInPhase();
    void slotInPhase_data();
    void slotInPhase();
    void waitsForTheEndOfAScriptThatDoesNotHalt_data();
    void waitsForTheEndOfAScriptThatDoesNotHalt();
};

// Both ways to wait; a task processes events in both.
struct NamedMode
{
    QSeamstressExecutor::WaitMode mode;
    const char *suffix;
};
static constexpr NamedMode modes[] = { { QSeamstressExecutor::Blocking, "" }, { QSeamstressExecutor::ProcessEvents, "-processing-events" } };

// The expected outcome of a verb.
struct Expected
{
    bool succeeds;
    Phase phase;
    QString point;
    Code code;
    bool warns;
};
Q_DECLARE_METATYPE(Expected)

static Expected pausesAt(const char *point)
{
    return { true, QSeamstressExecutor::Paused, QString::fromLatin1(point), QSeamstressError::NoError, false };
}
static const Expected finishes{ true, QSeamstressExecutor::Finished, {}, QSeamstressError::NoError, false };
static const Expected failsAsBefore{ false, QSeamstressExecutor::Failed, {}, QSeamstressError::Exception, false };
static Expected neverPauses(Phase phase)
{
    return { false, phase, {}, QSeamstressError::NeverPaused, false };
}
static Expected isMisuse(Phase phase, const char *point = "")
{
    return { false, phase, QString::fromLatin1(point), QSeamstressError::InvalidUse, true };
}

void TestExecutorPhases::verbInPhase_data()
{
    QTest::addColumn<QString>("verb");
    QTest::addColumn<Phase>("phase");
    QTest::addColumn<QSeamstressExecutor::WaitMode>("mode");
    QTest::addColumn<Expected>("expected");

    const auto row = [](const char *verb, Phase phase, const Expected &expected) {
        for (const NamedMode &mode : modes)
            QTest::addRow("%s-in-%s%s", verb, QMetaEnum::fromType<Phase>().valueToKey(phase), mode.suffix) << QString::fromLatin1(verb) << phase << mode.mode << expected;
    };
    using enum QSeamstressExecutor::Phase;

    row("enter", Idle, pausesAt("a"));
    row("enter", SettingUp, isMisuse(SettingUp));
    row("enter", Paused, isMisuse(Paused, "a"));
    row("enter", Running, isMisuse(Running));
    row("enter", TearingDown, isMisuse(TearingDown));
    row("enter", Finished, pausesAt("a"));
    row("enter", Failed, pausesAt("a"));

    row("advance", Idle, isMisuse(Idle));
    row("advance", SettingUp, isMisuse(SettingUp));
    row("advance", Paused, pausesAt("b"));
    row("advance", Running, isMisuse(Running));
    row("advance", TearingDown, isMisuse(TearingDown));
    row("advance", Finished, isMisuse(Finished));
    row("advance", Failed, isMisuse(Failed));

    row("runTo", Idle, pausesAt("b"));
    row("runTo", SettingUp, pausesAt("b"));
    row("runTo", Paused, pausesAt("b"));
    row("runTo", Running, pausesAt("b"));
    row("runTo", TearingDown, isMisuse(TearingDown));
    row("runTo", Finished, pausesAt("b"));
    row("runTo", Failed, pausesAt("b"));

    row("exit", Idle, isMisuse(Idle));
    row("exit", SettingUp, finishes);
    row("exit", Paused, finishes);
    row("exit", Running, finishes);
    row("exit", TearingDown, finishes);
    row("exit", Finished, finishes);
    row("exit", Failed, failsAsBefore);

    row("cancel", Idle, isMisuse(Idle));
    row("cancel", SettingUp, finishes);
    row("cancel", Paused, finishes);
    row("cancel", Running, finishes);
    row("cancel", TearingDown, finishes);
    row("cancel", Finished, finishes);
    row("cancel", Failed, failsAsBefore);

    row("waitForPaused", Idle, isMisuse(Idle));
    row("waitForPaused", SettingUp, pausesAt("a"));
    row("waitForPaused", Paused, pausesAt("a"));
    row("waitForPaused", Running, pausesAt("b"));
    row("waitForPaused", TearingDown, neverPauses(TearingDown));
    row("waitForPaused", Finished, neverPauses(Finished));
    row("waitForPaused", Failed, failsAsBefore);

    // A running script that pauses does not finish.
    row("waitForFinished", Idle, isMisuse(Idle));
    row("waitForFinished", SettingUp, isMisuse(Paused, "a"));
    row("waitForFinished", Paused, isMisuse(Paused, "a"));
    row("waitForFinished", Running, isMisuse(Paused, "b"));
    row("waitForFinished", TearingDown, finishes);
    row("waitForFinished", Finished, finishes);
    row("waitForFinished", Failed, failsAsBefore);
}

static bool callVerb(Executor &executor, const QString &verb)
{
    if (verb == "enter")
        return executor.enter();
    if (verb == "advance")
        return executor.advance();
    if (verb == "runTo")
        return executor.runTo("b");
    if (verb == "exit")
        return executor.exit();
    if (verb == "cancel")
        return executor.cancel();
    if (verb == "waitForPaused")
        return executor.waitForPaused();
    if (verb == "waitForFinished")
        return executor.waitForFinished();
    qFatal("no such verb: %s", qPrintable(verb));
}

void TestExecutorPhases::verbInPhase()
{
    QFETCH(QString, verb);
    QFETCH(Phase, phase);
    QFETCH(QSeamstressExecutor::WaitMode, mode);
    QFETCH(Expected, expected);
    ScriptInPhase fixture;
    QVERIFY2(fixture.bringInto(phase), qPrintable(fixture.executor.errorString()));
    fixture.executor.setWaitMode(mode);
    QSignalSpy errors(&fixture.executor, &QSeamstressExecutor::errorOccurred);
    const qsizetype scriptErrors = fixture.executor.errors().size();

    // If the verb must not wait, the doors stay closed: waiting would time out.
    const bool waits = expected.code != QSeamstressError::NeverPaused && (!expected.warns || expected.phase != phase);
    if (waits)
        fixture.door.open(2);
    if (expected.warns)
        expectMisuse(qPrintable(verb), "\"script\" .*; call ");
    QCOMPARE(callVerb(fixture.executor, verb), expected.succeeds);

    QCOMPARE(fixture.executor.phase(), expected.phase);
    QCOMPARE(fixture.executor.pausePoint(), expected.point);
    QCOMPARE(fixture.executor.error().code(), expected.code);
    // Once if the verb itself failed, not again for an error that was there before.
    QCOMPARE(errors.count(), expected.succeeds || expected.code == QSeamstressError::Exception ? 0 : 1);
    // Misuse is not an error of the script.
    if (!expected.succeeds)
        QCOMPARE(fixture.executor.errors().size(), scriptErrors);
}

void TestExecutorPhases::slotInPhase_data()
{
    QTest::addColumn<QString>("slot");
    QTest::addColumn<Phase>("phase");
    QTest::addColumn<Phase>("next");
    QTest::addColumn<bool>("warns");

    const auto row = [](const char *slot, Phase phase, Phase next, bool warns = false) {
        QTest::addRow("%s-in-%s", slot, QMetaEnum::fromType<Phase>().valueToKey(phase)) << QString::fromLatin1(slot) << phase << next << warns;
    };
    using enum QSeamstressExecutor::Phase;
    static constexpr bool misuse = true;

    row("start", Idle, SettingUp);
    row("start", SettingUp, SettingUp, misuse);
    row("start", Paused, Paused, misuse);
    row("start", Running, Running, misuse);
    row("start", TearingDown, TearingDown, misuse);
    row("start", Finished, SettingUp);
    row("start", Failed, SettingUp);

    row("resume", Idle, Idle, misuse);
    row("resume", SettingUp, SettingUp, misuse);
    row("resume", Paused, Running);
    row("resume", Running, Running, misuse);
    row("resume", TearingDown, TearingDown, misuse);
    row("resume", Finished, Finished, misuse);
    row("resume", Failed, Failed, misuse);

    row("finish", Idle, Idle, misuse);
    row("finish", SettingUp, TearingDown);
    row("finish", Paused, TearingDown);
    row("finish", Running, TearingDown);
    row("finish", TearingDown, TearingDown);
    row("finish", Finished, Finished);
    row("finish", Failed, Failed);
}

void TestExecutorPhases::slotInPhase()
{
    QFETCH(QString, slot);
    QFETCH(Phase, phase);
    QFETCH(Phase, next);
    QFETCH(bool, warns);
    ScriptInPhase fixture;
    QVERIFY2(fixture.bringInto(phase), qPrintable(fixture.executor.errorString()));
    QSignalSpy phases(&fixture.executor, &QSeamstressExecutor::phaseChanged);

    if (warns)
        expectMisuse(qPrintable(slot), "\"script\" .*; call ");
    QVERIFY(QMetaObject::invokeMethod(&fixture.executor, qPrintable(slot), Qt::DirectConnection));

    // The phase changes at once: the doors are still closed.
    QCOMPARE(fixture.executor.phase(), next);
    QCOMPARE(phases.count(), next == phase ? 0 : 1);
    if (warns)
        QCOMPARE(fixture.executor.error().code(), QSeamstressError::InvalidUse);
}

void TestExecutorPhases::waitsForTheEndOfAScriptThatDoesNotHalt_data()
{
    QTest::addColumn<bool>("isStarted");
    QTest::addColumn<QSeamstressExecutor::WaitMode>("mode");
    for (const NamedMode &mode : modes) {
        QTest::addRow("SettingUp%s", mode.suffix) << true << mode.mode;
        QTest::addRow("Running%s", mode.suffix) << false << mode.mode;
    }
}

void TestExecutorPhases::waitsForTheEndOfAScriptThatDoesNotHalt()
{
    QFETCH(bool, isStarted);
    QFETCH(QSeamstressExecutor::WaitMode, mode);
    ScriptInPhase fixture;
    fixture.executor.setWaitMode(mode);
    fixture.passes.set(isStarted);
    fixture.executor.start();
    if (!isStarted) {
        fixture.door.open();
        QVERIFY(fixture.executor.waitForPaused());
        fixture.passes.set(true);
        fixture.executor.resume();
    }
    QVERIFY(!fixture.executor.waitForFinished(shortDeadline()));
    fixture.door.open(2);
    QVERIFY(fixture.executor.waitForFinished());
    QCOMPARE(fixture.executor.phase(), QSeamstressExecutor::Finished);
}

QTEST_GUILESS_MAIN(TestExecutorPhases)
#include "tst_executorphases.moc"
