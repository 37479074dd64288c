// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

// A lock for the tasks of one event loop, and what payIndividual() does while another task holds it. Only a task that pauses with the
// lock shows that: a task that takes the lock and releases it at once never gets in the way, as the last test proves.

#include <QSeamstressTest>

#include <QStringList>
#include <QTest>

#include <chrono>

#include "payroll.h"

class TestAsynchronousLock : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void givesUpWhileAnotherTaskPays();
    void anotherPersonIsPaidMeanwhile();
    void waitsForItsTurn();
    void firstComeFirstServed();
    void whoGaveUpIsPassedOver();
    void whoLeavesBeforeTakingItPassesItOn();
    void withoutAHaltNobodyIsRefused();
};

// Takes the lock and pauses while holding it.
static QSeamstressScript hog(AsyncLock &lock)
{
    const AsyncLock::Guard guard = co_await lock.lock();
    co_yield "locked";
}

// Requests the lock and pauses, then pauses again once it holds the lock.
static QSeamstressScript queueUp(AsyncLock &lock, QString name, QStringList &served)
{
    const QFuture<AsyncLock::Guard> turn = lock.lock();
    co_yield "asked";
    const AsyncLock::Guard guard = co_await turn;
    served.append(name);
    co_yield "locked";
}

//! [gives up]
void TestAsynchronousLock::givesUpWhileAnotherTaskPays()
{
    Payroll payroll;
    QSeamstressTask hogger([&payroll] { return hog(payroll.lockFor("alice")); });
    hogger.setObjectName("hogger");
    QSeamstressTask payer([&payroll]() -> QSeamstressScript {
        const QFuture<void> payment = payroll.payIndividual("alice");
        co_await payment;
        co_yield "paid";
    });
    payer.setObjectName("payer");

    QSEAMSTRESS_ENTER(hogger); // it holds the lock and stays paused until the payer gives up
    QVERIFY(!payer.enter());
    QVERIFY_THROWS_EXCEPTION(AlreadyPayingIndividual, payer.error().raise());
    QCOMPARE(hogger.pausePoint(), "locked");
    QCOMPARE(payroll.lockFor("alice").waiting(), 0);
    QSEAMSTRESS_EXIT(hogger);
    QCOMPARE(payroll.paymentsTo("alice"), 0); // the payer that gave up does not pay later

    QSEAMSTRESS_ENTER(payer);
    QCOMPARE(payroll.paymentsTo("alice"), 1);
}
//! [gives up]

void TestAsynchronousLock::anotherPersonIsPaidMeanwhile()
{
    Payroll payroll;
    QSEAMSTRESS_TASK(hogger, [&payroll] { return hog(payroll.lockFor("alice")); });
    QSEAMSTRESS_TASK(payer, [&payroll]() -> QSeamstressScript {
        const QFuture<void> payment = payroll.payIndividual("bob");
        co_await payment;
        co_yield "paid";
    });
    QCOMPARE(payroll.paymentsTo("bob"), 1);
}

void TestAsynchronousLock::waitsForItsTurn()
{
    Payroll payroll;
    QSEAMSTRESS_TASK(hogger, [&payroll] { return hog(payroll.lockFor("alice")); });
    QSEAMSTRESS_TASK(payer, [&payroll]() -> QSeamstressScript {
        const QFuture<void> payment = payroll.payIndividual("alice", std::chrono::hours(1));
        co_yield "asked";
        co_await payment;
        co_yield "paid";
    });
    QCOMPARE(payroll.lockFor("alice").waiting(), 1);
    QCOMPARE(payroll.paymentsTo("alice"), 0);
    QSEAMSTRESS_EXIT(hogger);
    QSEAMSTRESS_ADVANCE(payer);
    QCOMPARE(payroll.paymentsTo("alice"), 1);
}

//! [first come]
void TestAsynchronousLock::firstComeFirstServed()
{
    AsyncLock lock;
    QStringList served;
    QSeamstressTask first([&] { return queueUp(lock, "first", served); });
    first.setObjectName("first");
    QSeamstressTask second([&] { return queueUp(lock, "second", served); });
    second.setObjectName("second");
    QSeamstressTask third([&] { return queueUp(lock, "third", served); });
    third.setObjectName("third");

    QSEAMSTRESS_RUN_TO(first, "locked");
    QSEAMSTRESS_ENTER(second);
    QSEAMSTRESS_ENTER(third);
    third.resume(); // the third task awaits the lock first, but the order of the requests counts
    second.resume();
    QCOMPARE(lock.waiting(), 2);

    QSEAMSTRESS_EXIT(first);
    QVERIFY2(second.waitForPaused(), qPrintable(second.errorString()));
    QCOMPARE(served, QStringList({ "first", "second" }));
    QCOMPARE(lock.waiting(), 1);

    QSEAMSTRESS_EXIT(second);
    QVERIFY2(third.waitForPaused(), qPrintable(third.errorString()));
    QCOMPARE(served, QStringList({ "first", "second", "third" }));
    QCOMPARE(lock.waiting(), 0);
}
//! [first come]

void TestAsynchronousLock::whoGaveUpIsPassedOver()
{
    AsyncLock lock;
    QStringList served;
    QSEAMSTRESS_TASK(hogger, [&] { return hog(lock); });
    QFuture<AsyncLock::Guard> impatient = lock.lock();
    QSEAMSTRESS_TASK(patient, [&] { return queueUp(lock, "patient", served); });
    QCOMPARE(lock.waiting(), 2);

    impatient.cancel();
    QSEAMSTRESS_EXIT(hogger);
    QSEAMSTRESS_ADVANCE(patient);
    QCOMPARE(served, QStringList("patient"));
    QVERIFY(impatient.isFinished());
    QCOMPARE(impatient.resultCount(), 0);
}

void TestAsynchronousLock::whoLeavesBeforeTakingItPassesItOn()
{
    AsyncLock lock;
    QStringList served;
    QSEAMSTRESS_TASK(hogger, [&] { return hog(lock); });
    QSEAMSTRESS_TASK(leaver, [&lock]() -> QSeamstressScript {
        const QFuture<AsyncLock::Guard> turn = lock.lock();
        co_yield "asked";
    });
    QSEAMSTRESS_TASK(next, [&] { return queueUp(lock, "next", served); });

    QSEAMSTRESS_EXIT(hogger);
    QCOMPARE(lock.waiting(), 1); // exactly here: the leaver has been granted the lock, but has not continued yet
    QSEAMSTRESS_EXIT(leaver);
    QSEAMSTRESS_ADVANCE(next);
    QCOMPARE(served, QStringList("next"));
}

void TestAsynchronousLock::withoutAHaltNobodyIsRefused()
{
    Payroll payroll;
    QSeamstressTask other([&payroll]() -> QSeamstressScript { const AsyncLock::Guard guard = co_await payroll.lockFor("alice").lock(); });
    other.start();
    QSEAMSTRESS_TASK(payer, [&payroll]() -> QSeamstressScript {
        const QFuture<void> payment = payroll.payIndividual("alice");
        co_await payment;
        co_yield "paid";
    });
    QCOMPARE(payroll.paymentsTo("alice"), 1); // the other task has released the lock already: AlreadyPayingIndividual was not tested
}

QTEST_GUILESS_MAIN(TestAsynchronousLock)
#include "tst_asynchronouslock.moc"
