// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

// Code that takes a PostgreSQL advisory lock while another thread or process holds it, on a real server.

#include <QSeamstressTest>

#include <QScopeGuard>
#include <QTest>

#include <memory>

#include "payroll.h"
#include "privateserver.h"
#include "requirements.h"
#include "sqldriver.h"

class TestPostgresqlAdvisoryLock : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void init();
    void cleanup();
    void refusesWhileAnotherThreadPays();
    void refusesWhileAnotherProcessPays();
    void refusesWhileASessionHoldsTheLock();
    void waitsUntilTheOtherHasPaid();
    void paysTwiceWithoutTheLock();
    void lockTimeOut();
    void wrongPassword();
    void connectionCut();
    void serverStoppedWhileTheLockIsHeld();

private:
    PrivateServer m_server{ PrivateServer::PostgreSQL };
    std::unique_ptr<SqlConnection> m_connection; // of the test; cleanup() rolls its transaction back
};

static constexpr int alice = 1;
static constexpr int bob = 2;

static SqlAddress addressOf(const PrivateServer &server)
{
    return { "QPSQL", server.folder(), "postgres", PrivateServer::user(), PrivateServer::password(), {} };
}

//! [hogger]
// The script opens its own connection and pauses while it holds the lock.
static QSeamstressScript hogLock(SqlAddress address, int individual)
{
    const SqlConnection connection(address);
    connection.execute("BEGIN");
    connection.execute("SELECT pg_advisory_xact_lock(hashtextextended('pay-individual-' || ?, 0))", { QString::number(individual) });
    co_yield "locked";
    connection.execute("ROLLBACK");
}
//! [hogger]

void TestPostgresqlAdvisoryLock::initTestCase()
{
    REQUIRE_INSTALLED(m_server, SqlDriver("QPSQL"));
    SqlConnection(addressOf(m_server)).execute("CREATE TABLE payments (individual integer)");
}

void TestPostgresqlAdvisoryLock::init()
{
    m_connection = std::make_unique<SqlConnection>(addressOf(m_server));
    m_connection->execute("BEGIN");
}

void TestPostgresqlAdvisoryLock::cleanup()
{
    if (!m_connection)
        return; // there is no server
    m_connection->execute("ROLLBACK");
    m_connection->execute("DELETE FROM payments");
    // The server takes a moment to notice that a connection has been closed.
    QTRY_COMPARE(m_connection->execute("SELECT count(*) FROM pg_stat_activity WHERE backend_type = 'client backend' AND pid <> pg_backend_pid()").toInt(), 0);
    m_connection.reset();
}

//! [thread]
void TestPostgresqlAdvisoryLock::refusesWhileAnotherThreadPays()
{
    QSeamstressThread hogger([this] { return hogLock(addressOf(m_server), alice); });
    hogger.setObjectName("hogger");

    QSEAMSTRESS_ENTER(hogger);
    QVERIFY_THROWS_EXCEPTION(AlreadyPayingIndividual, payIndividual(*m_connection, alice));
    payIndividual(*m_connection, bob); // another individual has another lock
    QSEAMSTRESS_EXIT(hogger);

    payIndividual(*m_connection, alice);
    QCOMPARE(m_connection->execute("SELECT count(*) FROM payments").toInt(), 2);
}
//! [thread]

void TestPostgresqlAdvisoryLock::refusesWhileAnotherProcessPays()
{
    QSeamstressProcess hogger(&hogLock, addressOf(m_server), alice);
    hogger.setObjectName("hogger");

    QSEAMSTRESS_ENTER(hogger);
    QVERIFY_THROWS_EXCEPTION(AlreadyPayingIndividual, payIndividual(*m_connection, alice));
    QSEAMSTRESS_EXIT(hogger);

    payIndividual(*m_connection, alice);
}

// A session-level lock outlives its transaction.
void TestPostgresqlAdvisoryLock::refusesWhileASessionHoldsTheLock()
{
    QSEAMSTRESS_THREAD(session, [this]() -> QSeamstressScript {
        const SqlConnection connection(addressOf(m_server));
        connection.execute("BEGIN");
        connection.execute("SELECT pg_advisory_lock(hashtextextended('pay-individual-1', 0))");
        connection.execute("ROLLBACK");
        co_yield "rolled back";
        connection.execute("SELECT pg_advisory_unlock(hashtextextended('pay-individual-1', 0))");
        co_yield "unlocked";
    });
    QVERIFY_THROWS_EXCEPTION(AlreadyPayingIndividual, payIndividual(*m_connection, alice));
    QSEAMSTRESS_ADVANCE(session);
    payIndividual(*m_connection, alice);
    QSEAMSTRESS_EXIT(session);
}

//! [waiter]
void TestPostgresqlAdvisoryLock::waitsUntilTheOtherHasPaid()
{
    QSeamstressThread waiter([this]() -> QSeamstressScript {
        const SqlConnection connection(addressOf(m_server));
        connection.execute("BEGIN");
        co_yield "connected";
        payIndividualPatiently(connection, alice);
        connection.execute("COMMIT");
        co_yield "paid";
    });
    QSEAMSTRESS_ENTER(waiter);
    payIndividual(*m_connection, alice);
    waiter.resume();
    if (QSeamstressThread::isActivityAvailable())
        QVERIFY2(waiter.waitForBlocked(), qPrintable(waiter.errorString())); // for the server, which waits for the test's COMMIT
    m_connection->execute("COMMIT");
    QVERIFY2(waiter.waitForPaused(), qPrintable(waiter.errorString()));
    QCOMPARE(m_connection->execute("SELECT count(*) FROM payments").toInt(), 1);
}
//! [waiter]

//! [without]
void TestPostgresqlAdvisoryLock::paysTwiceWithoutTheLock()
{
    QSEAMSTRESS_THREAD(other, [this] {
        const SqlConnection connection(addressOf(m_server));
        payIndividualUnlocked(connection, alice);
    });
    QCOMPARE(other.pausePoint(), "nobody has paid");
    payIndividualUnlocked(*m_connection, alice);
    QSEAMSTRESS_EXIT(other);
    QCOMPARE(m_connection->execute("SELECT count(*) FROM payments").toInt(), 2);
}
//! [without]

// The exception of the script is the error of the verb that waits for the script. The message names the script.
static void compareError(const QSeamstressExecutor &executor, const QString &text)
{
    QCOMPARE(executor.error().code(), QSeamstressError::Exception);
    QVERIFY2(executor.errorString().contains('"' + executor.objectName() + '"'), qPrintable(executor.errorString()));
    QVERIFY2(executor.errorString().contains(text), qPrintable(executor.errorString()));
}

void TestPostgresqlAdvisoryLock::lockTimeOut()
{
    QSEAMSTRESS_THREAD(hogger, [this] { return hogLock(addressOf(m_server), alice); });
    QSeamstressThread waiter([this]() -> QSeamstressScript {
        const SqlConnection connection(addressOf(m_server));
        connection.execute("BEGIN");
        connection.execute("SET LOCAL lock_timeout = '10ms'");
        payIndividualPatiently(connection, alice);
        co_yield "paid";
    });
    waiter.setObjectName("waiter");
    QVERIFY(!waiter.enter());
    compareError(waiter, "canceling statement due to lock timeout");
    try {
        waiter.error().raise();
    } catch (const SqlException &exception) {
        QCOMPARE(exception.code(), "55P03");
        return;
    }
    QFAIL("no exception was thrown");
}

void TestPostgresqlAdvisoryLock::wrongPassword()
{
    SqlAddress address = addressOf(m_server);
    address.password = "guess";
    QSeamstressThread stranger([address] { return hogLock(address, alice); });
    stranger.setObjectName("stranger");
    QVERIFY(!stranger.enter());
    compareError(stranger, "password authentication failed");
}

void TestPostgresqlAdvisoryLock::connectionCut()
{
    QSeamstressThread hogger([this] { return hogLock(addressOf(m_server), alice); });
    hogger.setObjectName("hogger");
    QVERIFY2(hogger.enter(), qPrintable(hogger.errorString()));
    QVERIFY(m_connection->execute("SELECT pg_terminate_backend(pid) FROM pg_locks WHERE locktype = 'advisory'").toBool());
    // The server releases the lock with the connection.
    QTRY_VERIFY(m_connection->execute("SELECT pg_try_advisory_xact_lock(hashtextextended('pay-individual-1', 0))").toBool());
    QVERIFY(!hogger.exit());
    compareError(hogger, "terminating connection");
}

void TestPostgresqlAdvisoryLock::serverStoppedWhileTheLockIsHeld()
{
    PrivateServer server(PrivateServer::PostgreSQL);
    QVERIFY2(server.isRunning(), qPrintable(server.problem()));
    QSeamstressThread hogger([&server] { return hogLock(addressOf(server), alice); });
    hogger.setObjectName("hogger");
    QVERIFY2(hogger.enter(), qPrintable(hogger.errorString()));
    server.stop();
    QVERIFY(!hogger.exit());
    compareError(hogger, "terminating connection");
}

QTEST_GUILESS_MAIN(TestPostgresqlAdvisoryLock)
#include "tst_postgresqladvisorylock.moc"
