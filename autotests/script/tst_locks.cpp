// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

// A lock that is passed as the script.

#include <QSeamstressThread>

#include <QLockFile>
#include <QMutex>
#include <QReadWriteLock>
#include <QScopeGuard>
#include <QTemporaryDir>
#include <QTest>
#include <QThread>

#include <mutex>
#include <shared_mutex>
#include <stdexcept>

class TestLocks : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void qMutex();
    void qRecursiveMutex();
    void qReadWriteLock();
    void stdMutex();
    void stdTimedMutex();
    void stdRecursiveMutex();
    void stdSharedMutex();
    void qLockFile();
    void qLockFileThatFails();
    void locksAndUnlocksOverThere();
    void ofTheUserThatFails_data();
    void ofTheUserThatFails();
    void thatThrowsWhenUnlocked();
    void thatIsAQObject();
    void thatIsTaken();
    void nullLock();
};

template <class Lock>
static void holdsWhileHalted()
{
    Lock lock;
    QSeamstressThread thread(&lock);
    for (int run = 0; run < 2; ++run) {
        QVERIFY(thread.enter());
        QCOMPARE(thread.pausePoint(), QString());
        QVERIFY(!lock.try_lock());
        QVERIFY(thread.exit());
        QVERIFY(lock.try_lock());
        lock.unlock();
    }
}

void TestLocks::qMutex()
{
    holdsWhileHalted<QMutex>();
}

void TestLocks::qRecursiveMutex()
{
    holdsWhileHalted<QRecursiveMutex>();
}

void TestLocks::qReadWriteLock()
{
#if QT_VERSION >= QT_VERSION_CHECK(6, 11, 0)
    holdsWhileHalted<QReadWriteLock>();
#else
    QSKIP("QReadWriteLock has lock(), unlock() and try_lock() since Qt 6.11");
#endif
}

void TestLocks::stdMutex()
{
    holdsWhileHalted<std::mutex>();
}

void TestLocks::stdTimedMutex()
{
    holdsWhileHalted<std::timed_mutex>();
}

void TestLocks::stdRecursiveMutex()
{
    holdsWhileHalted<std::recursive_mutex>();
}

void TestLocks::stdSharedMutex()
{
    holdsWhileHalted<std::shared_mutex>();
}

void TestLocks::qLockFile()
{
    const QTemporaryDir directory;
    QVERIFY(directory.isValid());
    const QString path = directory.filePath(QStringLiteral("lock"));
    QLockFile lock(path);
    QLockFile other(path);
    QSeamstressThread thread(&lock);
    QVERIFY(thread.enter());
    QVERIFY(!other.tryLock());
    QVERIFY(thread.exit());
    QVERIFY(other.tryLock());
}

void TestLocks::qLockFileThatFails()
{
    const QTemporaryDir directory;
    QVERIFY(directory.isValid());
    QLockFile lock(directory.filePath(QStringLiteral("no such directory/lock")));
    QSeamstressThread thread(&lock);
    thread.setObjectName("hogger");
    QVERIFY(!thread.enter());
    QCOMPARE(thread.error().code(), QSeamstressError::SetUpFailed);
    QCOMPARE(thread.errorString(), "\"hogger\": its set-up failed because lock() returned false.");
    QCOMPARE(thread.errors().size(), 1);
}

class LockingLog
{
public:
    void lock() { lockedIn = QThread::currentThread(); }
    void unlock() { unlockedIn = QThread::currentThread(); }

    QThread *lockedIn = nullptr;
    QThread *unlockedIn = nullptr;
};

void TestLocks::locksAndUnlocksOverThere()
{
    LockingLog lock;
    QSeamstressThread thread(&lock);
    QVERIFY(thread.enter());
    QThread *const worker = thread.workerThread();
    QVERIFY(worker && worker != QThread::currentThread());
    QCOMPARE(lock.lockedIn, worker);
    QCOMPARE(lock.unlockedIn, nullptr);
    QVERIFY(thread.exit());
    QCOMPARE(lock.unlockedIn, worker);
}

class FailingLock
{
public:
    enum Behaviour { ReturnsTrue, ReturnsFalse, Throws };

    explicit FailingLock(Behaviour behaviour)
        : m_behaviour(behaviour)
    {
    }
    bool lock()
    {
        if (m_behaviour == Throws)
            throw std::runtime_error("no lock to be had");
        return m_behaviour == ReturnsTrue;
    }
    void unlock() { ++unlocks; }

    int unlocks = 0;

private:
    const Behaviour m_behaviour;
};
Q_DECLARE_METATYPE(FailingLock::Behaviour)

void TestLocks::ofTheUserThatFails_data()
{
    QTest::addColumn<FailingLock::Behaviour>("behaviour");
    QTest::addColumn<QSeamstressError::Code>("code");
    QTest::addColumn<int>("unlocks");

    QTest::newRow("returns-true") << FailingLock::ReturnsTrue << QSeamstressError::NoError << 1;
    QTest::newRow("returns-false") << FailingLock::ReturnsFalse << QSeamstressError::SetUpFailed << 0;
    QTest::newRow("throws") << FailingLock::Throws << QSeamstressError::Exception << 0;
}

void TestLocks::ofTheUserThatFails()
{
    QFETCH(const FailingLock::Behaviour, behaviour);
    QFETCH(const QSeamstressError::Code, code);
    QFETCH(const int, unlocks);

    FailingLock lock(behaviour);
    QSeamstressThread thread(&lock);
    const bool succeeds = code == QSeamstressError::NoError;
    QCOMPARE(thread.enter(), succeeds);
    QCOMPARE(thread.exit(), succeeds);
    QCOMPARE(thread.error().code(), code);
    QCOMPARE(lock.unlocks, unlocks);
}

class LockThatCannotBeUnlocked
{
public:
    void lock() { }
    void unlock() { throw std::logic_error("not locked by this thread"); }
};

void TestLocks::thatThrowsWhenUnlocked()
{
    LockThatCannotBeUnlocked lock;
    QSeamstressThread thread(&lock);
    QVERIFY(thread.enter());
    QVERIFY(!thread.exit());
    QCOMPARE(thread.error().exceptionType(), "std::logic_error");
}

// A pointer to it is treated as a lock, not as the executor's parent.
class LockWithSignals : public QObject
{
    Q_OBJECT

public:
    void lock() { ++locks; }
    void unlock() { ++unlocks; }

    int locks = 0;
    int unlocks = 0;
};

void TestLocks::thatIsAQObject()
{
    LockWithSignals lock;
    QSeamstressThread thread(&lock);
    QCOMPARE(thread.parent(), nullptr);
    QVERIFY(thread.enter());
    QCOMPARE(lock.locks, 1);
    QCOMPARE(lock.unlocks, 0);
    QVERIFY(thread.exit());
    QCOMPARE(lock.unlocks, 1);
}

void TestLocks::thatIsTaken()
{
    QMutex lock;
    QSeamstressThread thread(&lock);
    lock.lock();
    auto unlock = qScopeGuard([&lock] { lock.unlock(); });

    QVERIFY(!thread.enter(QDeadlineTimer(1)));
    QCOMPARE(thread.error().code(), QSeamstressError::PauseTimedOut);
    QCOMPARE(thread.phase(), QSeamstressExecutor::SettingUp);

    unlock.dismiss();
    lock.unlock();
    QVERIFY(thread.waitForPaused());
    QVERIFY(!lock.tryLock());
    QVERIFY(thread.exit());
}

void TestLocks::nullLock()
{
    QSeamstressThread thread(static_cast<QMutex *>(nullptr));
    thread.setObjectName("hogger");
    QTest::ignoreMessage(QtWarningMsg,
                         "QSeamstressThread::enter: \"hogger\" was given a null pointer as its lock; pass the address of a lock that outlives "
                         "the script.");
    QVERIFY(!thread.enter());
    QCOMPARE(thread.phase(), QSeamstressExecutor::Idle);
    QCOMPARE(thread.error().code(), QSeamstressError::InvalidUse);
}

QTEST_GUILESS_MAIN(TestLocks)
#include "tst_locks.moc"
