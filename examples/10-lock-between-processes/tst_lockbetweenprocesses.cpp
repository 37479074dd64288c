// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

// What payIndividual() does while another process holds its lock. The tests are those of 01-contested-lock, with QSeamstressProcess
// instead of QSeamstressThread. Only a pointer to the lock cannot be passed: it means nothing in another process.

#include <QSeamstressTest>

#include <QTemporaryDir>
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

// The child process inherits the environment of the test, so both use the same lock. A concurrent run of this test uses another one.
void TestLockBetweenProcesses::initTestCase()
{
    QVERIFY(m_home.isValid());
    qputenv("XDG_DATA_HOME", m_home.path().toLocal8Bit());
}

void TestLockBetweenProcesses::cleanup()
{
    // Whatever the test did, the lock is free and payments work again.
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

    QSEAMSTRESS_ENTER(hogger); // the other process now holds the lock and is paused
    QVERIFY_THROWS_EXCEPTION(AlreadyPayingIndividual, payIndividual("alice"));
    QSEAMSTRESS_EXIT(hogger); // the lock is released and the other process has ended; an error in its script fails the test

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
    QSEAMSTRESS_PROCESS(hogger, [] { return QMutexLocker(&payIndividualLock); }); // enters here, exits at the end of the scope
    QVERIFY_THROWS_EXCEPTION(AlreadyPayingIndividual, payIndividual("alice"));
}
//! [one line]

//! [other way round]
// The other way round: the test holds the lock, and the exception of the child process arrives in the test with its own type.
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
    QCOMPARE(paymentsTo("carol"), 1); // paid by the child process
}
//! [other way round]

QTEST_GUILESS_MAIN(TestLockBetweenProcesses)
#include "tst_lockbetweenprocesses.moc"
