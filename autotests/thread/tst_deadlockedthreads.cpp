// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

// Threads that are blocked forever: verbs and destructors wait only until that is certain, and it is reported once.

#include <QSeamstressTest>

#include <QElapsedTimer>
#include <QMutex>
#include <QReadWriteLock>
#include <QScopeGuard>
#include <QSemaphore>
#include <QTest>
#include <QThread>
#include <QThreadStorage>
#include <QTimer>
#include <QWaitCondition>

#include <atomic>
#include <condition_variable>
#include <functional>
#include <memory>
#include <mutex>
#include <semaphore>
#include <shared_mutex>
#include <thread>

#include "../shared/overheardmessage.h"
#include "../shared/recordedfailures.h"
#include "../shared/shortpatience.h"

using namespace std::chrono_literals;

class TestDeadlockedThreads : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void tellsAtOnce_data();
    void tellsAtOnce();
    void tellsOnce_data();
    void tellsOnce();
    void waitsWhereSomebodyMayFreeIt_data();
    void waitsWhereSomebodyMayFreeIt();
    void waitsForAShortBlock();
    void cureThatFits_data();
    void cureThatFits();
    void waitsForTheEventLoopOfTheTest();
};

void TestDeadlockedThreads::initTestCase()
{
    if (!QSeamstressThread::isActivityAvailable())
        QSKIP("This system does not report what a thread does.");
}

// How a script blocks, and how the test frees it in the end, so that no thread is left behind.
struct Block
{
    std::function<void()> wait;
    std::function<void()> free;
};
using MakeBlock = Block (*)();
Q_DECLARE_METATYPE(MakeBlock)

template <class Lock>
static Block blockOn()
{
    const auto lock = std::make_shared<Lock>();
    lock->lock();
    return { [lock] {
                lock->lock();
                lock->unlock();
            },
             [lock] { lock->unlock(); } };
}

static Block blockOnASemaphore()
{
    const auto semaphore = std::make_shared<QSemaphore>();
    return { [semaphore] { semaphore->acquire(); }, [semaphore] { semaphore->release(); } };
}

static Block blockOnAReadWriteLock()
{
    const auto lock = std::make_shared<QReadWriteLock>();
    lock->lockForWrite();
    return { [lock] {
                lock->lockForRead();
                lock->unlock();
            },
             [lock] { lock->unlock(); } };
}

static Block blockOnACondition()
{
    struct Shared
    {
        std::mutex mutex;
        std::condition_variable condition;
        bool isOver = false;
    };
    const auto shared = std::make_shared<Shared>();
    return { [shared] {
                std::unique_lock lock(shared->mutex);
                shared->condition.wait(lock, [&shared] { return shared->isOver; });
            },
             [shared] {
                 const std::lock_guard lock(shared->mutex);
                 shared->isOver = true;
                 shared->condition.notify_all();
             } };
}

static Block blockOnABinarySemaphore()
{
    const auto semaphore = std::make_shared<std::binary_semaphore>(0);
    return { [semaphore] { semaphore->acquire(); }, [semaphore] { semaphore->release(); } };
}

// Blocks in the destructor of data that the thread stores.
static Block blockAtTheEndOfTheThread()
{
    static QThreadStorage<std::shared_ptr<void>> storage;
    const auto semaphore = std::make_shared<QSemaphore>();
    return { [semaphore] { storage.setLocalData(std::shared_ptr<void>(nullptr, [semaphore](void *) { semaphore->acquire(); })); }, [semaphore] { semaphore->release(); } };
}

void TestDeadlockedThreads::tellsAtOnce_data()
{
    QTest::addColumn<MakeBlock>("make");
    QTest::addColumn<QString>("verb");
    const QList<std::pair<const char *, MakeBlock>> blocks{ { "QMutex", &blockOn<QMutex> }, { "std-mutex", &blockOn<std::mutex> }, { "shared_mutex", &blockOn<std::shared_mutex> }, { "QSemaphore", &blockOnASemaphore },
                                                            { "QReadWriteLock", &blockOnAReadWriteLock }, { "condition_variable", &blockOnACondition }, { "binary_semaphore", &blockOnABinarySemaphore }, { "end-of-the-thread", &blockAtTheEndOfTheThread } };
    for (const auto &[name, make] : blocks)
        QTest::addRow("%s", name) << make << "exit";
    for (const char *verb : { "advance", "for-ever", "waitForFinished", "destructor" })
        QTest::addRow("%s", verb) << MakeBlock(&blockOnASemaphore) << verb;
}

void TestDeadlockedThreads::tellsAtOnce()
{
    QFETCH(const MakeBlock, make);
    QFETCH(const QString, verb);

    const Block block = make();
    RecordedFailures failures;
    QElapsedTimer time;
    QString told;
    {
        QSeamstressThread thread([wait = block.wait] {
            QSeamstress::pause("begun");
            wait();
        });
        thread.setObjectName("script");
        thread.setTimeout(100'000);
        thread.setPauseTimeout(100'000);
        QVERIFY(thread.enter());
        time.start();
        if (verb == "exit") {
            QVERIFY(!thread.exit());
            QCOMPARE(thread.error().code(), QSeamstressError::ThreadStillAlive);
        } else if (verb == "advance") {
            QVERIFY(!thread.advance());
            QCOMPARE(thread.error().code(), QSeamstressError::PauseTimedOut);
        } else if (verb == "for-ever") {
            QVERIFY(!thread.exit(QDeadlineTimer::Forever));
            QCOMPARE(thread.error().code(), QSeamstressError::ThreadStillAlive);
        } else if (verb == "waitForFinished") {
            thread.finish();
            QVERIFY(!thread.waitForFinished());
            QCOMPARE(thread.error().code(), QSeamstressError::ThreadStillAlive);
        }
        told = thread.errorString();
    }
    QVERIFY2(time.elapsed() < 50'000, "waited for the thread"); // for 100 s
    const QStringList messages = failures.take();
    QCOMPARE(messages.size(), 1);
    if (verb == "destructor")
        told = messages.first();
    QVERIFY2(told.contains(" No other thread can unblock it, so the wait ended early. Release what it waits for, or let another script continue."), qPrintable(told));
    block.free();
}

void TestDeadlockedThreads::tellsOnce_data()
{
    QTest::addColumn<QString>("how");
    for (const char *how : { "exit-by-macro", "advance-by-macro", "exit-by-verb" })
        QTest::addRow("%s", how) << QString(how);
}

static void exitByMacro(QSeamstressThread &thread)
{
    QSEAMSTRESS_EXIT(thread);
}

static void advanceByMacro(QSeamstressThread &thread)
{
    QSEAMSTRESS_ADVANCE(thread);
}

// A macro has already reported the failure, so the destructor reports only what happened to the thread.
void TestDeadlockedThreads::tellsOnce()
{
    QFETCH(const QString, how);
    const bool usesMacro = how != "exit-by-verb";

    const Block block = blockOnASemaphore();
    RecordedFailures failures;
    OverheardMessage left("has not ended");
    {
        QSeamstressThread thread([wait = block.wait] {
            QSeamstress::pause("begun");
            wait();
        });
        thread.setObjectName("script");
        QVERIFY(thread.enter());
        if (how == "exit-by-macro")
            exitByMacro(thread);
        else if (how == "advance-by-macro")
            advanceByMacro(thread);
        else
            QVERIFY(!thread.exit()); // the error is not read
    }
    const QStringList messages = failures.take();
    QCOMPARE(messages.size(), 1);
    QVERIFY2(messages.first().startsWith(how == "advance-by-macro" ? "\"script\" did not reach a pause point within " : "\"script\" did not end within "), qPrintable(messages.first()));
    QCOMPARE(left.text().isEmpty(), !usesMacro);
    if (usesMacro)
        QVERIFY2(left.text().startsWith("\"script\" has not ended. It also ignored QThread::requestInterruption(), so its thread is abandoned. "), qPrintable(left.text()));
    block.free();
}

void TestDeadlockedThreads::waitsWhereSomebodyMayFreeIt_data()
{
    QTest::addColumn<QString>("who");
    for (const char *who : { "thread-that-sleeps", "thread-that-computes", "thread-that-waits-for-a-time", "event-loop-of-the-test" })
        QTest::addRow("%s", who) << QString(who);
}

void TestDeadlockedThreads::waitsWhereSomebodyMayFreeIt()
{
    QFETCH(const QString, who);

    const Block block = blockOnASemaphore();
    QSemaphore never;
    QSeamstressThread thread([wait = block.wait] {
        QSeamstress::pause("begun");
        wait();
    });
    thread.setTimeout(60'000);
    QVERIFY(thread.enter());
    std::thread helper; // not QThread, whose wait() ThreadSanitizer does not see
    if (who == "event-loop-of-the-test") {
        thread.setWaitMode(QSeamstressExecutor::ProcessEvents);
        QTimer::singleShot(400, &thread, block.free);
    } else {
        helper = std::thread([&] {
            if (who == "thread-that-computes") {
                for (const QDeadlineTimer end(400); !end.hasExpired();) { }
            } else if (who == "thread-that-waits-for-a-time") {
                never.tryAcquire(1, 400);
            } else {
                QThread::msleep(400);
            }
            block.free();
        });
    }
    QVERIFY2(thread.exit(), qPrintable(thread.errorString()));
    if (helper.joinable())
        helper.join();
}

// A single look may find the thread blocked, although it continues.
void TestDeadlockedThreads::waitsForAShortBlock()
{
    QSemaphore one;
    QSemaphore other;
    // Two threads that keep waking each other up: at any moment, one of them or both are waiting.
    std::thread helper([&] {
        for (int time = 0; time < 3000; ++time) {
            one.acquire();
            other.release();
        }
    });
    QSeamstressThread thread([&] {
        QSeamstress::pause("begun");
        for (int time = 0; time < 3000; ++time) {
            one.release();
            other.acquire();
            if (time % 10 == 0) {
                for (const QDeadlineTimer end(1, Qt::PreciseTimer); !end.hasExpired();) { }
            }
        }
    });
    thread.setTimeout(60'000);
    QVERIFY(thread.enter());
    const bool ended = thread.exit();
    helper.join();
    QVERIFY2(ended, qPrintable(thread.errorString()));
}

void TestDeadlockedThreads::cureThatFits_data()
{
    QTest::addColumn<bool>("isBlocked");
    QTest::newRow("blocked") << true;
    QTest::newRow("computing") << false;
}

// A blocked thread has no loop in which it could poll isInterruptionRequested(), so the message does not suggest that.
void TestDeadlockedThreads::cureThatFits()
{
    QFETCH(const bool, isBlocked);
    const Block block = blockOnASemaphore();
    const auto isOver = std::make_shared<std::atomic<bool>>(false);
    RecordedFailures failures;
    {
        const ShortPatience patience;
        QSeamstressThread thread([isBlocked, isOver, wait = block.wait] {
            QSeamstress::pause("begun");
            if (isBlocked)
                return wait();
            while (!*isOver) { }
        });
        thread.setObjectName("script");
        QVERIFY(thread.enter());
    }
    block.free();
    *isOver = true;
    const QStringList messages = failures.take();
    QCOMPARE(messages.size(), 1);
    const QString polling = "poll QThread::currentThread()->isInterruptionRequested() in its loops, and ";
    QVERIFY2(messages.first().contains("To make it end, " + (isBlocked ? QString() : polling) + "release what it waits for."), qPrintable(messages.first()));
}

void TestDeadlockedThreads::waitsForTheEventLoopOfTheTest()
{
    QObject receiver;
    bool wasCalled = false;
    QSeamstressThread thread([&] {
        QSeamstress::pause("begun");
        QMetaObject::invokeMethod(&receiver, [&wasCalled] { wasCalled = true; }, Qt::BlockingQueuedConnection);
    });
    thread.setObjectName("script");
    QVERIFY(thread.enter());
    QVERIFY(!thread.exit());
    QVERIFY2(thread.errorString().endsWith(" If the receiver lives in this thread, call setWaitMode(QSeamstressExecutor::ProcessEvents)."), qPrintable(thread.errorString()));
    thread.setWaitMode(QSeamstressExecutor::ProcessEvents);
    QVERIFY2(thread.exit(), qPrintable(thread.errorString()));
    QVERIFY(wasCalled);
}

QTEST_GUILESS_MAIN(TestDeadlockedThreads)
#include "tst_deadlockedthreads.moc"
