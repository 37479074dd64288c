// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

// Scripts that run in the threads of a thread pool.

#include <QSeamstressTest>

#include <QScopeGuard>
#include <QSet>
#include <QTest>
#include <QThread>
#include <QThreadPool>

#include <atomic>
#include <memory>
#include <semaphore>

#include "../shared/recordedfailures.h"
#include "../shared/shortpatience.h"

class TestThreadPool : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void runsInTheThreadsOfThePool();
    void poolOfOneIsReused();
    void poolOfOneAndTwoScripts();
    void fullPool();
    void fullPoolAtTheDestructor();
    void fullPoolWithConfig();
    void neverEnds();
    void ownThreadAgain();
    void changedWhileRunning();
    void deletedPool();
    void whatItOwnsIsTheExecutorsAfterTheEnd();
    void halfOfThePoolIsHalted();
};

// A pool with this maximum number of threads.
class Pool : public QThreadPool
{
public:
    explicit Pool(int threads) { setMaxThreadCount(threads); }
};

void TestThreadPool::runsInTheThreadsOfThePool()
{
    Pool pool(2);
    QThread *ran = nullptr;
    QSeamstressThread thread([&]() -> QSeamstressScript {
        ran = QThread::currentThread();
        co_yield "a";
        co_yield "b";
    });
    thread.setThreadPool(&pool);
    thread.setObjectName("script");
    QCOMPARE(thread.workerThread(), nullptr);
    QVERIFY(thread.enter());
    QVERIFY(ran != QThread::currentThread());
    QVERIFY(pool.contains(ran));
    QCOMPARE(thread.workerThread(), ran);
    QVERIFY(ran->objectName() != "script"); // the thread belongs to the pool
    QCOMPARE(pool.activeThreadCount(), 1);
    QVERIFY(thread.advance());
    QCOMPARE(thread.pausePoint(), "b");
    QVERIFY(thread.exit());
    QCOMPARE(thread.workerThread(), nullptr);
    QVERIFY(pool.waitForDone());
}

void TestThreadPool::poolOfOneIsReused()
{
    Pool pool(1);
    pool.setExpiryTimeout(-1);
    QSet<QThread *> threads;
    QSeamstressThread thread([&] {
        threads.insert(QThread::currentThread());
        QSeamstress::pause();
    });
    thread.setThreadPool(&pool);
    for (int run = 0; run < 20; ++run) {
        QVERIFY2(thread.enter(), qPrintable(thread.errorString()));
        QVERIFY2(thread.exit(), qPrintable(thread.errorString()));
    }
    QCOMPARE(threads.size(), 1);
}

void TestThreadPool::poolOfOneAndTwoScripts()
{
    Pool pool(1);
    const auto script = [] { QSeamstress::pause("halted"); };
    QSeamstressThread first(script);
    QSeamstressThread second(script);
    first.setThreadPool(&pool);
    second.setThreadPool(&pool);
    QVERIFY(first.enter());
    second.start();
    QVERIFY(!second.waitForPaused(QDeadlineTimer(1)));
    QVERIFY(first.exit());
    QVERIFY2(second.waitForPaused(), qPrintable(second.errorString()));
    QVERIFY(second.exit());
}

void TestThreadPool::fullPool()
{
    std::binary_semaphore door(0); // outlives the pool, whose destructor waits for the thread at the door
    Pool pool(1);
    pool.start([&] { door.acquire(); });
    auto open = qScopeGuard([&] { door.release(); });

    bool ran = false;
    QSeamstressThread thread([&] {
        ran = true;
        QSeamstress::pause();
    });
    thread.setThreadPool(&pool);
    thread.setObjectName("script");
    QVERIFY(!thread.enter(QDeadlineTimer(10)));
    QCOMPARE(thread.error().code(), QSeamstressError::PauseTimedOut);
    QVERIFY2(thread.errorString().contains("Now it is waiting for a free thread of its pool, whose maxThreadCount() is 1; raise it with setMaxThreadCount(), or end what the pool runs."),
             qPrintable(thread.errorString()));
    QCOMPARE(thread.activity(), QSeamstressExecutor::Unknown);
    QCOMPARE(thread.workerThread(), nullptr);
    QVERIFY(!ran);

    open.dismiss();
    door.release();
    QVERIFY(thread.waitForPaused());
    QVERIFY(ran);
    QVERIFY(thread.exit());
}

void TestThreadPool::fullPoolAtTheDestructor()
{
    RecordedFailures recorded;
    std::binary_semaphore door(0); // outlives the pool, whose destructor waits for the thread at the door
    Pool pool(1);
    pool.start([&] { door.acquire(); });
    auto open = qScopeGuard([&] { door.release(); });
    bool ran = false;
    const auto owned = std::make_shared<int>(1);
    {
        const ShortPatience patience;
        QSeamstressThread thread([&ran, owned] { ran = true; });
        thread.setThreadPool(&pool);
        thread.setObjectName("script");
        thread.start();
    }
    QCOMPARE(owned.use_count(), 1);
    const QStringList failures = recorded.take();
    QCOMPARE(failures.size(), 1);
    QVERIFY2(failures.first().contains("It was therefore withdrawn from the pool, and never ran."), qPrintable(failures.first()));

    open.dismiss();
    door.release();
    QVERIFY(pool.waitForDone());
    QVERIFY(!ran);
}

class CountingConfig : public QSeamstressConfig
{
public:
    void setUp() override { ++setUps; }
    int setUps = 0;
};

void TestThreadPool::fullPoolWithConfig()
{
    RecordedFailures recorded;
    std::binary_semaphore door(0); // outlives the pool, whose destructor waits for the thread at the door
    Pool pool(1);
    pool.start([&] { door.acquire(); });
    const auto open = qScopeGuard([&] { door.release(); });
    CountingConfig config;
    {
        const ShortPatience patience;
        QSeamstressThread thread(&config);
        thread.setThreadPool(&pool);
        thread.start();
    }
    QCOMPARE(recorded.take().size(), 1);
    QCOMPARE(config.setUps, 0);
    QCOMPARE(config.thread(), QThread::currentThread()); // the config can be used again
    QSeamstressThread thread(&config);
    QVERIFY(thread.enter());
    QVERIFY(thread.exit());
    QCOMPARE(config.setUps, 1);
}

void TestThreadPool::neverEnds()
{
    RecordedFailures recorded;
    Pool pool(1);
    static std::binary_semaphore door(0);
    {
        const ShortPatience patience;
        QSeamstressThread thread([] { door.acquire(); });
        thread.setThreadPool(&pool);
        thread.start();
        while (!thread.workerThread()) { }
        QVERIFY(!thread.exit());
    }
    const QStringList failures = recorded.take();
    door.release(); // or the pool would wait for it forever
    QCOMPARE(failures.size(), 1);
    const QRegularExpression text(" A pool thread receives no interruption request, so it is abandoned\\. Its script, and a config passed as a std::shared_ptr, are kept alive; "
                                  "what the script captured by reference is not\\. To make it end, (check a flag of your own in its loops, and )?release what it waits for\\.\n");
    QVERIFY2(failures.first().contains(text), qPrintable(failures.first()));
    QVERIFY(pool.waitForDone());
    // The thread of the pool has not been asked to stop, which would affect the next job.
    bool interrupted = true;
    pool.start([&] { interrupted = QThread::currentThread()->isInterruptionRequested(); });
    QVERIFY(pool.waitForDone());
    QVERIFY(!interrupted);
}

void TestThreadPool::ownThreadAgain()
{
    Pool pool(1);
    QSeamstressThread thread([] { QSeamstress::pause(); });
    QCOMPARE(thread.threadPool(), nullptr);
    thread.setThreadPool(&pool);
    QCOMPARE(thread.threadPool(), &pool);
    QVERIFY(thread.enter());
    QVERIFY(pool.contains(thread.workerThread()));
    QVERIFY(thread.exit());
    thread.setThreadPool(nullptr);
    QCOMPARE(thread.threadPool(), nullptr);
    QVERIFY(thread.enter());
    QVERIFY(!pool.contains(thread.workerThread()));
    QVERIFY(thread.exit());
}

void TestThreadPool::changedWhileRunning()
{
    Pool pool(1);
    QSeamstressThread thread([] { QSeamstress::pause(); });
    thread.setObjectName("script");
    QVERIFY(thread.enter());
    QTest::ignoreMessage(QtWarningMsg, "QSeamstressThread::setThreadPool: \"script\" is running, so its thread pool cannot be changed; call exit() first.");
    thread.setThreadPool(&pool);
    QCOMPARE(thread.error().code(), QSeamstressError::InvalidUse);
    QVERIFY(!pool.contains(thread.workerThread()));
    QVERIFY(thread.exit());
}

void TestThreadPool::deletedPool()
{
    QSeamstressThread thread([] { QSeamstress::pause(); });
    thread.setObjectName("script");
    {
        Pool pool(1);
        thread.setThreadPool(&pool);
    }
    QTest::ignoreMessage(QtWarningMsg,
                         "QSeamstressThread::enter: \"script\" cannot use its thread pool, which was deleted; keep the pool until the executor is destroyed, or call "
                         "setThreadPool() again.");
    QVERIFY(!thread.enter());
    QCOMPARE(thread.error().code(), QSeamstressError::InvalidUse);
    QCOMPARE(thread.phase(), QSeamstressExecutor::Idle);
    thread.setThreadPool(nullptr);
    QVERIFY(thread.enter());
    QVERIFY(thread.exit());
}

void TestThreadPool::whatItOwnsIsTheExecutorsAfterTheEnd()
{
    Pool pool(2);
    for (int run = 0; run < 200; ++run) {
        const auto owned = std::make_shared<int>(run);
        {
            QSeamstressThread thread([owned] { QSeamstress::pause(); });
            thread.setThreadPool(&pool);
            QVERIFY(thread.enter());
            QVERIFY(thread.exit());
        }
        QCOMPARE(owned.use_count(), 1);
    }
}

void TestThreadPool::halfOfThePoolIsHalted()
{
    Pool pool(2);
    QSeamstressThread halted([] { QSeamstress::pause(); });
    halted.setThreadPool(&pool);
    QVERIFY(halted.enter());
    std::binary_semaphore ran(0);
    pool.start([&] { ran.release(); });
    ran.acquire();
    QVERIFY(halted.exit());
}

QTEST_GUILESS_MAIN(TestThreadPool)
#include "tst_threadpool.moc"
