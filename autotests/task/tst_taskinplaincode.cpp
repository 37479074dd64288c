// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

// Tasks whose code does not return to the event loop: pause points in plain code, steps that block, locks.

#include <QSeamstressPausePoint>
#include <QSeamstressTest>

#include <QMutex>
#include <QReadWriteLock>
#include <QRecursiveMutex>
#include <QScopeGuard>
#include <QTest>
#include <QTimer>

#include <mutex>
#include <semaphore>
#include <shared_mutex>
#include <thread>

#include "../shared/overheardmessage.h"
#include "../shared/recordedfailures.h"
#include "../shared/shortpatience.h"

class TestTaskInPlainCode : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void pointInACoroutineIsPassed_data();
    void pointInACoroutineIsPassed();
    void pointInPlainCodeIsMisuse_data();
    void pointInPlainCodeIsMisuse();
    void plainCodeWithoutAPoint();
    void blockedStep_data();
    void blockedStep();
    void stepThatRunsAnEventLoop();
    void lock_data();
    void lock();
    void waitsForALock();
    void givesUpALock();
    void lockTakenInTurn();
    void scriptInAStaticTask();
};

// Production code may be noexcept, so the pause point must not throw.
static void write(QStringList *log) noexcept
{
    QSEAMSTRESS_PAUSE_POINT("written");
    log->append("written");
}

void TestTaskInPlainCode::pointInACoroutineIsPassed_data()
{
    QTest::addColumn<bool>("isGuard");
    QTest::newRow("coroutine") << false;
    QTest::newRow("guard") << true;
}

void TestTaskInPlainCode::pointInACoroutineIsPassed()
{
    QFETCH(const bool, isGuard);

    QStringList log;
    QSeamstressTask task;
    task.setObjectName("writer");
    if (isGuard) {
        task.setScript([&log] {
            write(&log);
            return qScopeGuard([] {});
        });
    } else {
        task.setScript([&log]() -> QSeamstressScript {
            write(&log);
            co_yield "halted";
        });
    }
    QVERIFY(task.enter());
    QCOMPARE(task.pausePoint(), isGuard ? "" : "halted");
    QCOMPARE(log, QStringList({ "written" }));
    // The message and the timeline list it.
    QVERIFY(!task.runTo("never"));
    QVERIFY2(task.errorString().contains("It has reached \"written\", "), qPrintable(task.errorString()));
    QVERIFY(task.exit());
    RecordedFailures failures;
    {
        QSeamstressTask failing([&log]() -> QSeamstressScript {
            write(&log);
            co_yield "halted";
            throw 1;
        });
        QVERIFY(failing.enter());
    }
    const QString failure = failures.take().value(0);
    QVERIFY2(failure.contains("passed \"written\""), qPrintable(failure));
}

void TestTaskInPlainCode::pointInPlainCodeIsMisuse_data()
{
    QTest::addColumn<QString>("point");
    QTest::addColumn<QString>("text");
    QTest::newRow("named") << "written" << "its pause point \"written\"";
    QTest::newRow("without-a-name") << "" << "a pause point";
}

void TestTaskInPlainCode::pointInPlainCodeIsMisuse()
{
    QFETCH(const QString, point);
    QFETCH(const QString, text);

    bool wentOn = false;
    QSeamstressTask task([&] {
        QSeamstress::pause(qPrintable(point));
        wentOn = true;
        QSeamstress::pause("later");
    });
    task.setObjectName("writer");
    QVERIFY(!task.enter());
    QCOMPARE(task.error().code(), QSeamstressError::InvalidUse);
    QCOMPARE(task.errorString(),
             "\"writer\": it reached " + text
                 + " in plain code, where a task cannot pause; make it a coroutine that returns QSeamstressScript and uses co_yield instead of QSeamstress::pause(), or run it in a "
                   "QSeamstressThread.");
    QCOMPARE(task.phase(), QSeamstressExecutor::Failed);
    QCOMPARE(task.errors().size(), 1);
    QVERIFY(wentOn); // no exception is thrown through plain code
}

void TestTaskInPlainCode::plainCodeWithoutAPoint()
{
    int count = 0;
    QSeamstressTask task([&count] { ++count; });
    task.start();
    QVERIFY(task.waitForFinished());
    QCOMPARE(count, 1);
    QVERIFY(!task.enter());
    QCOMPARE(task.error().code(), QSeamstressError::NeverPaused);
}

void TestTaskInPlainCode::blockedStep_data()
{
    QTest::addColumn<int>("pauseTimeout");
    QTest::addColumn<bool>("complains");
    QTest::addColumn<bool>("byAVerb");
    QTest::newRow("after-pauseTimeout") << 150 << true << true;
    QTest::newRow("after-pauseTimeout-driven-by-the-event-loop") << 150 << true << false;
    QTest::newRow("pauseTimeout-zero") << 0 << true << true;
    QTest::newRow("pauseTimeout-for-ever") << -1 << false << true;
}

void TestTaskInPlainCode::blockedStep()
{
    QFETCH(const int, pauseTimeout);
    QFETCH(const bool, complains);
    QFETCH(const bool, byAVerb);

    // Released by the complaint, which this thread cannot wait for, or in advance if there is none.
    static std::binary_semaphore free{ 0 };
    static std::thread::id complainer;
    if (!complains)
        free.release();
    OverheardMessage complaint("has kept the event loop", [] {
        complainer = std::this_thread::get_id();
        free.release();
    });

    QSeamstressTask task([]() -> QSeamstressScript {
        co_yield "a";
        free.acquire();
        co_yield "b";
    });
    task.setObjectName("blocker");
    QVERIFY(task.enter());
    task.setPauseTimeout(pauseTimeout);
    if (byAVerb) {
        const bool advanced = task.advance();
        QVERIFY(advanced || pauseTimeout >= 0);
        QVERIFY(advanced || task.waitForPaused(QDeadlineTimer(QDeadlineTimer::Forever)));
    } else {
        QEventLoop loop;
        connect(&task, &QSeamstressExecutor::paused, &loop, &QEventLoop::quit);
        task.resume();
        loop.exec();
    }
    QCOMPARE(task.pausePoint(), "b");
    QCOMPARE(!complaint.text().isEmpty(), complains);
    if (!complains)
        return;
    QVERIFY(complainer != std::this_thread::get_id());
    const bool knows = QSeamstressThread::isActivityAvailable();
    const QRegularExpression text(QStringLiteral("^QSeamstressTask: one step of \"blocker\" has kept the event loop of its thread, and with it the test, from running for \\d+ ms\\. "
                                                 "It has reached \"a\"; the last was \"a\"\\. %1 Make the script co_await what it waits for, or run it in a QSeamstressThread\\.$")
                                      .arg(knows ? "Now it is blocked on the lock, condition or semaphore at 0x[0-9a-f]+, in futex\\." : "This system does not report what it is doing now\\."));
    QVERIFY2(text.match(complaint.text()).hasMatch(), qPrintable(complaint.text()));
}

void TestTaskInPlainCode::stepThatRunsAnEventLoop()
{
    // The verbs of other executors do this, too. It does not block the test, so there is no complaint.
    OverheardMessage complaint("has kept the event loop");
    QSeamstressTask task([]() -> QSeamstressScript {
        QEventLoop loop;
        QTimer::singleShot(400, &loop, &QEventLoop::quit);
        loop.exec();
        co_yield "a";
    });
    task.setPauseTimeout(100);
    QVERIFY(task.enter(QDeadlineTimer(QDeadlineTimer::Forever)));
    QCOMPARE(complaint.text(), QString());
}

template <class Lock>
static void takesAndGivesBack()
{
    Lock lock;
    QSeamstressTask task(&lock);
    QVERIFY2(task.enter(), qPrintable(task.errorString()));
    bool free = true;
    std::thread([&] {
        free = lock.try_lock();
        if (free)
            lock.unlock();
    }).join();
    QVERIFY(!free);
    QVERIFY(task.exit());
    std::thread([&] {
        free = lock.try_lock();
        if (free)
            lock.unlock();
    }).join();
    QVERIFY(free);
}

void TestTaskInPlainCode::lock_data()
{
    QTest::addColumn<QString>("type");
    for (const char *type : { "QMutex", "QRecursiveMutex", "QReadWriteLock", "std::mutex", "std::recursive_mutex", "std::timed_mutex", "std::shared_mutex", "null" })
        QTest::newRow(type) << type;
}

void TestTaskInPlainCode::lock()
{
    QFETCH(const QString, type);
    if (type == "QMutex")
        takesAndGivesBack<QMutex>();
    else if (type == "QRecursiveMutex")
        takesAndGivesBack<QRecursiveMutex>();
    else if (type == "QReadWriteLock") {
#if QT_VERSION >= QT_VERSION_CHECK(6, 11, 0)
        takesAndGivesBack<QReadWriteLock>();
#else
        QSKIP("QReadWriteLock has lock(), unlock() and try_lock() since Qt 6.11");
#endif
    } else if (type == "std::mutex")
        takesAndGivesBack<std::mutex>();
    else if (type == "std::recursive_mutex")
        takesAndGivesBack<std::recursive_mutex>();
    else if (type == "std::timed_mutex")
        takesAndGivesBack<std::timed_mutex>();
    else if (type == "std::shared_mutex")
        takesAndGivesBack<std::shared_mutex>();
    else {
        QSeamstressTask task(static_cast<QMutex *>(nullptr));
        QTest::ignoreMessage(QtWarningMsg, QRegularExpression("^QSeamstressTask::enter: .* was given a null pointer as its lock"));
        QVERIFY(!task.enter());
        QCOMPARE(task.error().code(), QSeamstressError::InvalidUse);
    }
}

void TestTaskInPlainCode::waitsForALock()
{
    QMutex mutex;
    QSeamstressTask task(&mutex);
    task.setObjectName("waiter");
    {
        QSEAMSTRESS_THREAD(holder, &mutex);
        QVERIFY(!task.enter(QDeadlineTimer(5)));
        QCOMPARE(task.error().code(), QSeamstressError::PauseTimedOut);
        const QRegularExpression text("Now it is blocked on the QMutex at 0x[0-9a-f]+, which it keeps trying to lock\\.");
        QVERIFY2(text.match(task.errorString()).hasMatch(), qPrintable(task.errorString()));
        QCOMPARE(task.activity(), QSeamstressExecutor::Blocked);
    }
    QVERIFY2(task.waitForPaused(), qPrintable(task.errorString()));
    QVERIFY(!mutex.tryLock());
    QVERIFY(task.exit());
    QVERIFY(mutex.tryLock());
    mutex.unlock();
}

void TestTaskInPlainCode::givesUpALock()
{
    RecordedFailures failures;
    QMutex mutex;
    const QMutexLocker locker(&mutex);
    {
        const ShortPatience shortPatience;
        QSeamstressTask task(&mutex);
        task.setObjectName("waiter");
        QVERIFY(!task.enter(QDeadlineTimer(1)));
        QVERIFY(!task.exit(QDeadlineTimer(1)));
        QCOMPARE(task.error().code(), QSeamstressError::TaskStillExecuting);
    }
    const QStringList messages = failures.take();
    QCOMPARE(messages.size(), 1);
    QVERIFY2(messages.first().contains("Its coroutine was therefore destroyed where it was suspended"), qPrintable(messages.first()));
}

void TestTaskInPlainCode::lockTakenInTurn()
{
    // Two tasks in one thread: the second gets the lock when the first has released it.
    QMutex mutex;
    QSEAMSTRESS_TASK(first, &mutex);
    QSeamstressTask second(&mutex);
    second.start();
    QTRY_COMPARE(second.activity(), QSeamstressExecutor::Blocked);
    QCOMPARE(second.phase(), QSeamstressExecutor::SettingUp);
    QSEAMSTRESS_EXIT(first);
    QVERIFY(second.waitForPaused());
}

void TestTaskInPlainCode::scriptInAStaticTask()
{
    // Destroyed after the QCoreApplication. Its script has ended by then, so no event loop is needed.
    static QSeamstressTask task([]() -> QSeamstressScript { co_yield "a"; });
    QVERIFY(task.enter());
    QVERIFY(task.exit());
}

QTEST_GUILESS_MAIN(TestTaskInPlainCode)
#include "tst_taskinplaincode.moc"
