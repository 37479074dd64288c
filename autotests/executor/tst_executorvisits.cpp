// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

// Repeated visits to the same pause point.

#include "executorundertest.h"

#include <QTest>

class TestExecutorVisits : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void runsToTheThirdTime();
    void countsFromTheBeginning();
    void countsPointsWithoutAName();
    void takesAPointThatIsCalledSo();
    void neverComes();
};

static QSeamstressScript loop()
{
    for (int turn = 1; turn <= 5; ++turn)
        co_yield QSeamstress::Pause("turn", turn);
    co_yield QSeamstress::Pause({}, 6);
    co_yield QSeamstress::Pause({}, 7);
    co_yield QSeamstress::Pause("turn#2", 8);
}

void TestExecutorVisits::runsToTheThirdTime()
{
    Executor executor(loop);
    QVERIFY2(executor.runTo("turn#3"), qPrintable(executor.errorString()));
    QCOMPARE(executor.pausePoint(), "turn");
    QCOMPARE(executor.pauseValue(), 3);
    QVERIFY2(executor.runTo("turn#5"), qPrintable(executor.errorString()));
    QCOMPARE(executor.pauseValue(), 5);
    QVERIFY(executor.exit());
    QVERIFY(executor.runTo("turn#3")); // visits are counted anew in each run
    QCOMPARE(executor.pauseValue(), 3);
    QVERIFY(executor.exit());
}

void TestExecutorVisits::countsFromTheBeginning()
{
    Executor executor(loop);
    QVERIFY(executor.enter());
    QVERIFY(executor.advance());
    QVERIFY(executor.runTo("turn#3"));
    QCOMPARE(executor.pauseValue(), 3);
    QVERIFY(executor.exit());
}

void TestExecutorVisits::countsPointsWithoutAName()
{
    Executor executor(loop);
    QVERIFY(executor.runTo("#2"));
    QCOMPARE(executor.pausePoint(), "");
    QCOMPARE(executor.pauseValue(), 7);
    QVERIFY(executor.exit());
}

void TestExecutorVisits::takesAPointThatIsCalledSo()
{
    Executor executor(loop);
    QVERIFY(executor.runTo("turn#3"));
    QVERIFY(executor.runTo("turn#2")); // the second visit to "turn" is over, so this is the point with that name
    QCOMPARE(executor.pauseValue(), 8);
    QVERIFY(executor.exit());
}

void TestExecutorVisits::neverComes()
{
    Executor executor(loop);
    executor.setObjectName("loop");
    QVERIFY(!executor.runTo("turn#6"));
    QCOMPARE(executor.error().code(), QSeamstressError::NeverPaused);
    QVERIFY2(executor.errorString().startsWith("\"loop\" ended without reaching the pause point \"turn#6\". It has reached \"turn\" (5 times), "), qPrintable(executor.errorString()));
}

QTEST_MAIN(TestExecutorVisits)
#include "tst_executorvisits.moc"
