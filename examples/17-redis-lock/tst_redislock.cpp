// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

// A lock in Redis while another thread or process holds it, and when it expires while its holder is paused.

#include <QSeamstressTest>

#include <QTest>

#include <memory>

#include "privateserver.h"
#include "redislock.h"
#include "requirements.h"

class TestRedisLock : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void init();
    void cleanup();
    void refusesWhileAnotherThreadHoldsIt();
    void refusesWhileAnotherProcessHoldsIt();
    void expiresWhileItsHolderIsHalted();
    void isTakenAwayWithoutItsToken();
    void waitsForItsTurn();
    void lockTimeOut();
    void wrongPassword();
    void connectionCut();
    void serverStoppedWhileTheLockIsHeld();

private:
    PrivateServer m_server{ PrivateServer::Redis };
    std::unique_ptr<RedisConnection> m_connection;
    std::unique_ptr<RedisLock> m_lock;
};

static constexpr int longTime = 10 * 60 * 1000; // ms

enum class Release { Own,
                     Anyones };
Q_DECLARE_METATYPE(Release)

//! [hogger]
static QSeamstressScript hog(QString socket, int milliseconds, Release release)
{
    RedisConnection connection(socket);
    RedisLock lock(&connection, "report");
    if (!lock.tryLock(milliseconds))
        throw RedisException("the lock is not free");
    co_yield "locked";
    bool wasOurs = true;
    if (release == Release::Own)
        wasOurs = lock.unlock();
    else
        lock.unlockAnyones();
    co_yield QSeamstress::Pause("unlocked", wasOurs);
}
//! [hogger]

void TestRedisLock::initTestCase()
{
    REQUIRE_INSTALLED(m_server);
}

void TestRedisLock::init()
{
    m_connection = std::make_unique<RedisConnection>(m_server.socket());
    m_lock = std::make_unique<RedisLock>(m_connection.get(), "report");
}

void TestRedisLock::cleanup()
{
    if (!m_connection)
        return;
    m_connection->execute({ "FLUSHALL" });
    m_lock.reset();
    m_connection.reset();
}

//! [refuses]
void TestRedisLock::refusesWhileAnotherThreadHoldsIt()
{
    QSeamstressThread hogger([this] { return hog(m_server.socket(), longTime, Release::Own); });
    hogger.setObjectName("hogger");

    QSEAMSTRESS_ENTER(hogger);
    QVERIFY(!m_lock->tryLock(longTime));
    QSEAMSTRESS_ADVANCE(hogger);
    QVERIFY(hogger.pauseValue().toBool());
    QVERIFY(m_lock->tryLock(longTime));
}
//! [refuses]

void TestRedisLock::refusesWhileAnotherProcessHoldsIt()
{
    QSEAMSTRESS_PROCESS(hogger, &hog, m_server.socket(), longTime, Release::Own);
    QVERIFY(!m_lock->tryLock(longTime));
    QSEAMSTRESS_EXIT(hogger);
    QVERIFY(m_lock->tryLock(longTime));
}

//! [expires]
void TestRedisLock::expiresWhileItsHolderIsHalted()
{
    QSEAMSTRESS_THREAD(slow, [this] { return hog(m_server.socket(), 1, Release::Own); });
    bool locked = false;
    QTRY_VERIFY(locked || (locked = m_lock->tryLock(longTime))); // after one millisecond
    QSEAMSTRESS_ADVANCE(slow); // it still believes that it holds the lock, and releases it
    QVERIFY(!slow.pauseValue().toBool());
    QVERIFY(m_lock->unlock()); // the test held it all the time
}
//! [expires]

// Without the token, a slow client releases the lock of another client.
void TestRedisLock::isTakenAwayWithoutItsToken()
{
    QSEAMSTRESS_THREAD(slow, [this] { return hog(m_server.socket(), 1, Release::Anyones); });
    bool locked = false;
    QTRY_VERIFY(locked || (locked = m_lock->tryLock(longTime)));
    QSEAMSTRESS_ADVANCE(slow);
    QVERIFY(!m_lock->unlock()); // released by the slow client
}

// Waits for the lock by polling, since Redis cannot block on it.
static QSeamstressScript lockWithin(QString socket, std::chrono::milliseconds patience)
{
    RedisConnection connection(socket);
    RedisLock lock(&connection, "report");
    const QDeadlineTimer deadline(patience);
    while (!lock.tryLock(longTime)) {
        if (deadline.hasExpired())
            throw RedisException("the lock was not free in time");
        QSeamstress::pause("not free");
        QThread::msleep(1);
    }
    co_yield "locked";
}

void TestRedisLock::waitsForItsTurn()
{
    QVERIFY(m_lock->tryLock(longTime));
    QSEAMSTRESS_THREAD(waiter, [this] { return lockWithin(m_server.socket(), std::chrono::hours(1)); });
    QCOMPARE(waiter.pausePoint(), "not free");
    QVERIFY(m_lock->unlock());
    QSEAMSTRESS_RUN_TO(waiter, "locked");
    QVERIFY(!m_lock->tryLock(longTime));
}

// The error comes from the script, and the message names the script.
static void compareError(const QSeamstressExecutor &executor, const QString &text = {})
{
    QCOMPARE(executor.error().code(), QSeamstressError::Exception);
    QVERIFY2(executor.errorString().contains('"' + executor.objectName() + '"'), qPrintable(executor.errorString()));
    QVERIFY2(executor.errorString().contains(text), qPrintable(executor.errorString()));
}

void TestRedisLock::lockTimeOut()
{
    QVERIFY(m_lock->tryLock(longTime));
    QSeamstressThread waiter([this] { return lockWithin(m_server.socket(), std::chrono::milliseconds(0)); });
    waiter.setObjectName("waiter");
    QVERIFY(!waiter.enter());
    compareError(waiter, "the lock was not free in time");
}

void TestRedisLock::wrongPassword()
{
    m_connection->execute({ "CONFIG", "SET", "requirepass", "secret" });
    QSeamstressThread stranger([this]() -> QSeamstressScript {
        RedisConnection connection(m_server.socket(), "guess");
        co_yield "connected";
    });
    stranger.setObjectName("stranger");
    const bool entered = stranger.enter();
    m_connection->execute({ "CONFIG", "SET", "requirepass", "" });
    QVERIFY(!entered);
    compareError(stranger, "WRONGPASS");
}

void TestRedisLock::connectionCut()
{
    QSeamstressThread hogger([this] { return hog(m_server.socket(), longTime, Release::Own); });
    hogger.setObjectName("hogger");
    QVERIFY2(hogger.enter(), qPrintable(hogger.errorString()));
    m_connection->execute({ "CLIENT", "KILL", "TYPE", "normal", "SKIPME", "yes" });
    QVERIFY(!hogger.exit());
    compareError(hogger);
}

void TestRedisLock::serverStoppedWhileTheLockIsHeld()
{
    PrivateServer server(PrivateServer::Redis);
    QVERIFY2(server.isRunning(), qPrintable(server.problem()));
    QSeamstressThread hogger([&server] { return hog(server.socket(), longTime, Release::Own); });
    hogger.setObjectName("hogger");
    QVERIFY2(hogger.enter(), qPrintable(hogger.errorString()));
    server.stop();
    QVERIFY(!hogger.exit());
    compareError(hogger);
}

QTEST_GUILESS_MAIN(TestRedisLock)
#include "tst_redislock.moc"
