// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

// A test whose explorer finds a bug. tst_selftests compares its output with the files in autotests/meta/selftests.

#include <QSeamstressExplorer>

#include <QTest>

class FailingExplorers : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void losesMoney();
    void manySteps();
};

void FailingExplorers::losesMoney()
{
    int balance = 0;
    const auto deposit = [&balance](int amount) -> QSeamstressScript {
        const int before = balance;
        co_yield "read \"balance\" & <more";
        balance = before + amount;
    };
    QSeamstressExplorer explorer;
    explorer.addTask("salary", [&deposit] { return deposit(100); });
    explorer.addThread("refund", [&deposit] { return deposit(20); });
    explorer.setReset([&balance] { balance = 0; });
    explorer.setCheck([&balance] { return balance == 120; });
    QVERIFY2(explorer.explore(), qPrintable(explorer.report()));
}

void FailingExplorers::manySteps()
{
    int turns = 0;
    int seen = 0;
    QSeamstressExplorer explorer;
    explorer.addTask("alice", [&turns]() -> QSeamstressScript {
        for (turns = 1; turns <= 20; ++turns)
            co_yield "turn";
    });
    explorer.addTask("bob", [&turns, &seen]() -> QSeamstressScript {
        seen = turns;
        co_yield "seen";
    });
    explorer.setCheck([&seen] { return seen != 7; });
    QVERIFY2(explorer.explore(), qPrintable(explorer.report()));
}

QTEST_GUILESS_MAIN(FailingExplorers)
#include "main.moc"
