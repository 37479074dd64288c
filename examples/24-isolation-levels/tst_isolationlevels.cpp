// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

// What two PostgreSQL transactions see of each other: looks for each anomaly in all orders of their statements, at each isolation level.

#include <QSeamstressExplorer>
#include <QSeamstressThread>

#include <QTest>

#include <chrono>
#include <functional>
#include <memory>

#include "privateserver.h"
#include "requirements.h"
#include "sqlconnection.h"
#include "sqldriver.h"

class TestIsolationLevels : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void anomaly_data();
    void anomaly();

private:
    SqlAddress address() const { return { "QPSQL", m_server.folder(), "postgres", PrivateServer::user(), PrivateServer::password(), {} }; }

    PrivateServer m_server{ PrivateServer::PostgreSQL };
    std::unique_ptr<SqlConnection> m_connection;
};

// Three statements. In the second one, "?" is replaced by the value that the first one has read.
struct Transaction
{
    QString first;
    QString second;
    QString third = "COMMIT";
};
// The result of a transaction.
struct Result
{
    int first = 0;
    int second = 0;
    bool isRefused = false; // rejected by the server; an application would have to retry
};

// Two transactions that may show an anomaly.
struct Anomaly
{
    Transaction a;
    Transaction b;
    // Whether they show none. alice and both are the balances of Alice, and of Alice and Bob together, after both transactions.
    std::function<bool(const Result &a, const Result &b, int alice, int both)> isAbsent;
};
Q_DECLARE_METATYPE(Anomaly)

//! [transaction]
static QSeamstressScript run(SqlAddress address, QString level, Transaction transaction, Result &result)
{
    const SqlConnection connection(address);
    connection.execute("BEGIN ISOLATION LEVEL " + level);
    try {
        result.first = connection.execute(transaction.first).toInt();
        co_yield "first";
        result.second = connection.execute(transaction.second.replace('?', QString::number(result.first))).toInt();
        co_yield "second";
        connection.execute(transaction.third);
    } catch (const SqlException &exception) {
        if (exception.code() != "40001") // serialization_failure
            throw;
        result.isRefused = true; // rolled back when the connection closes
    }
}
//! [transaction]

void TestIsolationLevels::initTestCase()
{
    REQUIRE_INSTALLED(m_server, SqlDriver("QPSQL"));
    if (!QSeamstressThread::isActivityAvailable())
        QSKIP("This system does not report what a thread waits for.");
    m_connection = std::make_unique<SqlConnection>(address());
    m_connection->execute("CREATE TABLE accounts (owner text PRIMARY KEY, balance bigint)");
}

void TestIsolationLevels::anomaly_data()
{
    QTest::addColumn<Anomaly>("transactions");
    QTest::addColumn<QString>("level");
    QTest::addColumn<QString>("order"); // the simplest one that shows the anomaly; empty if none does
    const auto add = [](const char *name, const QStringList &orders, const Anomaly &anomaly) {
        static const QStringList levels{ "READ UNCOMMITTED", "READ COMMITTED", "REPEATABLE READ", "SERIALIZABLE" };
        for (int i = 0; i < levels.size(); ++i)
            QTest::addRow("%s, %s", name, qPrintable(levels.at(i))) << anomaly << levels.at(i) << orders.at(i);
    };
    const QString never;
    const QString crossed = "A>first B>first B>second B>done A>second A>done";
    const QString readAlice = "SELECT balance FROM accounts WHERE owner = 'Alice'";
    const QString readBob = "SELECT balance FROM accounts WHERE owner = 'Bob'";
    const QString readBoth = "SELECT sum(balance) FROM accounts";
    const QString count = "SELECT count(*) FROM accounts";
    const QString takeFromAlice = "UPDATE accounts SET balance = balance - 50 WHERE owner = 'Alice'";
    const QString giveToBob = "UPDATE accounts SET balance = balance + 50 WHERE owner = 'Bob'";

    //! [anomalies]
    // A reads what B rolls back.
    add("dirty read", { never, never, never, never },
        { { readAlice, readBob }, { takeFromAlice, giveToBob, "ROLLBACK" }, [](Result a, Result, int, int) { return a.first == 100 && a.second == 100; } });
    // A reads the same row twice.
    add("non-repeatable read", { crossed, crossed, never, never },
        { { readAlice, readAlice }, { readAlice, takeFromAlice }, [](Result a, Result, int, int) { return a.first == a.second; } });
    // A reads both accounts while B moves money from one to the other.
    add("read skew", { crossed, crossed, never, never },
        { { readAlice, readBob }, { takeFromAlice, giveToBob }, [](Result a, Result, int, int) { return a.first + a.second == 200; } });
    // A counts the rows twice.
    add("phantom", { crossed, crossed, never, never },
        { { count, count }, { count, "INSERT INTO accounts VALUES ('Carol', 0)" }, [](Result a, Result, int, int) { return a.first == a.second; } });
    // Each adds to the balance that it has read.
    add("lost update", { crossed, crossed, never, never },
        { { readAlice, "UPDATE accounts SET balance = ? + 10 WHERE owner = 'Alice'" },
          { readAlice, "UPDATE accounts SET balance = ? + 20 WHERE owner = 'Alice'" },
          [](Result a, Result b, int alice, int) { return alice == 100 + (a.isRefused ? 0 : 10) + (b.isRefused ? 0 : 20); } });
    // Each withdraws 150 from one account if both accounts together have that much.
    add("write skew", { crossed, crossed, crossed, never },
        { { readBoth, "UPDATE accounts SET balance = balance - 150 WHERE owner = 'Alice' AND ? >= 150" },
          { readBoth, "UPDATE accounts SET balance = balance - 150 WHERE owner = 'Bob' AND ? >= 150" },
          [](Result, Result, int, int both) { return both >= 0; } });
    //! [anomalies]
}

void TestIsolationLevels::anomaly()
{
    QFETCH(const Anomaly, transactions);
    QFETCH(const QString, level);
    QFETCH(const QString, order);

    //! [explore]
    Result a;
    Result b;
    QSeamstressExplorer explorer;
    explorer.addThread("A", [&, this] { return run(address(), level, transactions.a, a); });
    explorer.addThread("B", [&, this] { return run(address(), level, transactions.b, b); });
    // A thread that waits for the server for a hundredth of this counts as blocked. No thread is, up to the order that shows the anomaly.
    explorer.setTimeout(std::chrono::seconds(order.isEmpty() ? 30 : 200));
    explorer.setReset([&, this] {
        a = {};
        b = {};
        m_connection->execute("TRUNCATE accounts");
        m_connection->execute("INSERT INTO accounts VALUES ('Alice', 100), ('Bob', 100)");
    });
    explorer.setCheck([&, this] {
        const int alice = m_connection->execute("SELECT balance FROM accounts WHERE owner = 'Alice'").toInt();
        const int both = m_connection->execute("SELECT sum(balance) FROM accounts").toInt();
        return transactions.isAbsent(a, b, alice, both);
    });
    const bool isAbsent = explorer.explore();
    //! [explore]
    QVERIFY2(explorer.verdict() == (order.isEmpty() ? QSeamstressExplorer::Passed : QSeamstressExplorer::CheckFailed), qPrintable(explorer.report()));
    // The order shows the anomaly every time: more than a hundred times in the nine rows that have one.
    for (int i = 0; !isAbsent && i < 12; ++i) {
        QVERIFY(!explorer.run(order));
        QCOMPARE(explorer.verdict(), QSeamstressExplorer::CheckFailed);
    }
}

QTEST_GUILESS_MAIN(TestIsolationLevels)
#include "tst_isolationlevels.moc"
