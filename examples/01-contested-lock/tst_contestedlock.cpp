// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

// What payIndividual() does while another thread holds its lock, shown in four ways. They differ only in how the other thread is
// told to take the lock.

#include <QSeamstressTest>

#include <QTest>

#include "payindividual.h"

//! [config]
// Takes the lock in set-up and gives it back in tear-down. As a class of its own, several tests can use it.
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
    // Whatever a test did: the lock is free, and paying goes on.
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

    QSEAMSTRESS_ENTER(hogger); // the other thread holds the lock now, and stands still
    QVERIFY_THROWS_EXCEPTION(AlreadyPayingIndividual, payIndividual("alice"));
    QSEAMSTRESS_EXIT(hogger); // released, joined; an error over there fails the test here

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
    QSEAMSTRESS_THREAD(hogger, &payIndividualLock); // entered here, exits at the end of the scope
    QVERIFY_THROWS_EXCEPTION(AlreadyPayingIndividual, payIndividual("alice"));
}
//! [one line]

QTEST_APPLESS_MAIN(TestContestedLock)
#include "tst_contestedlock.moc"
