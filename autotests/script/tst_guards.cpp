// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

// Callables that return bool, or a guard that lives while the script is paused.

#include <QSeamstressThread>

#include <QMutex>
#include <QScopeGuard>
#include <QTest>
#include <QThread>

#include <memory>
#include <mutex>
#include <stdexcept>

// How many guards were created and destroyed, and in which threads.
struct GuardLog
{
    int made = 0;
    int destroyed = 0;
    QThread *maker = nullptr;
    QThread *destroyer = nullptr;
    Qt::HANDLE makerId = nullptr;
    Qt::HANDLE destroyerId = nullptr;
};

// Neither copyable nor movable.
class Guard
{
public:
    explicit Guard(GuardLog *log)
        : m_log(log)
    {
        ++m_log->made;
        m_log->maker = QThread::currentThread();
        m_log->makerId = QThread::currentThreadId();
    }
    Q_DISABLE_COPY_MOVE(Guard)
    ~Guard()
    {
        ++m_log->destroyed;
        m_log->destroyer = QThread::currentThread();
        m_log->destroyerId = QThread::currentThreadId();
    }

private:
    GuardLog *const m_log;
};

class TestGuards : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void liveOverThereWhileHalted();
    void areMadeAnewInEachRun();
    void holdALock_data();
    void holdALock();
    void byScopeGuard();
    void byPointerThatOwns();
    void thatThrowWhenMade();
    void thatThrowWhenDestroyed();
    void trueIsSetUp();
    void falseIsSetUpFailed();
};

void TestGuards::liveOverThereWhileHalted()
{
    GuardLog log;
    QSeamstressThread thread([&log] { return Guard(&log); });
    QCOMPARE(log.made, 0);

    QVERIFY(thread.enter());
    QCOMPARE(log.made, 1);
    QCOMPARE(log.destroyed, 0);
    QVERIFY(log.maker);
    QCOMPARE(log.maker, thread.workerThread());
    QVERIFY(log.makerId != QThread::currentThreadId());

    QVERIFY(thread.exit());
    QCOMPARE(log.made, 1);
    QCOMPARE(log.destroyed, 1);
    QCOMPARE(log.destroyer, log.maker);
    QCOMPARE(log.destroyerId, log.makerId);
}

void TestGuards::areMadeAnewInEachRun()
{
    GuardLog log;
    QSeamstressThread thread([&log] { return Guard(&log); });
    for (int run = 1; run <= 3; ++run) {
        QVERIFY(thread.enter());
        QCOMPARE(log.made, run);
        QCOMPARE(log.destroyed, run - 1);
        QVERIFY(thread.exit());
        QCOMPARE(log.destroyed, run);
    }
}

void TestGuards::holdALock_data()
{
    QTest::addColumn<bool>("moves");

    QTest::newRow("guard-that-moves") << true;
    QTest::newRow("guard-that-does-not-move") << false;
}

void TestGuards::holdALock()
{
    QFETCH(const bool, moves);

    QMutex mutex;
    QSeamstressThread thread;
    if (moves)
        thread.setScript([&mutex] { return QMutexLocker(&mutex); });
    else
        thread.setScript([&mutex] { return std::lock_guard(mutex); });

    QVERIFY(thread.enter());
    QVERIFY(!mutex.tryLock());
    QVERIFY(thread.exit());
    QVERIFY(mutex.tryLock());
    mutex.unlock();
}

void TestGuards::byScopeGuard()
{
    QString state = "closed";
    QSeamstressThread thread([&state] {
        state = "open";
        return qScopeGuard([&state] { state = "closed again"; });
    });
    QVERIFY(thread.enter());
    QCOMPARE(state, "open");
    QVERIFY(thread.exit());
    QCOMPARE(state, "closed again");
}

void TestGuards::byPointerThatOwns()
{
    GuardLog log;
    QSeamstressThread thread([&log] { return std::make_unique<Guard>(&log); });
    QVERIFY(thread.enter());
    QCOMPARE(log.made, 1);
    QCOMPARE(log.destroyed, 0);
    QVERIFY(thread.exit());
    QCOMPARE(log.destroyed, 1);
    QCOMPARE(log.destroyerId, log.makerId);
}

class GuardThatThrows
{
public:
    explicit GuardThatThrows(bool atOnce)
    {
        if (atOnce)
            throw std::runtime_error("cannot be created");
    }
    ~GuardThatThrows() noexcept(false) { throw std::logic_error("cannot be destroyed"); }
};

void TestGuards::thatThrowWhenMade()
{
    QSeamstressThread thread([] { return GuardThatThrows(true); });
    QVERIFY(!thread.enter());
    QCOMPARE(thread.phase(), QSeamstressExecutor::Failed);
    QCOMPARE(thread.error().code(), QSeamstressError::Exception);
    QCOMPARE(thread.error().exceptionType(), "std::runtime_error");
    QCOMPARE(thread.errors().size(), 1);
}

void TestGuards::thatThrowWhenDestroyed()
{
    QSeamstressThread thread([] { return GuardThatThrows(false); });
    QVERIFY(thread.enter());
    QVERIFY(!thread.exit());
    QCOMPARE(thread.phase(), QSeamstressExecutor::Failed);
    QCOMPARE(thread.error().exceptionType(), "std::logic_error");
    QCOMPARE(thread.errors().size(), 1);
}

void TestGuards::trueIsSetUp()
{
    int calls = 0;
    QSeamstressThread thread([&calls] { return ++calls == 1; });
    QVERIFY(thread.enter());
    QCOMPARE(thread.phase(), QSeamstressExecutor::Paused);
    QCOMPARE(thread.pausePoint(), QString());
    QVERIFY(thread.exit());
    QCOMPARE(calls, 1);
}

void TestGuards::falseIsSetUpFailed()
{
    QSeamstressThread thread([] { return false; });
    thread.setObjectName("opener");
    QVERIFY(!thread.enter());
    QCOMPARE(thread.phase(), QSeamstressExecutor::Failed);
    QCOMPARE(thread.error().code(), QSeamstressError::SetUpFailed);
    QCOMPARE(thread.errorString(), "\"opener\": its set-up failed because its callable returned false.");
    QCOMPARE(thread.error().exceptionType(), QString());
    QCOMPARE(thread.errors().size(), 1);
}

QTEST_GUILESS_MAIN(TestGuards)
#include "tst_guards.moc"
