// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

// What is special to threads; what holds for every executor is tested in shared/.

#include <QSeamstress/QSeamstressThread>
#include <QSeamstressTest>

#include <QDir>
#include <QScopeGuard>
#include <QSemaphore>
#include <QTest>
#include <QThread>
#include <QTimer>

#include <atomic>
#include <memory>
#include <mutex>
#include <semaphore>
#include <stdexcept>

#include "shared/recordedfailures.h"
#include "shared/shortpatience.h"

static_assert(!std::is_copy_constructible_v<QSeamstressThread>);
static_assert(std::is_base_of_v<QSeamstressExecutor, QSeamstressThread>);
static_assert(!std::is_convertible_v<QMutex *, QSeamstressThread>, "constructors are explicit");

class TestQSeamstressThread : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void runsInItsOwnThread();
    void isNamedAfterTheObject();
    void canUseAnEventLoop();
    void interruptionIsRequestedAfterExitTimedOut();
    void interruptionIsRequestedByTheDestructor();
    void neverEnds();
    void neverEndsThenThrows();
    void laterPointsDoNotHaltAfterExitTimedOut();
    void activity();
    void isHaltedWheneverItIsPaused();
    void activityInTheMessage_data();
    void activityInTheMessage();
};

static void loopUntilInterrupted()
{
    while (!QThread::currentThread()->isInterruptionRequested())
        QThread::yieldCurrentThread();
}

void TestQSeamstressThread::runsInItsOwnThread()
{
    QThread *inSetUp = nullptr;
    QThread *inTearDown = nullptr;
    QSeamstressThread thread([&] {
        inSetUp = QThread::currentThread();
        return qScopeGuard([&] { inTearDown = QThread::currentThread(); });
    });
    QCOMPARE(thread.workerThread(), nullptr);
    QVERIFY(thread.enter());
    QVERIFY(inSetUp);
    QVERIFY(inSetUp != QThread::currentThread());
    QCOMPARE(thread.workerThread(), inSetUp);
    QVERIFY(thread.exit());
    QCOMPARE(inTearDown, inSetUp);
    QCOMPARE(thread.workerThread(), nullptr);
}

void TestQSeamstressThread::isNamedAfterTheObject()
{
#ifdef Q_OS_LINUX
    const auto names = [] {
        QStringList names;
        const QDir tasks("/proc/self/task");
        for (const QString &id : tasks.entryList(QDir::Dirs | QDir::NoDotAndDotDot)) {
            QFile file(tasks.filePath(id + "/comm"));
            if (file.open(QIODevice::ReadOnly))
                names += QString::fromUtf8(file.readAll().trimmed());
        }
        return names;
    };
    QSeamstressThread thread([]() -> QSeamstressScript { co_yield "a"; });
    thread.setObjectName("hogger");
    QVERIFY(!names().contains("hogger"));
    QVERIFY(thread.enter());
    QVERIFY2(names().contains("hogger"), qPrintable(names().join(' ')));
    QCOMPARE(thread.workerThread()->objectName(), "hogger");
#else
    QSKIP("only known how to look on Linux");
#endif
}

void TestQSeamstressThread::canUseAnEventLoop()
{
    QSeamstressThread thread([] {
        QEventLoop loop;
        QMetaObject::invokeMethod(&loop, &QEventLoop::quit, Qt::QueuedConnection);
        loop.exec();
        QSeamstress::pause("after the loop");
    });
    QVERIFY(thread.enter());
    QCOMPARE(thread.pausePoint(), "after the loop");
}

void TestQSeamstressThread::interruptionIsRequestedAfterExitTimedOut()
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
    seen.acquire(); // comes only by the interruption
    QVERIFY(thread.exit());
}

void TestQSeamstressThread::interruptionIsRequestedByTheDestructor()
{
    bool seen = false;
    {
        QSeamstressThread thread([&seen] {
            QSeamstress::pause();
            loopUntilInterrupted();
            seen = true;
        });
        thread.setTimeout(0); // how long the destructor waits before it interrupts
        QVERIFY(thread.enter());
    }
    QVERIFY(seen);
}

void TestQSeamstressThread::neverEnds()
{
    const auto kept = std::make_shared<std::counting_semaphore<>>(0);
    std::weak_ptr<QSeamstressConfig> weakConfig;
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

    RecordedFailures failures;
    {
        const ShortPatience patience;
        QSeamstressThread thread;
        thread.setObjectName("hogger");
        auto config = std::make_shared<NeverEnds>(kept);
        weakConfig = config;
        thread.setConfig(std::move(config));
        QVERIFY(thread.enter(QDeadlineTimer(QDeadlineTimer::Forever)));
    }
    const QStringList messages = failures.take();
    QCOMPARE(messages.size(), 1);
    const QString message = messages.first();
    QVERIFY2(message.startsWith("\"hogger\" did not end within "), qPrintable(message));
    QVERIFY2(message.contains("It did not heed QThread::requestInterruption() either, so its thread is abandoned."), qPrintable(message));
    QVERIFY2(message.contains("Make it end: poll QThread::currentThread()->isInterruptionRequested()"), qPrintable(message));

    // What it owns lives as long as the abandoned thread, and no longer.
    QVERIFY(!weakConfig.expired());
    kept->release();
    QTRY_COMPARE(kept.use_count(), 1);
    QVERIFY(weakConfig.expired());
}

void TestQSeamstressThread::neverEndsThenThrows()
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
    // Nobody is left to return the error: it is printed.
    static QtMessageHandler handler = nullptr;
    handler = qInstallMessageHandler([](QtMsgType type, const QMessageLogContext &context, const QString &text) {
        if (type == QtCriticalMsg && text == "\"hogger\" threw std::runtime_error after its last pause point: much later (The executor was destroyed before.)")
            told = true;
        else
            handler(type, context, text);
    });
    const auto restore = qScopeGuard([] { qInstallMessageHandler(handler); });
    semaphore.release();
    QTRY_VERIFY(told);
}

void TestQSeamstressThread::laterPointsDoNotHaltAfterExitTimedOut()
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

void TestQSeamstressThread::activity()
{
    std::atomic<bool> stop = false;
    std::mutex mutex;
    QSeamstressThread thread([&] {
        QSeamstress::pause("a");
        while (!stop) { }
        QSeamstress::pause("b");
        const std::lock_guard lock(mutex);
    });
    QCOMPARE(thread.activity(), QSeamstressExecutor::NotRunning);
    QVERIFY(thread.enter());
    QCOMPARE(thread.activity(), QSeamstressExecutor::Halted);
    thread.resume();
    if (QSeamstressThread::isActivityAvailable())
        QTRY_COMPARE(thread.activity(), QSeamstressExecutor::Computing);
    stop = true;
    QVERIFY(thread.waitForPaused());
    {
        const std::lock_guard lock(mutex);
        thread.finish();
        if (QSeamstressThread::isActivityAvailable())
            QTRY_COMPARE(thread.activity(), QSeamstressExecutor::Blocked);
    }
    QVERIFY(thread.exit());
    QCOMPARE(thread.activity(), QSeamstressExecutor::NotRunning);
}

// Its thread has told of the halt, and is perhaps not asleep yet.
void TestQSeamstressThread::isHaltedWheneverItIsPaused()
{
    static constexpr int steps = 1000;
    QSeamstressThread thread([]() -> QSeamstressScript {
        for (int i = 0; i <= steps; ++i)
            co_yield "a";
    });
    QVERIFY(thread.enter());
    for (int i = 0; i < steps; ++i) {
        QVERIFY(thread.advance());
        QCOMPARE(thread.activity(), QSeamstressExecutor::Halted);
    }
    QVERIFY(thread.exit());
}

void TestQSeamstressThread::activityInTheMessage_data()
{
    QTest::addColumn<QString>("text");
    QTest::newRow("lock") << "Now it is blocked on the lock, condition or semaphore at 0x";
    QTest::newRow("sleep") << "Now it is asleep in clock_nanosleep. ";
    QTest::newRow("event-loop") << "Now it waits in its event loop. ";
}

void TestQSeamstressThread::activityInTheMessage()
{
    if (!QSeamstressThread::isActivityAvailable())
        QSKIP("This system does not tell what a thread does.");
    QFETCH(QString, text);
    const QByteArray kind = QTest::currentDataTag();
    QSemaphore door;
    QSeamstressThread thread([&] {
        QEventLoop loop;
        while (kind != "lock" && !QThread::currentThread()->isInterruptionRequested()) {
            if (kind == "sleep") {
                QThread::msleep(100);
            } else {
                QTimer::singleShot(100, &loop, &QEventLoop::quit);
                loop.exec();
            }
        }
        door.acquire();
    });
    const auto openAtTheEnd = qScopeGuard([&] { door.release(); });
    thread.setTimeout(0);
    thread.start();
    // The thread may not have come that far when the first look is taken, and between two naps it computes.
    bool seen = false;
    const auto look = [&] {
        seen = seen || (!thread.waitForPaused(QDeadlineTimer(1)) && thread.errorString().contains(text));
        return seen;
    };
    QTRY_VERIFY2(look(), qPrintable(thread.errorString()));
}

QTEST_GUILESS_MAIN(TestQSeamstressThread)
#include "tst_qseamstressthread.moc"
