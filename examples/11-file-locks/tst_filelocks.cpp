// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

// Four kinds of lock between processes: while another process holds them, and after that process was killed.

#include <QSeamstressTest>

#include <QFile>
#include <QLockFile>
#include <QRegularExpression>
#include <QScopeGuard>
#include <QSystemSemaphore>
#include <QTemporaryDir>
#include <QTest>

#include <csignal>

#include "processlock.h"

class TestFileLocks : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void refusesWhileAnotherProcessHoldsIt_data();
    void refusesWhileAnotherProcessHoldsIt();
    void waitsUntilTheOtherProcessGivesItBack_data();
    void waitsUntilTheOtherProcessGivesItBack();
    void otherProcessWaitsForTheTest_data();
    void otherProcessWaitsForTheTest();
    void whoWaitsForALockFileSleeps();
    void isFreeWhenItsHolderIsKilled_data();
    void isFreeWhenItsHolderIsKilled();
    void lockFileOfAKilledHolderIsStale();
    void semaphoreOfAKilledProcessStays();

private:
    // Each row has its own path, in a temporary folder: concurrent runs of this test do not share locks.
    QString path() const { return m_folder.filePath(QString(QTest::currentTestFunction()) + QTest::currentDataTag()); }

    QTemporaryDir m_folder;
};

//! [hold]
// The script of the other process. It receives everything that it needs as arguments.
static QSeamstressScript hold(ProcessLock::Kind kind, QString path)
{
    const std::unique_ptr<ProcessLock> lock = ProcessLock::make(kind, path);
    lock->lock();
    co_yield "locked";
    lock->unlock();
}
//! [hold]

// The script of a thread in the test, which waits for the same lock.
static QSeamstressScript take(ProcessLock &lock)
{
    lock.lock();
    co_yield "locked";
    lock.unlock();
}

void TestFileLocks::refusesWhileAnotherProcessHoldsIt_data()
{
    QTest::addColumn<ProcessLock::Kind>("kind");
    QTest::newRow("fcntl") << ProcessLock::Fcntl;
    QTest::newRow("flock") << ProcessLock::Flock;
    QTest::newRow("QLockFile") << ProcessLock::LockFile; // not QSystemSemaphore, which has no tryAcquire()
}

//! [refuses]
void TestFileLocks::refusesWhileAnotherProcessHoldsIt()
{
    QFETCH(const ProcessLock::Kind, kind);
    const std::unique_ptr<ProcessLock> lock = ProcessLock::make(kind, path());
    QSeamstressProcess holder(&hold, kind, path());
    holder.setObjectName("holder");

    QSEAMSTRESS_ENTER(holder);
    QVERIFY(!lock->tryLock());
    QSEAMSTRESS_EXIT(holder);
    QVERIFY(lock->tryLock());
}
//! [refuses]

// The kinds that block in the kernel, and what a waiting script is reported to do.
static void addBlockingKinds()
{
    QTest::addColumn<ProcessLock::Kind>("kind");
    QTest::addColumn<QString>("activity");
    QTest::newRow("fcntl") << ProcessLock::Fcntl << "Now it is blocked on the lock of .*, in fcntl\\.";
    QTest::newRow("flock") << ProcessLock::Flock << "Now it is blocked on the lock of .*, in flock\\.";
    QTest::newRow("QSystemSemaphore") << ProcessLock::SystemSemaphore << "Now it is blocked on a System V semaphore, in sem(timed)?op\\.";
}

void TestFileLocks::waitsUntilTheOtherProcessGivesItBack_data()
{
    addBlockingKinds();
}

//! [waits]
void TestFileLocks::waitsUntilTheOtherProcessGivesItBack()
{
    if (!QSeamstressThread::isActivityAvailable())
        QSKIP("This system does not report what a thread does.");
    QFETCH(const ProcessLock::Kind, kind);
    QFETCH(const QString, activity);
    const std::unique_ptr<ProcessLock> lock = ProcessLock::make(kind, path());
    QSeamstressThread waiter([&lock] { return take(*lock); });
    waiter.setObjectName("waiter");
    QSeamstressProcess holder(&hold, kind, path());
    holder.setObjectName("holder");

    QSEAMSTRESS_ENTER(holder);
    waiter.start();
    QVERIFY2(waiter.waitForBlocked(), qPrintable(waiter.errorString()));
    QVERIFY(!waiter.waitForPaused(QDeadlineTimer(0)));
    QVERIFY2(QRegularExpression(activity).match(waiter.errorString()).hasMatch(), qPrintable(waiter.errorString()));

    QSEAMSTRESS_EXIT(holder);
    QVERIFY2(waiter.waitForPaused(), qPrintable(waiter.errorString()));
    QCOMPARE(waiter.pausePoint(), "locked");
    QSEAMSTRESS_EXIT(waiter);
}
//! [waits]

void TestFileLocks::otherProcessWaitsForTheTest_data()
{
    addBlockingKinds();
}

//! [process waits]
void TestFileLocks::otherProcessWaitsForTheTest()
{
    if (!QSeamstressThread::isActivityAvailable())
        QSKIP("This system does not report what a process does.");
    QFETCH(const ProcessLock::Kind, kind);
    QFETCH(const QString, activity);
    const std::unique_ptr<ProcessLock> lock = ProcessLock::make(kind, path());
    QSeamstressProcess waiter(&hold, kind, path());
    waiter.setObjectName("waiter");

    lock->lock();
    waiter.start();
    QTRY_COMPARE(waiter.activity(), QSeamstressExecutor::Blocked);
    QVERIFY(!waiter.waitForPaused(QDeadlineTimer(0)));
    QVERIFY2(QRegularExpression(activity).match(waiter.errorString()).hasMatch(), qPrintable(waiter.errorString()));

    lock->unlock();
    QVERIFY2(waiter.waitForPaused(), qPrintable(waiter.errorString()));
    QCOMPARE(waiter.pausePoint(), "locked");
    QSEAMSTRESS_EXIT(waiter);
}
//! [process waits]

// QLockFile::lock() never blocks: it sleeps, then tries again.
void TestFileLocks::whoWaitsForALockFileSleeps()
{
    if (!QSeamstressThread::isActivityAvailable())
        QSKIP("This system does not report what a thread does.");
    const std::unique_ptr<ProcessLock> lock = ProcessLock::make(ProcessLock::LockFile, path());
    QSeamstressThread waiter([&lock] { return take(*lock); });
    waiter.setObjectName("waiter");
    QSeamstressProcess holder(&hold, ProcessLock::LockFile, path());
    holder.setObjectName("holder");

    QSEAMSTRESS_ENTER(holder);
    waiter.start();
    QTRY_COMPARE(waiter.activity(), QSeamstressExecutor::Sleeping);
    QSEAMSTRESS_EXIT(holder);
    QVERIFY2(waiter.waitForPaused(), qPrintable(waiter.errorString()));
    QSEAMSTRESS_EXIT(waiter);
}

void TestFileLocks::isFreeWhenItsHolderIsKilled_data()
{
    addBlockingKinds();
}

//! [killed]
// The kernel releases all three: it closes the files of the process, and undoes the changes that it made to a System V semaphore.
void TestFileLocks::isFreeWhenItsHolderIsKilled()
{
    if (!QSeamstressThread::isActivityAvailable())
        QSKIP("This system does not report what a thread does.");
    QFETCH(const ProcessLock::Kind, kind);
    const std::unique_ptr<ProcessLock> lock = ProcessLock::make(kind, path());
    QSeamstressThread waiter([&lock] { return take(*lock); });
    waiter.setObjectName("waiter");
    QSeamstressProcess holder(&hold, kind, path());
    holder.setObjectName("holder");

    QSEAMSTRESS_ENTER(holder);
    waiter.start();
    QVERIFY2(waiter.waitForBlocked(), qPrintable(waiter.errorString()));
    QCOMPARE(::kill(static_cast<pid_t>(holder.processId()), SIGKILL), 0);
    QVERIFY2(waiter.waitForPaused(), qPrintable(waiter.errorString()));
    QSEAMSTRESS_EXIT(waiter);

    QVERIFY(!holder.exit());
    QCOMPARE(holder.error().code(), QSeamstressError::Crashed);
    QCOMPARE(holder.errorString(), "\"holder\" was terminated by SIGKILL after its pause point \"locked\".");
}
//! [killed]

// The file of a QLockFile stays. The next tryLock() finds that the process named in the file has ended, and takes the lock.
void TestFileLocks::lockFileOfAKilledHolderIsStale()
{
    QSeamstressProcess holder(&hold, ProcessLock::LockFile, path());
    holder.setObjectName("holder");
    QSEAMSTRESS_ENTER(holder);
    const qint64 killed = holder.processId();
    QCOMPARE(::kill(static_cast<pid_t>(killed), SIGKILL), 0);
    QVERIFY(!holder.exit());
    QCOMPARE(holder.error().code(), QSeamstressError::Crashed);

    QVERIFY(QFile::exists(path()));
    qint64 owner = 0;
    QString host;
    QString application;
    QVERIFY(QLockFile(path()).getLockInfo(&owner, &host, &application));
    QCOMPARE(owner, killed);
    QVERIFY(ProcessLock::make(ProcessLock::LockFile, path())->tryLock());
}

// A QSystemSemaphore is released but not removed, since the process that was to remove it was killed.
void TestFileLocks::semaphoreOfAKilledProcessStays()
{
    const auto remove = qScopeGuard([name = path()] { QSystemSemaphore(name, 1, QSystemSemaphore::Create); }); // removes what it creates
    QSeamstressThread next([name = path()]() -> QSeamstressScript {
        QSystemSemaphore semaphore(name, 0, QSystemSemaphore::Open); // a new semaphore would be 0, and acquire() would block forever
        semaphore.acquire();
        co_yield "acquired";
        semaphore.release();
    });
    next.setObjectName("next");
    QSeamstressProcess maker(&hold, ProcessLock::SystemSemaphore, path());
    maker.setObjectName("maker");

    QSEAMSTRESS_ENTER(maker);
    QCOMPARE(::kill(static_cast<pid_t>(maker.processId()), SIGKILL), 0);
    QVERIFY(!maker.exit());
    QSEAMSTRESS_ENTER(next);
    QSEAMSTRESS_EXIT(next);
}

QTEST_GUILESS_MAIN(TestFileLocks)
#include "tst_filelocks.moc"
