// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

// Four kinds of lock between processes, while another process holds them, and after it was killed with them.

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
    // One for each row, in a folder of this run: another run beside it has other locks.
    QString path() const { return m_folder.filePath(QString(QTest::currentTestFunction()) + QTest::currentDataTag()); }

    QTemporaryDir m_folder;
};

//! [hold]
// The script of the other process: all that it needs is sent to it.
static QSeamstressScript hold(ProcessLock::Kind kind, QString path)
{
    const std::unique_ptr<ProcessLock> lock = ProcessLock::make(kind, path);
    lock->lock();
    co_yield "locked";
    lock->unlock();
}
//! [hold]

// The script of a thread of the test, which waits for the same lock.
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
    QTest::newRow("QLockFile") << ProcessLock::LockFile; // and not QSystemSemaphore, which cannot be tried
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

// Where whoever waits stands meanwhile.
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
        QSKIP("This system does not tell what a thread does.");
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
        QSKIP("This system does not tell what a process does.");
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

// QLockFile::lock() is never blocked: it sleeps, and tries again.
void TestFileLocks::whoWaitsForALockFileSleeps()
{
    if (!QSeamstressThread::isActivityAvailable())
        QSKIP("This system does not tell what a thread does.");
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
// The kernel frees all three: it closes the files of the process, and takes back what that did to a System V semaphore.
void TestFileLocks::isFreeWhenItsHolderIsKilled()
{
    if (!QSeamstressThread::isActivityAvailable())
        QSKIP("This system does not tell what a thread does.");
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
    QCOMPARE(holder.errorString(), "\"holder\" was ended by SIGKILL after its pause point \"locked\".");
}
//! [killed]

// The file of a QLockFile stays. Whoever tries it next finds that the process in it is gone, and takes it over.
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

// A QSystemSemaphore is free, and is there as long as nobody removes it, since whoever made it was to do that.
void TestFileLocks::semaphoreOfAKilledProcessStays()
{
    const auto remove = qScopeGuard([name = path()] { QSystemSemaphore(name, 1, QSystemSemaphore::Create); }); // it removes what it creates
    QSeamstressThread next([name = path()]() -> QSeamstressScript {
        QSystemSemaphore semaphore(name, 0, QSystemSemaphore::Open); // made anew it would be 0, and acquire() would wait for ever
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
