// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

// What payIndividual() does while another process holds its lock. The tests are those of 01-contested-lock, with QSeamstressProcess in
// place of QSeamstressThread. Only a pointer to the lock cannot be passed, since it would mean nothing over there.

#include <QSeamstressTest>

#include <QTemporaryDir>
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

class TestLockBetweenProcesses : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void cleanup();
    void paysIfTheLockIsFree();
    void refusesWhileAConfigHoldsTheLock();
    void refusesWhileAGuardHoldsTheLock();
    void refusesInOneLine();
    void refusesInTheOtherProcess();

private:
    QTemporaryDir m_home;
};

// A process has the environment of the test, so it finds the same lock. A second run of this test beside it finds another one.
void TestLockBetweenProcesses::initTestCase()
{
    QVERIFY(m_home.isValid());
    qputenv("XDG_DATA_HOME", m_home.path().toLocal8Bit());
}

void TestLockBetweenProcesses::cleanup()
{
    // Whatever a test did: the lock is free, and paying goes on.
    const int before = paymentsTo("alice");
    payIndividual("alice");
    QCOMPARE(paymentsTo("alice"), before + 1);
}

void TestLockBetweenProcesses::paysIfTheLockIsFree()
{
    payIndividual("bob");
    QCOMPARE(paymentsTo("bob"), 1);
}

//! [use config]
void TestLockBetweenProcesses::refusesWhileAConfigHoldsTheLock()
{
    PayIndividualLockHogger config;
    QSeamstressProcess hogger(&config);
    hogger.setObjectName("hogger");

    QSEAMSTRESS_ENTER(hogger); // the other process holds the lock now, and stands still
    QVERIFY_THROWS_EXCEPTION(AlreadyPayingIndividual, payIndividual("alice"));
    QSEAMSTRESS_EXIT(hogger); // released, joined; an error over there fails the test here

    payIndividual("alice");
}
//! [use config]

//! [guard]
void TestLockBetweenProcesses::refusesWhileAGuardHoldsTheLock()
{
    QSeamstressProcess hogger([] { return QMutexLocker(&payIndividualLock); });
    hogger.setObjectName("hogger");

    QSEAMSTRESS_ENTER(hogger);
    QVERIFY_THROWS_EXCEPTION(AlreadyPayingIndividual, payIndividual("alice"));
    QSEAMSTRESS_EXIT(hogger);
}
//! [guard]

//! [one line]
void TestLockBetweenProcesses::refusesInOneLine()
{
    QSEAMSTRESS_PROCESS(hogger, [] { return QMutexLocker(&payIndividualLock); }); // entered here, exits at the end of the scope
    QVERIFY_THROWS_EXCEPTION(AlreadyPayingIndividual, payIndividual("alice"));
}
//! [one line]

//! [other way round]
// The other way round: the test holds the lock, and what the process throws comes back as it was thrown.
void TestLockBetweenProcesses::refusesInTheOtherProcess()
{
    QSeamstressError::registerExceptionType<AlreadyPayingIndividual>();
    QSeamstressProcess payer([]() -> QSeamstressScript {
        payIndividual("carol");
        co_yield "paid";
    });
    payer.setObjectName("payer");

    {
        const QMutexLocker lock(&payIndividualLock);
        QVERIFY(!payer.enter());
        QVERIFY_THROWS_EXCEPTION(AlreadyPayingIndividual, payer.error().raise());
    }
    QCOMPARE(paymentsTo("carol"), 0);
    QSEAMSTRESS_ENTER(payer);
    QCOMPARE(paymentsTo("carol"), 1); // paid over there
}
//! [other way round]

QTEST_GUILESS_MAIN(TestLockBetweenProcesses)
#include "tst_lockbetweenprocesses.moc"
