// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

// Two threads deposit into one account. In some orders of their steps, money is lost.

#include <QSeamstressExplorer>

#include <QFile>
#include <QTest>

#include <optional>

#include "account.h"

class TestLostUpdate : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void losesMoney();
    void safeAccountLosesNone();
    void safeAccount_data();
    void safeAccount();
    void orderThatLostMoney();
};

void TestLostUpdate::losesMoney()
{
    //! [bug]
    std::optional<Account> account;
    QSeamstressExplorer explorer;
    explorer.addThread("salary", [&account] { account->deposit(100); });
    explorer.addThread("refund", [&account] { account->deposit(20); });
    explorer.setReset([&account] { account.emplace(); });
    explorer.setCheck([&account] { return account->balance() == 120; });

    QVERIFY(!explorer.explore()); // finds the bug: see explorer.report()
    //! [bug]
    QCOMPARE(explorer.verdict(), QSeamstressExplorer::CheckFailed);
    QCOMPARE(explorer.failingOrder(), "salary>read refund>read refund>done salary>done");
    QFile file(REPORT);
    QVERIFY(file.open(QIODevice::ReadOnly));
    const QString expected = QString::fromUtf8(file.readAll()).section("//! [report]\n", 1, 1).trimmed();
    QCOMPARE(explorer.report().replace(QCoreApplication::applicationFilePath(), "./tst_lostupdate"), expected);

    // The same order loses the same amount every time.
    //! [replay]
    for (int i = 0; i < 100; ++i) {
        QVERIFY(!explorer.run(explorer.failingOrder()));
        QCOMPARE(account->balance(), 100);
    }
    //! [replay]
}

//! [explore]
void TestLostUpdate::safeAccountLosesNone()
{
    std::optional<SafeAccount> account;
    QSeamstressExplorer explorer;
    explorer.addThread("salary", [&account] { account->deposit(100); });
    explorer.addThread("refund", [&account] { account->deposit(20); });
    explorer.setReset([&account] { account.emplace(); });
    explorer.setCheck([&account] { return account->balance() == 120; });
    QVERIFY2(explorer.explore(), qPrintable(explorer.report()));
}
//! [explore]

// Each order is a data row, which can be selected on the command line.
//! [rows]
static void addDeposits(QSeamstressExplorer &explorer, std::optional<SafeAccount> &account)
{
    explorer.addThread("salary", [&account] { account->deposit(100); });
    explorer.addThread("refund", [&account] { account->deposit(20); });
    explorer.setReset([&account] { account.emplace(); });
    explorer.setCheck([&account] { return account->balance() == 120; });
}

void TestLostUpdate::safeAccount_data()
{
    std::optional<SafeAccount> account;
    QSeamstressExplorer explorer;
    addDeposits(explorer, account);
    explorer.addRows();
}

void TestLostUpdate::safeAccount()
{
    QFETCH(const QString, order);
    std::optional<SafeAccount> account;
    QSeamstressExplorer explorer;
    addDeposits(explorer, account);
    QVERIFY2(explorer.run(order), qPrintable(explorer.report()));
}
//! [rows]

void TestLostUpdate::orderThatLostMoney()
{
    std::optional<SafeAccount> account;
    QSeamstressExplorer explorer;
    addDeposits(explorer, account);
    //! [regression]
    QVERIFY2(explorer.run("salary>read refund>read refund>done salary>done"), qPrintable(explorer.report()));
    //! [regression]
}

QTEST_MAIN(TestLostUpdate)
#include "tst_lostupdate.moc"
