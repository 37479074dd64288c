// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

// No error is lost or reported twice, and a destructor reports those that the test has not seen.

#include "executorundertest.h"

#include <QSignalSpy>

#include <stdexcept>

class TestExecutorErrors : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void scriptThatThrows_data();
    void scriptThatThrows();
    void scriptThatEndsEarly();
    void scriptWithoutAPausePoint();
    void noScript();
    void unseenErrorFailsTheTest();
    void seenErrorDoesNot_data();
    void seenErrorDoesNot();
    void misuseDoesNotHideAnError_data();
    void misuseDoesNotHideAnError();
    void unseenErrorIsToldBeforeTheNextRun();
    void usedAgainAfterAFailure();
    void duringRunsTheBodyBetween();
    void duringDoesNotRunTheBodyIfTheSetUpFailed();
    void duringExitsIfTheBodyThrows();
    void duringKeepsTheErrorOfItsExit();
};

// Where the script below throws.
enum class Place { SetUp, Step, TearDown, Destructor };
Q_DECLARE_METATYPE(Place)

class ThrowsWhenDestroyed
{
public:
    explicit ThrowsWhenDestroyed(bool throws)
        : m_throws(throws)
    {
    }
    Q_DISABLE_COPY_MOVE(ThrowsWhenDestroyed)
    ~ThrowsWhenDestroyed() noexcept(false)
    {
        if (m_throws)
            throw std::runtime_error("on purpose");
    }

private:
    const bool m_throws;
};

static QSeamstressScript scriptThatThrowsAt(Place place)
{
    const auto throwAt = [place](Place here) {
        if (place == here)
            throw std::runtime_error("on purpose");
    };
    const ThrowsWhenDestroyed local(place == Place::Destructor);
    throwAt(Place::SetUp);
    co_yield "a";
    throwAt(Place::Step);
    co_yield "b";
    throwAt(Place::TearDown);
}

void TestExecutorErrors::scriptThatThrows_data()
{
    QTest::addColumn<Place>("place");
    QTest::addColumn<QString>("where");
    QTest::newRow("in-set-up") << Place::SetUp << " before its first pause point";
    QTest::newRow("between-points") << Place::Step << " after its pause point \"a\"";
    QTest::newRow("in-tear-down") << Place::TearDown << " after its pause point \"b\"";
    QTest::newRow("in-a-destructor-while-torn-down") << Place::Destructor << " after its pause point \"b\"";
}

void TestExecutorErrors::scriptThatThrows()
{
    QFETCH(Place, place);
    QFETCH(QString, where);
    Executor executor;
    setScript(executor, &scriptThatThrowsAt, place);
    executor.setObjectName("script");
    QSignalSpy errors(&executor, &QSeamstressExecutor::errorOccurred);

    QCOMPARE(executor.enter(), place != Place::SetUp);
    if (place != Place::SetUp)
        QCOMPARE(executor.advance(), place != Place::Step);
    QVERIFY(!executor.exit());

    QCOMPARE(executor.phase(), QSeamstressExecutor::Failed);
    QCOMPARE(executor.errors().size(), 1);
    QCOMPARE(executor.error().code(), QSeamstressError::Exception);
    QCOMPARE(executor.error().exceptionType(), "std::runtime_error");
    QCOMPARE(executor.errorString(), "\"script\" threw std::runtime_error" + where + ": on purpose");
    QCOMPARE(executor.error().origin(), "script");
    QVERIFY_THROWS_EXCEPTION(std::runtime_error, executor.error().raise());
    QCOMPARE(errors.count(), 1);
}

void TestExecutorErrors::scriptThatEndsEarly()
{
    Executor executor([]() -> QSeamstressScript { co_yield "a"; });
    executor.setObjectName("script");
    QVERIFY(executor.enter());
    QVERIFY(!executor.advance());
    QCOMPARE(executor.error().code(), QSeamstressError::NeverPaused);
    QCOMPARE(executor.errorString(), "\"script\" ended without reaching another pause point. It has reached \"a\"; the last was \"a\". "
                                     "Add the pause point to the script, or call exit() instead.");
    QCOMPARE(executor.phase(), QSeamstressExecutor::Finished);
    QVERIFY(executor.errors().isEmpty());
    QVERIFY(executor.exit());

    QVERIFY(!executor.runTo("b"));
    QCOMPARE(executor.error().code(), QSeamstressError::NeverPaused);
    QVERIFY2(executor.errorString().contains("without reaching the pause point \"b\""), qPrintable(executor.errorString()));
    QVERIFY(executor.exit());
}

void TestExecutorErrors::scriptWithoutAPausePoint()
{
    Executor executor([]() -> QSeamstressScript { co_return; });
    QVERIFY(!executor.enter());
    QCOMPARE(executor.error().code(), QSeamstressError::NeverPaused);
    QVERIFY2(executor.errorString().contains("without reaching a pause point. It has reached no pause point so far."), qPrintable(executor.errorString()));
    QVERIFY(executor.exit());
}

void TestExecutorErrors::noScript()
{
    Executor executor;
    executor.setObjectName("script");
    expectMisuse("enter", "\"script\" has no script; pass one to the constructor, or call setScript\\(\\) or setConfig\\(\\) first");
    QVERIFY(!executor.enter());
    QCOMPARE(executor.error().code(), QSeamstressError::InvalidUse);
    QCOMPARE(executor.phase(), QSeamstressExecutor::Idle);
}

void TestExecutorErrors::unseenErrorFailsTheTest()
{
    RecordedFailures failures;
    {
        Executor executor;
        setScript(executor, &scriptThatThrowsAt, Place::TearDown);
        executor.setObjectName("script");
        QVERIFY(executor.enter());
    }
    const QStringList messages = failures.take();
    QCOMPARE(messages.size(), 1);
    QVERIFY2(messages.first().startsWith("\"script\" threw std::runtime_error after its pause point \"b\": on purpose\nTimeline:\n"), qPrintable(messages.first()));
}

void TestExecutorErrors::seenErrorDoesNot_data()
{
    QTest::addColumn<QString>("by");
    QTest::newRow("verb") << "verb";
    QTest::newRow("receiver") << "receiver";
    QTest::newRow("error") << "error";
    QTest::newRow("errors") << "errors";
    QTest::newRow("errorString") << "errorString";
}

void TestExecutorErrors::seenErrorDoesNot()
{
    QFETCH(QString, by);
    RecordedFailures failures;
    {
        Executor executor;
        setScript(executor, &scriptThatThrowsAt, Place::TearDown);
        QSignalSpy finished(&executor, &QSeamstressExecutor::finished);
        int received = 0;
        if (by == "receiver")
            connect(&executor, &QSeamstressExecutor::errorOccurred, this, [&received] { ++received; });
        QVERIFY(executor.enter());
        if (by == "verb") {
            QVERIFY(!executor.exit());
        } else {
            executor.finish();
            QVERIFY(finished.wait());
        }
        if (by == "error")
            QVERIFY(executor.error());
        if (by == "errors")
            QCOMPARE(executor.errors().size(), 1);
        if (by == "errorString")
            QVERIFY(!executor.errorString().isEmpty());
        QCOMPARE(received, by == "receiver" ? 1 : 0);
    }
    QCOMPARE(failures.take(), QStringList());
}

void TestExecutorErrors::misuseDoesNotHideAnError_data()
{
    QTest::addColumn<QString>("verb");
    QTest::addColumn<QString>("then");
    QTest::newRow("advance") << "advance" << "";
    QTest::newRow("advance-then-errorString-is-read") << "advance" << "errorString";
    QTest::newRow("resume") << "resume" << "";
    QTest::newRow("resume-then-exit") << "resume" << "exit";
    QTest::newRow("resume-then-waitForFinished") << "resume" << "waitForFinished";
}

void TestExecutorErrors::misuseDoesNotHideAnError()
{
    QFETCH(const QString, verb);
    QFETCH(const QString, then);
    RecordedFailures failures;
    const bool isReturned = then == "exit" || then == "waitForFinished";
    {
        Executor executor;
        setScript(executor, &scriptThatThrowsAt, Place::SetUp);
        QSignalSpy finished(&executor, &QSeamstressExecutor::finished);
        executor.start();
        QVERIFY(finished.wait());
        expectMisuse(qPrintable(verb), "has ended; call enter\\(\\) or start\\(\\) to run it again");
        if (verb == "advance")
            QVERIFY(!executor.advance());
        else
            executor.resume();
        if (then == "errorString")
            QVERIFY2(executor.errorString().contains("has ended; "), qPrintable(executor.errorString()));
        if (isReturned) {
            QVERIFY(!(then == "exit" ? executor.exit() : executor.waitForFinished()));
            QCOMPARE(executor.error().code(), QSeamstressError::Exception);
        }
    }
    const QStringList messages = failures.take();
    QCOMPARE(messages.size(), isReturned ? 0 : 1);
    if (!isReturned)
        QVERIFY2(messages.first().contains(": on purpose"), qPrintable(messages.first()));
}

void TestExecutorErrors::unseenErrorIsToldBeforeTheNextRun()
{
    RecordedFailures failures;
    Executor executor;
    setScript(executor, &scriptThatThrowsAt, Place::SetUp);
    QSignalSpy finished(&executor, &QSeamstressExecutor::finished);
    executor.start();
    QVERIFY(finished.wait());
    QCOMPARE(failures.take(), QStringList());
    executor.start();
    QCOMPARE(failures.take().size(), 1);
    QVERIFY(finished.wait());
    QVERIFY(executor.error());
}

void TestExecutorErrors::usedAgainAfterAFailure()
{
    Executor executor;
    setScript(executor, &scriptThatThrowsAt, Place::Step);
    for (int i = 0; i < 3; ++i) {
        QVERIFY(executor.enter());
        QVERIFY(!executor.advance());
        QCOMPARE(executor.errors().size(), 1);
    }
    executor.setScript([]() -> QSeamstressScript { co_yield "other"; });
    QVERIFY(executor.enter());
    QCOMPARE(executor.pausePoint(), "other");
    QVERIFY(executor.exit());
}

void TestExecutorErrors::duringRunsTheBodyBetween()
{
    Executor executor([]() -> QSeamstressScript { co_yield "a"; });
    QString point;
    QVERIFY(executor.during([&] { point = executor.pausePoint(); }));
    QCOMPARE(point, "a");
    QCOMPARE(executor.phase(), QSeamstressExecutor::Finished);
}

void TestExecutorErrors::duringDoesNotRunTheBodyIfTheSetUpFailed()
{
    Executor executor;
    setScript(executor, &scriptThatThrowsAt, Place::SetUp);
    bool ran = false;
    QVERIFY(!executor.during([&] { ran = true; }));
    QVERIFY(!ran);
    QCOMPARE(executor.error().code(), QSeamstressError::Exception);
}

void TestExecutorErrors::duringExitsIfTheBodyThrows()
{
    Executor executor([]() -> QSeamstressScript { co_yield "a"; });
    QVERIFY_THROWS_EXCEPTION(std::out_of_range, (void)executor.during([] { throw std::out_of_range("of the body"); }));
    QCOMPARE(executor.phase(), QSeamstressExecutor::Finished);
}

void TestExecutorErrors::duringKeepsTheErrorOfItsExit()
{
    Executor executor;
    setScript(executor, &scriptThatThrowsAt, Place::TearDown);
    executor.setObjectName("script");
    expectMisuse("during", "\"script\" failed while an exception from its body was propagating: .*on purpose");
    QVERIFY_THROWS_EXCEPTION(std::out_of_range, (void)executor.during([] { throw std::out_of_range("of the body"); }));
    QCOMPARE(executor.errors().size(), 1);
    QCOMPARE(executor.phase(), QSeamstressExecutor::Failed);
}

QTEST_GUILESS_MAIN(TestExecutorErrors)
#include "tst_executorerrors.moc"
