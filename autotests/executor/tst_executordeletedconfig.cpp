// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

// A config that is deleted while it is in use.

#include "executorundertest.h"

#include <QSeamstressConfig>

#include <QThreadPool>

#include <atomic>
#include <memory>
#include <semaphore>

class TestExecutorDeletedConfig : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void beforeItBegan();
    void beforeItBeganThenDestroyed();
    void whileHalted();
    void whileHaltedThenDestroyed();
};

// Static, since the configs are gone when these are checked.
static std::atomic<int> setUps = 0;
static std::atomic<int> tearDowns = 0;

class CountingConfig : public QSeamstressConfig
{
public:
    void setUp() override { ++setUps; }
    void tearDown() override { ++tearDowns; }
};

void TestExecutorDeletedConfig::init()
{
    setUps = 0;
    tearDowns = 0;
}

static void expectDeletionWarning()
{
    QTest::ignoreMessage(QtWarningMsg,
                         "QSeamstressConfig: deleted while \"hogger\" is using it, so its tear-down cannot run; delete the config after exit(), or pass it "
                         "to the executor as a std::shared_ptr.");
}

static constexpr char deletedText[] = "\"hogger\": its config was deleted while in use, so its tear-down did not run; delete the config after exit(), "
                                      "or pass it as a std::shared_ptr.";
static constexpr const char *deletedBeforeText = runsOnTheEventLoop ? deletedText : "\"hogger\": its config was deleted before the script started; keep the config until exit().";

// Keeps a script that has been started from beginning before free(), by occupying the only thread of the pool. A task begins only when
// the event loop runs.
class Queue
{
public:
    Queue()
    {
        m_pool.setMaxThreadCount(1);
        m_pool.start([this] { m_busy.acquire(); });
    }
    ~Queue() { free(); }
    Q_DISABLE_COPY_MOVE(Queue)
    void hold(QSeamstressThread &thread) { thread.setThreadPool(&m_pool); }
    void hold(QSeamstressTask &) { }
    void free() { m_busy.release(); }

private:
    std::counting_semaphore<> m_busy{ 0 };
    QThreadPool m_pool;
};

void TestExecutorDeletedConfig::beforeItBegan()
{
    Queue queue;
    auto config = std::make_unique<CountingConfig>();
    Executor executor(config.get());
    executor.setObjectName("hogger");
    queue.hold(executor);
    executor.start();
    expectDeletionWarning();
    config.reset();
    queue.free();
    QVERIFY(!executor.waitForPaused());
    QCOMPARE(executor.error().code(), QSeamstressError::InvalidUse);
    QCOMPARE(executor.errorString(), deletedBeforeText);
    QCOMPARE(executor.errors().size(), 1);
    QCOMPARE(executor.phase(), QSeamstressExecutor::Failed);
    QCOMPARE(setUps, 0);
    QCOMPARE(tearDowns, 0);
    QCOMPARE(executor.config(), nullptr);
}

void TestExecutorDeletedConfig::beforeItBeganThenDestroyed()
{
    RecordedFailures recorded;
    {
        Queue queue;
        auto config = std::make_unique<CountingConfig>();
        Executor executor(config.get());
        executor.setObjectName("hogger");
        queue.hold(executor);
        executor.start();
        expectDeletionWarning();
        config.reset();
        queue.free();
    }
    const QStringList failures = recorded.take();
    QCOMPARE(failures.size(), 1);
    QVERIFY2(failures.first().startsWith(deletedBeforeText), qPrintable(failures.first()));
    QCOMPARE(setUps, 0);
}

void TestExecutorDeletedConfig::whileHalted()
{
    auto config = std::make_unique<CountingConfig>();
    Executor executor(config.get());
    executor.setObjectName("hogger");
    QVERIFY(executor.enter());

    expectDeletionWarning();
    config.reset();
    QVERIFY(!executor.exit());
    QCOMPARE(executor.error().code(), QSeamstressError::InvalidUse);
    QCOMPARE(executor.errorString(), deletedText);
    QCOMPARE(executor.errors().size(), 1);
    // The misuse happened in the script and not in a verb, so the script has failed.
    QCOMPARE(executor.phase(), QSeamstressExecutor::Failed);
    QVERIFY(!executor.exit()); // it stays failed
    QCOMPARE(executor.config(), nullptr);
    QCOMPARE(tearDowns, 0);
}

void TestExecutorDeletedConfig::whileHaltedThenDestroyed()
{
    RecordedFailures recorded;
    {
        auto config = std::make_unique<CountingConfig>();
        Executor executor(config.get());
        executor.setObjectName("hogger");
        QVERIFY(executor.enter());
        expectDeletionWarning();
        config.reset();
    }
    const QStringList failures = recorded.take();
    QCOMPARE(failures.size(), 1);
    QVERIFY2(failures.first().startsWith(deletedText), qPrintable(failures.first()));
    QCOMPARE(tearDowns, 0);
}

QTEST_GUILESS_MAIN(TestExecutorDeletedConfig)
#include "tst_executordeletedconfig.moc"
