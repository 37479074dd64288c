// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

// The macros of <QSeamstressTest> throw where QVERIFY throws and return where it returns. Run with QTEST_THROW_ON_FAIL defined, with it in
// the environment, and without it.

#include <QSeamstressTest>

#include <QTest>

#include <stdexcept>

#include "../shared/recordedfailures.h"

class TestThrowOnFail : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void macro_data();
    void macro();
    void errorInADestructor();
    void errorInADestructorWhileItThrows();
    void bodyThatThrows();
    void scriptThatThrows();
};

using Function = void (*)();

// Whether a failing function throws. The type that QTest throws is private.
static bool throws(Function function)
{
    try {
        function();
    } catch (const std::exception &) {
        return true;
    }
    return false;
}

static bool wentOn = false;

static QSeamstressScript failAtTheEnd()
{
    co_yield "ready";
    throw std::logic_error("torn down twice");
}

static bool refuse()
{
    return false;
}

static void enter()
{
    QSeamstressThread thread(refuse);
    QSEAMSTRESS_ENTER(thread);
    wentOn = true;
}

static void advance()
{
    QSeamstressThread thread(failAtTheEnd);
    QSEAMSTRESS_ENTER(thread);
    QSEAMSTRESS_ADVANCE(thread);
    wentOn = true;
}

static void runTo()
{
    QSeamstressThread thread(failAtTheEnd);
    QSEAMSTRESS_RUN_TO(thread, QStringLiteral("never"));
    wentOn = true;
}

static void exitThread()
{
    QSeamstressThread thread(failAtTheEnd);
    QSEAMSTRESS_ENTER(thread);
    QSEAMSTRESS_EXIT(thread);
    wentOn = true;
}

static void declareThread()
{
    QSEAMSTRESS_THREAD(thread, refuse);
    wentOn = true;
}

static void declareProcess()
{
    QSEAMSTRESS_PROCESS(process, refuse);
    wentOn = true;
}

static void declareTask()
{
    QSEAMSTRESS_TASK(task, refuse);
    wentOn = true;
}

static void qVerify()
{
    QEXPECT_FAIL("", "It is to fail.", Abort);
    QVERIFY(refuse());
    wentOn = true;
}

void TestThrowOnFail::macro_data()
{
    QTest::addColumn<Function>("function");
    QTest::addColumn<int>("failures");
    QTest::newRow("qverify") << &qVerify << 0; // QTest records this failure itself
    QTest::newRow("enter") << &enter << 1;
    QTest::newRow("advance") << &advance << 1;
    QTest::newRow("run-to") << &runTo << 1;
    QTest::newRow("exit") << &exitThread << 1;
    QTest::newRow("thread") << &declareThread << 1;
    QTest::newRow("process") << &declareProcess << 1;
    QTest::newRow("task") << &declareTask << 1;
}

void TestThrowOnFail::macro()
{
    QFETCH(const Function, function);
    QFETCH(const int, failures);
    RecordedFailures recorded;
    wentOn = false;
    const bool threwAsItWasStarted = throws(function);
    bool threwWhenEnabled = false;
    {
        const QTest::ThrowOnFailEnabler enabler;
        threwWhenEnabled = throws(function);
    }
    QCOMPARE(recorded.take().size(), 2 * failures);
    QCOMPARE(threwAsItWasStarted, throws(&qVerify)); // not every version of Qt reads the environment
#ifdef QTEST_THROW_ON_FAIL
    QVERIFY(threwAsItWasStarted);
#endif
    QVERIFY(threwWhenEnabled);
    QVERIFY(!wentOn);
}

void TestThrowOnFail::errorInADestructor()
{
    const QTest::ThrowOnFailEnabler enabler;
    {
        QSeamstressThread thread(failAtTheEnd);
        QVERIFY(thread.enter());
        QEXPECT_FAIL("", "The destructor is to fail.", Continue);
    }
    wentOn = true;
    QVERIFY(wentOn);
}

void TestThrowOnFail::errorInADestructorWhileItThrows()
{
    RecordedFailures recorded;
    const QTest::ThrowOnFailEnabler enabler;
    const bool threw = throws([] {
        QSEAMSTRESS_THREAD(thread, failAtTheEnd);
        QSEAMSTRESS_PROCESS(process, failAtTheEnd);
        QSEAMSTRESS_TASK(task, failAtTheEnd);
        QSEAMSTRESS_THREAD(refusing, refuse);
    });
    QVERIFY(threw);
    QCOMPARE(recorded.take().size(), 4);
}

void TestThrowOnFail::bodyThatThrows()
{
    const QTest::ThrowOnFailEnabler enabler;
    const bool threw = throws([] {
        QSeamstressThread thread([]() -> QSeamstressScript { co_yield "ready"; });
        thread.setObjectName(QStringLiteral("worker"));
        static_cast<void>(thread.during(qVerify));
    });
    QVERIFY(threw);
}

void TestThrowOnFail::scriptThatThrows()
{
    const QTest::ThrowOnFailEnabler enabler;
    QSeamstressThread thread(qVerify);
    QVERIFY(!thread.enter());
    QCOMPARE(thread.error().code(), QSeamstressError::Exception);
}

QTEST_GUILESS_MAIN(TestThrowOnFail)
#include "tst_throwonfail.moc"
