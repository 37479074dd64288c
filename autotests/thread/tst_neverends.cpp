// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

// Threads that do not end are asked to stop, reported and abandoned, but never killed.

#include <QSeamstressConfig>
#include <QSeamstressThread>

#include <QScopeGuard>
#include <QSignalSpy>
#include <QTest>
#include <QThread>
#include <QThreadStorage>

#include <atomic>
#include <memory>
#include <semaphore>
#include <stdexcept>

#include "../shared/overheardmessage.h"
#include "../shared/recordedfailures.h"
#include "../shared/shortpatience.h"

class TestNeverEnds : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void interruptionIsRequestedAfterExitTimedOut();
    void interruptionIsRequestedByTheDestructor();
    void laterPointsDoNotHaltAfterExitTimedOut();
    void isAbandoned_data();
    void isAbandoned();
    void isAbandonedWithItsCaptures();
    void isAbandonedThenThrows();
    void waitsForWhatTheThreadStores_data();
    void waitsForWhatTheThreadStores();
    void hearsByTheEventLoopWhenTheThreadHasEnded();
    void isAbandonedAfterItThrew();
};

static void loopUntilInterrupted()
{
    while (!QThread::currentThread()->isInterruptionRequested())
        QThread::yieldCurrentThread();
}

void TestNeverEnds::interruptionIsRequestedAfterExitTimedOut()
{
    std::counting_semaphore<> seen{ 0 };
    QSeamstressThread thread([&seen] {
        QSeamstress::pause();
        loopUntilInterrupted();
        seen.release();
    });
    QVERIFY(thread.enter());
    QVERIFY(!thread.workerThread()->isInterruptionRequested());
    QVERIFY(!thread.exit(QDeadlineTimer(1)));
    QCOMPARE(thread.error().code(), QSeamstressError::ThreadStillAlive);
    seen.acquire(); // released only after the interruption
    QVERIFY(thread.exit());
}

void TestNeverEnds::interruptionIsRequestedByTheDestructor()
{
    bool seen = false;
    {
        QSeamstressThread thread([&seen] {
            QSeamstress::pause();
            loopUntilInterrupted();
            seen = true;
        });
        thread.setTimeout(0); // how long the destructor waits before it requests the interruption
        QVERIFY(thread.enter());
    }
    QVERIFY(seen);
}

void TestNeverEnds::laterPointsDoNotHaltAfterExitTimedOut()
{
    std::counting_semaphore<> door{ 0 };
    int passed = 0;
    QSeamstressThread thread([&] {
        QSeamstress::pause("a");
        door.acquire();
        for (; passed < 5; ++passed)
            QSeamstress::pause("b");
    });
    QVERIFY(thread.enter());
    QVERIFY(!thread.exit(QDeadlineTimer(1)));
    door.release();
    QVERIFY(thread.waitForFinished());
    QCOMPARE(passed, 5);
}

// Its tear-down blocks until the semaphore is released.
class NeverEnds : public QSeamstressConfig
{
public:
    explicit NeverEnds(std::shared_ptr<std::counting_semaphore<>> semaphore)
        : m_semaphore(std::move(semaphore))
    {
    }
    void setUp() override { }
    void tearDown() override { m_semaphore->acquire(); }

private:
    const std::shared_ptr<std::counting_semaphore<>> m_semaphore;
};

// tst_deadlockedthreads tests which cure is suggested when.
static const QRegularExpression abandonedText(" It also ignored QThread::requestInterruption\\(\\), so its thread is abandoned\\. Its script, and a config passed as a "
                                              "std::shared_ptr, are kept alive; what the script captured by reference is not\\. To make it end, (poll "
                                              "QThread::currentThread\\(\\)->isInterruptionRequested\\(\\) in its loops, and )?release what it waits for\\.\nTimeline:\n");

void TestNeverEnds::isAbandoned_data()
{
    QTest::addColumn<int>("timeout");
    QTest::newRow("timeout-default") << 1000;
    QTest::newRow("timeout-longer-than-the-destructor-waits") << 6000;
    QTest::newRow("timeout-for-ever") << -1;
    QTest::newRow("timeout-zero") << 0;
}

void TestNeverEnds::isAbandoned()
{
    QFETCH(int, timeout);
    const auto kept = std::make_shared<std::counting_semaphore<>>(0);
    std::weak_ptr<QSeamstressConfig> weakConfig;
    RecordedFailures failures;
    {
        const ShortPatience patience;
        QSeamstressThread thread;
        thread.setObjectName("hogger");
        thread.setTimeout(timeout);
        auto config = std::make_shared<NeverEnds>(kept);
        weakConfig = config;
        thread.setConfig(std::move(config));
        QVERIFY(thread.enter(QDeadlineTimer(QDeadlineTimer::Forever)));
    }
    const QStringList messages = failures.take();
    QCOMPARE(messages.size(), 1);
    const QString message = messages.first();
    QVERIFY2(message.startsWith("\"hogger\" did not end within "), qPrintable(message));
    QVERIFY2(message.contains(abandonedText), qPrintable(message));

    // What the executor owned lives as long as the abandoned thread, and no longer.
    QVERIFY(!weakConfig.expired());
    kept->release();
    QTRY_COMPARE(kept.use_count(), 1);
    QVERIFY(weakConfig.expired());
}

void TestNeverEnds::isAbandonedWithItsCaptures()
{
    auto door = std::make_shared<std::counting_semaphore<>>(0);
    const std::weak_ptr<std::counting_semaphore<>> captured = door;
    RecordedFailures failures;
    {
        const ShortPatience patience;
        QSeamstressThread thread([door = std::move(door)] {
            QSeamstress::pause();
            door->acquire();
        });
        QVERIFY(thread.enter(QDeadlineTimer(QDeadlineTimer::Forever)));
    }
    QCOMPARE(failures.take().size(), 1);

    // The abandoned thread now owns the callable.
    const std::shared_ptr<std::counting_semaphore<>> stillThere = captured.lock();
    QVERIFY(stillThere);
    stillThere->release();
    QTRY_COMPARE(captured.use_count(), 1);
}

void TestNeverEnds::isAbandonedThenThrows()
{
    static std::counting_semaphore<> semaphore{ 0 }; // for a thread that outlives this function
    static std::atomic<bool> told = false;
    RecordedFailures failures;
    {
        const ShortPatience patience;
        QSeamstressThread thread([] {
            QSeamstress::pause();
            semaphore.acquire();
            throw std::runtime_error("much later");
        });
        thread.setObjectName("hogger");
        QVERIFY(thread.enter(QDeadlineTimer(QDeadlineTimer::Forever)));
    }
    QCOMPARE(failures.take().size(), 1);
    // No executor is left to report the error, so it is printed.
    OverheardMessage message("much later", [] { told = true; });
    semaphore.release();
    QTRY_VERIFY(told);
    QCOMPARE(message.text(), "\"hogger\" threw std::runtime_error after its last pause point: much later (The executor had already been destroyed.)");
    QCOMPARE(message.type(), QtCriticalMsg);
}

// Thread-local data. Its destructor runs after the script, and keeps the thread from ending until open(). For one thread at a time.
class Stored
{
public:
    Q_DISABLE_COPY_MOVE(Stored)
    ~Stored()
    {
        isWaiting = true;
        s_isOpen.wait(false);
        isWaiting = false;
    }
    static void storeHere()
    {
        s_isOpen = false;
        s_storage.setLocalData(new Stored);
    }
    static void open()
    {
        s_isOpen = true;
        s_isOpen.notify_all();
    }

    static inline std::atomic<bool> isWaiting = false;

private:
    Stored() = default;

    static inline std::atomic<bool> s_isOpen = false;
    static inline QThreadStorage<Stored *> s_storage;
};

void TestNeverEnds::waitsForWhatTheThreadStores_data()
{
    QTest::addColumn<bool>("throws");
    QTest::newRow("script-succeeds") << false;
    QTest::newRow("script-throws") << true;
}

void TestNeverEnds::waitsForWhatTheThreadStores()
{
    QFETCH(bool, throws);
    QSeamstressThread thread([throws]() -> QSeamstressScript {
        Stored::storeHere();
        co_yield "a";
        if (throws)
            throw std::runtime_error("on purpose");
    });
    QVERIFY(thread.enter());
    const auto openAtTheEnd = qScopeGuard([] { Stored::open(); });
    thread.finish();
    QTRY_VERIFY(Stored::isWaiting);
    // Neither a verb nor the event loop, which has just been running, considers the script finished.
    QCOMPARE(thread.phase(), QSeamstressExecutor::TearingDown);
    QVERIFY(!thread.exit(QDeadlineTimer(1)));
    QCOMPARE(thread.error().code(), QSeamstressError::ThreadStillAlive);
    QVERIFY(!thread.waitForFinished(QDeadlineTimer(1)));
    QCOMPARE(thread.phase(), QSeamstressExecutor::TearingDown);
    QVERIFY(thread.errors().isEmpty());

    Stored::open();
    QCOMPARE(thread.exit(), !throws);
    QCOMPARE(thread.phase(), throws ? QSeamstressExecutor::Failed : QSeamstressExecutor::Finished);
    QCOMPARE(thread.errors().size(), throws ? 1 : 0);
}

void TestNeverEnds::hearsByTheEventLoopWhenTheThreadHasEnded()
{
    QSeamstressThread thread([] { Stored::storeHere(); });
    QSignalSpy finished(&thread, &QSeamstressExecutor::finished);
    thread.start();
    QTRY_VERIFY(Stored::isWaiting);
    QVERIFY(!thread.waitForFinished(QDeadlineTimer(1))); // takes the report of the script, and puts it back
    QCOMPARE(finished.count(), 0);
    Stored::open();
    QVERIFY(finished.wait());
    QCOMPARE(thread.phase(), QSeamstressExecutor::Finished);
}

// The exception of the script is not lost with the thread.
void TestNeverEnds::isAbandonedAfterItThrew()
{
    RecordedFailures failures;
    {
        const ShortPatience patience;
        QSeamstressThread thread([] {
            Stored::storeHere();
            throw std::runtime_error("on purpose");
        });
        thread.setObjectName("hogger");
        thread.start();
        QTRY_VERIFY(Stored::isWaiting);
    }
    Stored::open();
    QTRY_VERIFY(!Stored::isWaiting);
    const QStringList messages = failures.take();
    QCOMPARE(messages.size(), 1);
    const QString message = messages.first();
    QVERIFY2(message.startsWith("\"hogger\" threw std::runtime_error before its first pause point: on purpose\n\"hogger\" did not end within "), qPrintable(message));
    QVERIFY2(message.contains(abandonedText), qPrintable(message));
}

QTEST_GUILESS_MAIN(TestNeverEnds)
#include "tst_neverends.moc"
