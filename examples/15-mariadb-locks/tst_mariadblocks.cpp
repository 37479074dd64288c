// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

// MariaDB locks while another thread or process holds them: GET_LOCK(), a row that stays locked for too long, and a deadlock. Named
// pause points provoke each of these states.

#include <QSeamstressTest>

#include <QTest>

#include <memory>
#include <optional>

#include "privateserver.h"
#include "requirements.h"
#include "sqldriver.h"
#include "transfer.h"

class TestMariadbLocks : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void init();
    void cleanup();
    void refusesWhileTheReportIsMade();
    void refusesWhileAnotherProcessMakesTheReport();
    void lockIsGoneWithItsConnection();
    void waitsForARow();
    void rowIsLockedForTooLong();
    void deadlock();
    void wrongPassword();
    void connectionCut();
    void serverStoppedWhileTheLockIsHeld();

private:
    SqlAddress address() const { return addressOf(m_server); }
    static SqlAddress addressOf(const PrivateServer &server) { return { "QMYSQL", "localhost", "test", "root", {}, "UNIX_SOCKET=" + server.socket() }; }
    int balance(int account) const { return m_connection->execute("SELECT balance FROM accounts WHERE id = ?", { account }).toInt(); }

    PrivateServer m_server{ PrivateServer::MariaDB };
    std::unique_ptr<SqlConnection> m_connection;
};

static constexpr int alice = 1;
static constexpr int bob = 2;
// The MariaDB errors ER_LOCK_WAIT_TIMEOUT and ER_LOCK_DEADLOCK.
static constexpr char lockWaitTimeout[] = "1205";
static constexpr char lockDeadlock[] = "1213";

//! [hogger]
static QSeamstressScript hogReport(SqlAddress address)
{
    const SqlConnection connection(address);
    connection.execute("SELECT GET_LOCK('report', 0)");
    co_yield "locked";
    connection.execute("DO RELEASE_LOCK('report')");
}
//! [hogger]

// Pauses in the middle of the transfer, then commits.
static QSeamstressScript transferInAnotherThread(SqlAddress address, int from, int to)
{
    const SqlConnection connection(address);
    connection.execute("BEGIN");
    QSeamstress::pause("connected");
    transfer(connection, from, to, 10);
    connection.execute("COMMIT");
    co_yield "done";
}

void TestMariadbLocks::initTestCase()
{
    REQUIRE_INSTALLED(m_server, SqlDriver("QMYSQL"));
    SqlAddress noDatabase = address();
    noDatabase.database.clear();
    SqlConnection(noDatabase).execute("CREATE DATABASE test");
    const SqlConnection connection(address());
    connection.execute("CREATE TABLE reports (made integer) ENGINE=InnoDB");
    connection.execute("CREATE TABLE accounts (id integer PRIMARY KEY, balance integer) ENGINE=InnoDB");
}

void TestMariadbLocks::init()
{
    m_connection = std::make_unique<SqlConnection>(address());
    m_connection->execute("INSERT INTO reports VALUES (0)");
    m_connection->execute("INSERT INTO accounts VALUES (1, 100), (2, 100)");
}

void TestMariadbLocks::cleanup()
{
    if (!m_connection)
        return;
    m_connection->execute("ROLLBACK");
    m_connection->execute("DELETE FROM reports");
    m_connection->execute("DELETE FROM accounts");
    QTRY_COMPARE(m_connection->execute("SELECT count(*) FROM information_schema.processlist WHERE user = 'root' AND id <> CONNECTION_ID()").toInt(), 0);
    m_connection.reset();
}

//! [refuses]
void TestMariadbLocks::refusesWhileTheReportIsMade()
{
    QSeamstressThread hogger([this] { return hogReport(address()); });
    hogger.setObjectName("hogger");

    QSEAMSTRESS_ENTER(hogger);
    QVERIFY_THROWS_EXCEPTION(ReportIsBeingMade, makeReport(*m_connection));
    QSEAMSTRESS_EXIT(hogger);

    makeReport(*m_connection);
    QCOMPARE(m_connection->execute("SELECT made FROM reports").toInt(), 1);
}
//! [refuses]

void TestMariadbLocks::refusesWhileAnotherProcessMakesTheReport()
{
    QSEAMSTRESS_PROCESS(hogger, &hogReport, address());
    QVERIFY_THROWS_EXCEPTION(ReportIsBeingMade, makeReport(*m_connection));
    QSEAMSTRESS_EXIT(hogger);
    makeReport(*m_connection);
}

void TestMariadbLocks::lockIsGoneWithItsConnection()
{
    QSEAMSTRESS_THREAD(forgetful, [this]() -> QSeamstressScript {
        {
            const SqlConnection connection(address());
            connection.execute("SELECT GET_LOCK('report', 0)");
            co_yield "locked";
        }
        co_yield "closed";
    });
    QVERIFY_THROWS_EXCEPTION(ReportIsBeingMade, makeReport(*m_connection));
    QSEAMSTRESS_ADVANCE(forgetful);
    // The server takes a moment to notice that the connection has been closed.
    QTRY_COMPARE(m_connection->execute("SELECT IS_FREE_LOCK('report')").toInt(), 1);
    makeReport(*m_connection);
}

void TestMariadbLocks::waitsForARow()
{
    m_connection->execute("BEGIN");
    transfer(*m_connection, alice, bob, 10);
    QSeamstressThread waiter([this] { return transferInAnotherThread(address(), alice, bob); });
    waiter.setObjectName("waiter");
    QSEAMSTRESS_ENTER(waiter);
    waiter.resume();
    if (QSeamstressThread::isActivityAvailable())
        QVERIFY2(waiter.waitForBlocked(), qPrintable(waiter.errorString()));
    m_connection->execute("COMMIT");
    QVERIFY2(waiter.runTo("done"), qPrintable(waiter.errorString()));
    QCOMPARE(balance(alice), 80);
}

// The native code of the SqlException that a script has thrown; empty if it has thrown none.
static std::optional<QString> codeOf(const QSeamstressError &error)
{
    try {
        error.raise();
    } catch (const SqlException &exception) {
        return exception.code();
    }
    return {};
}

//! [too long]
void TestMariadbLocks::rowIsLockedForTooLong()
{
    QSEAMSTRESS_THREAD(other, [this] { return transferInAnotherThread(address(), alice, bob); });
    QSEAMSTRESS_ADVANCE(other);
    QCOMPARE(other.pausePoint(), "taken"); // in transfer(), with Alice's row locked
    m_connection->execute("SET innodb_lock_wait_timeout = 0"); // seconds
    try {
        transfer(*m_connection, alice, bob, 10);
        QFAIL("the row was not locked");
    } catch (const SqlException &exception) {
        QCOMPARE(exception.code(), lockWaitTimeout);
    }
    QSEAMSTRESS_EXIT(other);
    transfer(*m_connection, alice, bob, 10);
    QCOMPARE(balance(alice), 80);
}
//! [too long]

//! [deadlock]
void TestMariadbLocks::deadlock()
{
    QSeamstressThread there([this] { return transferInAnotherThread(address(), alice, bob); });
    QSeamstressThread back([this] { return transferInAnotherThread(address(), bob, alice); });
    there.setObjectName("there");
    back.setObjectName("back");
    QSEAMSTRESS_RUN_TO(there, "taken"); // it holds Alice's row and needs Bob's
    QSEAMSTRESS_RUN_TO(back, "taken"); // it holds Bob's row and needs Alice's
    there.resume();
    if (QSeamstressThread::isActivityAvailable())
        QVERIFY2(there.waitForBlocked(), qPrintable(there.errorString()));
    // The server lets the transaction fail that has changed less, or that came last.
    const bool backIsDone = back.runTo("done");
    const bool thereIsDone = there.runTo("done");
    QVERIFY(backIsDone != thereIsDone);
    const QSeamstressThread &victim = backIsDone ? there : back;
    QCOMPARE(codeOf(victim.error()), QString(lockDeadlock));
    QVERIFY2(victim.errorString().contains('"' + victim.objectName() + '"'), qPrintable(victim.errorString()));
    QCOMPARE(balance(alice) + balance(bob), 200);
}
//! [deadlock]

void TestMariadbLocks::wrongPassword()
{
    m_connection->execute("CREATE USER IF NOT EXISTS tester@localhost IDENTIFIED BY 'secret'");
    SqlAddress stranger = address();
    stranger.user = "tester";
    stranger.password = "guess";
    QSeamstressThread hogger([stranger] { return hogReport(stranger); });
    hogger.setObjectName("hogger");
    QVERIFY(!hogger.enter());
    QVERIFY2(hogger.errorString().contains("\"hogger\"") && hogger.errorString().contains("Access denied"), qPrintable(hogger.errorString()));
}

void TestMariadbLocks::connectionCut()
{
    QSeamstressThread hogger([this] { return hogReport(address()); });
    hogger.setObjectName("hogger");
    QVERIFY2(hogger.enter(), qPrintable(hogger.errorString()));
    const int connection = m_connection->execute("SELECT IS_USED_LOCK('report')").toInt();
    m_connection->execute("KILL " + QString::number(connection));
    QTRY_COMPARE(m_connection->execute("SELECT IS_FREE_LOCK('report')").toInt(), 1);
    QVERIFY(!hogger.exit());
    QVERIFY2(hogger.errorString().contains("\"hogger\""), qPrintable(hogger.errorString()));
    QCOMPARE(hogger.error().code(), QSeamstressError::Exception);
}

void TestMariadbLocks::serverStoppedWhileTheLockIsHeld()
{
    PrivateServer server(PrivateServer::MariaDB);
    QVERIFY2(server.isRunning(), qPrintable(server.problem()));
    SqlAddress noDatabase = addressOf(server);
    noDatabase.database.clear();
    QSeamstressThread hogger([noDatabase] { return hogReport(noDatabase); });
    hogger.setObjectName("hogger");
    QVERIFY2(hogger.enter(), qPrintable(hogger.errorString()));
    server.stop();
    QVERIFY(!hogger.exit());
    QVERIFY2(hogger.errorString().contains("\"hogger\""), qPrintable(hogger.errorString()));
    QCOMPARE(hogger.error().code(), QSeamstressError::Exception);
}

QTEST_GUILESS_MAIN(TestMariadbLocks)
#include "tst_mariadblocks.moc"
