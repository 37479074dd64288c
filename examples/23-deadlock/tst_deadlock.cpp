// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

// Two transfers between the same two accounts, in opposite directions. Each first locks the account that it debits, then the other one.

#include <QSeamstressExplorer>
#include <QSeamstressPausePoint>
#include <QSeamstressThread>

#include <QTest>

#include <memory>
#include <mutex>

class TestDeadlock : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void locksOneAfterTheOther();
    void locksBothAtOnce();
};

struct Account
{
    std::mutex mutex;
    int balance = 100;
};
struct Bank
{
    Account alice;
    Account bob;
};

static void transfer(Account &from, Account &to, int amount)
{
    const std::lock_guard first(from.mutex);
    QSEAMSTRESS_PAUSE_POINT("first lock");
    const std::lock_guard second(to.mutex);
    from.balance -= amount;
    to.balance += amount;
}

// The fix: std::scoped_lock locks both without deadlock.
static void transferSafely(Account &from, Account &to, int amount)
{
    QSEAMSTRESS_PAUSE_POINT("before both");
    const std::scoped_lock both(from.mutex, to.mutex);
    QSEAMSTRESS_PAUSE_POINT("both locks");
    from.balance -= amount;
    to.balance += amount;
}

void TestDeadlock::initTestCase()
{
    if (!QSeamstressThread::isActivityAvailable())
        QSKIP("This system does not report what a thread waits for.");
}

void TestDeadlock::locksOneAfterTheOther()
{
    // Shared, since deadlocked threads stay blocked, and keep using their bank.
    std::shared_ptr<Bank> bank;
    QSeamstressExplorer explorer;
    explorer.addThread("Alice", [&bank] {
        const std::shared_ptr<Bank> own = bank;
        transfer(own->alice, own->bob, 30);
    });
    explorer.addThread("Bob", [&bank] {
        const std::shared_ptr<Bank> own = bank;
        transfer(own->bob, own->alice, 20);
    });
    explorer.setReset([&bank] { bank = std::make_shared<Bank>(); });
    QVERIFY(!explorer.explore());
    QCOMPARE(explorer.verdict(), QSeamstressExplorer::Deadlock);
    QCOMPARE(explorer.failingOrder(), "Alice>first lock Bob>first lock Bob>blocked Alice>blocked");
    QVERIFY2(explorer.report().contains("; Bob holds it."), qPrintable(explorer.report()));
    QVERIFY2(explorer.report().contains("; Alice holds it."), qPrintable(explorer.report()));
    for (int i = 0; i < 100; ++i) {
        QVERIFY(!explorer.run("Alice>first lock Bob>first lock Bob>blocked Alice>blocked"));
        QCOMPARE(explorer.verdict(), QSeamstressExplorer::Deadlock);
    }
}

void TestDeadlock::locksBothAtOnce()
{
    std::shared_ptr<Bank> bank;
    QSeamstressExplorer explorer;
    explorer.addThread("Alice", [&bank] { transferSafely(bank->alice, bank->bob, 30); });
    explorer.addThread("Bob", [&bank] { transferSafely(bank->bob, bank->alice, 20); });
    explorer.setReset([&bank] { bank = std::make_shared<Bank>(); });
    explorer.setCheck([&bank] { return bank->alice.balance == 90 && bank->bob.balance == 110; });
    QVERIFY2(explorer.explore(), qPrintable(explorer.report()));
}

QTEST_MAIN(TestDeadlock)
#include "tst_deadlock.moc"
