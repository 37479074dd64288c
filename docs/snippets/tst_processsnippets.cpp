// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

// Code shown on the page about processes, which shows each region.

#include <QSeamstressTest>

#include <QDataStream>
#include <QTest>

class TestProcessSnippets : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void sendsATypeOfItsOwn();
    void saysHowTheProcessDied();
};

//! [own type]
struct Account
{
    QString owner;
    int cents = 0;
};

QDataStream &operator<<(QDataStream &stream, const Account &account)
{
    return stream << account.owner << account.cents;
}

QDataStream &operator>>(QDataStream &stream, Account &account)
{
    return stream >> account.owner >> account.cents;
}
//! [own type]

void TestProcessSnippets::sendsATypeOfItsOwn()
{
    //! [send own type]
    qRegisterMetaType<Account>(); // without this, the test cannot read the value
    QSeamstressProcess bank([](Account account) -> QSeamstressScript {
        account.cents += 100;
        const QVariant value = QVariant::fromValue(account);
        co_yield QSeamstress::Pause("paid in", value);
    }, Account{ "alice", 500 });
    QSEAMSTRESS_ENTER(bank);
    QCOMPARE(bank.pauseValue().value<Account>().cents, 600);
    //! [send own type]
}

void TestProcessSnippets::saysHowTheProcessDied()
{
    //! [crash]
    QSeamstressProcess writer([]() -> QSeamstressScript {
        co_yield "half written";
        qFatal("the disk is full");
    });
    writer.setObjectName("writer");
    QSEAMSTRESS_ENTER(writer);
    QVERIFY(!writer.exit());
    QCOMPARE(writer.error().code(), QSeamstressError::Crashed);
    const QString expected = "\"writer\" was terminated by SIGABRT after its pause point \"half written\". Its qFatal() message: the disk is full";
    QVERIFY2(writer.errorString().startsWith(expected), qPrintable(writer.errorString()));
    //! [crash]
}

QTEST_GUILESS_MAIN(TestProcessSnippets)
#include "tst_processsnippets.moc"
