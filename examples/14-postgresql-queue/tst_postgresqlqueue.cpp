// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

// Workers that take jobs from a PostgreSQL table while another worker has the first job: SELECT ... FOR UPDATE, and SKIP LOCKED.

#include <QSeamstressTest>

#include <QTest>

#include <memory>

#include "jobqueue.h"
#include "privateserver.h"
#include "requirements.h"
#include "sqldriver.h"

class TestPostgresqlQueue : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void init();
    void cleanup();
    void skipsAJobThatIsTaken();
    void findsNoneIfAllAreTaken();
    void takesItAgainIfTheWorkerFails();
    void waitsBehindAJobThatIsTaken();
    void takesADoneJobWithoutItsLock();

private:
    SqlAddress address() const { return { "QPSQL", m_server.folder(), "postgres", PrivateServer::user(), PrivateServer::password(), {} }; }

    PrivateServer m_server{ PrivateServer::PostgreSQL };
    std::unique_ptr<SqlConnection> m_connection;
};

//! [worker]
// Takes a job and pauses, then finishes the job or fails.
static QSeamstressScript work(SqlAddress address, bool fails)
{
    const SqlConnection connection(address);
    connection.execute("BEGIN");
    const int job = takeJob(connection, WhenLocked::SkipIt);
    co_yield QSeamstress::Pause("taken", job);
    if (!fails)
        finishJob(connection, job);
    connection.execute(fails ? "ROLLBACK" : "COMMIT");
}
//! [worker]

void TestPostgresqlQueue::initTestCase()
{
    REQUIRE_INSTALLED(m_server, SqlDriver("QPSQL"));
    SqlConnection(address()).execute("CREATE TABLE jobs (id integer, done boolean)");
}

void TestPostgresqlQueue::init()
{
    m_connection = std::make_unique<SqlConnection>(address());
    m_connection->execute("INSERT INTO jobs VALUES (1, false), (2, false)");
    m_connection->execute("BEGIN");
}

void TestPostgresqlQueue::cleanup()
{
    if (!m_connection)
        return;
    m_connection->execute("ROLLBACK");
    m_connection->execute("DELETE FROM jobs");
    m_connection.reset();
}

//! [skip]
void TestPostgresqlQueue::skipsAJobThatIsTaken()
{
    QSEAMSTRESS_THREAD(worker, [this] { return work(address(), false); });
    QCOMPARE(worker.pauseValue().toInt(), 1);
    QCOMPARE(takeJob(*m_connection, WhenLocked::SkipIt), 2);
}
//! [skip]

void TestPostgresqlQueue::findsNoneIfAllAreTaken()
{
    QSEAMSTRESS_THREAD(first, [this] { return work(address(), false); });
    QSEAMSTRESS_PROCESS(second, &work, address(), false);
    QCOMPARE(first.pauseValue().toInt(), 1);
    QCOMPARE(second.pauseValue().toInt(), 2);
    QCOMPARE(takeJob(*m_connection, WhenLocked::SkipIt), 0);
}

void TestPostgresqlQueue::takesItAgainIfTheWorkerFails()
{
    QSEAMSTRESS_THREAD(worker, [this] { return work(address(), true); });
    QSEAMSTRESS_EXIT(worker);
    QCOMPARE(takeJob(*m_connection, WhenLocked::SkipIt), 1);
}

// Without SKIP LOCKED, one worker blocks all others.
void TestPostgresqlQueue::waitsBehindAJobThatIsTaken()
{
    QCOMPARE(takeJob(*m_connection, WhenLocked::SkipIt), 1);
    QSeamstressThread waiter([this]() -> QSeamstressScript {
        const SqlConnection connection(address());
        connection.execute("BEGIN");
        const int job = takeJob(connection, WhenLocked::WaitForIt);
        co_yield QSeamstress::Pause("taken", job);
        connection.execute("ROLLBACK");
    });
    waiter.setObjectName("waiter");
    waiter.start();
    if (!QSeamstressThread::isActivityAvailable())
        QSKIP("This system does not report what a thread does.");
    QVERIFY2(waiter.waitForBlocked(), qPrintable(waiter.errorString()));
    QCOMPARE(waiter.phase(), QSeamstressExecutor::SettingUp); // although job 2 is free
    m_connection->execute("ROLLBACK");
    QVERIFY2(waiter.waitForPaused(), qPrintable(waiter.errorString()));
    QCOMPARE(waiter.pauseValue().toInt(), 1);
}

// Without FOR UPDATE, the job of the other worker is not locked, so it is taken twice.
void TestPostgresqlQueue::takesADoneJobWithoutItsLock()
{
    QSEAMSTRESS_THREAD(worker, [this] { return work(address(), false); });
    QCOMPARE(m_connection->execute("SELECT id FROM jobs WHERE NOT done ORDER BY id LIMIT 1").toInt(), worker.pauseValue().toInt());
}

QTEST_GUILESS_MAIN(TestPostgresqlQueue)
#include "tst_postgresqlqueue.moc"
