// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

// What payIndividual() does while another thread holds its lock, tested in four ways. They differ only in how the other thread takes
// the lock.

#include <QSeamstressTest>

#include <QTest>

#include "payindividual.h"

//! [config]
// Takes the lock in set-up and releases it in tear-down. As a separate class, it can be shared by several tests.
class PayIndividualLockHogger : public QSeamstressConfig
{
public:
    void setUp() override { payIndividualLock.lock(); }
    void tearDown() override { payIndividualLock.unlock(); }
};
//! [config]

class TestContestedLock : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void cleanup();
    void paysIfTheLockIsFree();
    void refusesWhileAConfigHoldsTheLock();
    void refusesWhileAGuardHoldsTheLock();
    void refusesWhileTheLockIsPassedAsItIs();
    void refusesInOneLine();
};

void TestContestedLock::cleanup()
{
    // Whatever the test did, the lock is free and payments work again.
    const int before = paymentsTo("alice");
    payIndividual("alice");
    QCOMPARE(paymentsTo("alice"), before + 1);
}

void TestContestedLock::paysIfTheLockIsFree()
{
    payIndividual("bob");
    QCOMPARE(paymentsTo("bob"), 1);
}

//! [use config]
void TestContestedLock::refusesWhileAConfigHoldsTheLock()
{
    PayIndividualLockHogger config;
    QSeamstressThread hogger(&config);
    hogger.setObjectName("hogger");

    QSEAMSTRESS_ENTER(hogger); // the other thread now holds the lock and is paused
    QVERIFY_THROWS_EXCEPTION(AlreadyPayingIndividual, payIndividual("alice"));
    QSEAMSTRESS_EXIT(hogger); // the lock is released and the other thread has ended; an error in its script fails the test

    payIndividual("alice");
}
//! [use config]

//! [guard]
void TestContestedLock::refusesWhileAGuardHoldsTheLock()
{
    QSeamstressThread hogger([] { return QMutexLocker(&payIndividualLock); });
    hogger.setObjectName("hogger");

    QSEAMSTRESS_ENTER(hogger);
    QVERIFY_THROWS_EXCEPTION(AlreadyPayingIndividual, payIndividual("alice"));
    QSEAMSTRESS_EXIT(hogger);
}
//! [guard]

//! [lock]
void TestContestedLock::refusesWhileTheLockIsPassedAsItIs()
{
    QSeamstressThread hogger(&payIndividualLock);
    hogger.setObjectName("hogger");

    QSEAMSTRESS_ENTER(hogger);
    QVERIFY_THROWS_EXCEPTION(AlreadyPayingIndividual, payIndividual("alice"));
    QSEAMSTRESS_EXIT(hogger);
}
//! [lock]

//! [one line]
void TestContestedLock::refusesInOneLine()
{
    QSEAMSTRESS_THREAD(hogger, &payIndividualLock); // enters here, exits at the end of the scope
    QVERIFY_THROWS_EXCEPTION(AlreadyPayingIndividual, payIndividual("alice"));
}
//! [one line]

QTEST_APPLESS_MAIN(TestContestedLock)
#include "tst_contestedlock.moc"
