// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

// A script whose thread runs its event loop while it is paused.

#include <QSeamstressThread>

#include <QAbstractEventDispatcher>
#include <QEventLoop>
#include <QMutex>
#include <QPointer>
#include <QPromise>
#include <QScopeGuard>
#include <QSignalSpy>
#include <QTest>
#include <QThread>
#include <QTimer>

#include <atomic>
#include <memory>
#include <semaphore>

class TestRunEventLoop : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void defaultMode();
    void queuedCall();
    void blockingQueuedCall();
    void timer();
    void deleteLaterFromHere();
    void deleteLaterOverThere();
    void deleteLaterOfAnObjectOnTheStack();
    void movedToTheWorker();
    void nothingRunsWhileItRuns();
    void everyPausePoint();
    void pausePointInASlot();
    void slotThatIsLong();
    void nestedLoopsAndAwait_data();
    void nestedLoopsAndAwait();
    void quitOfTheThread();
    void destroyedWhilePaused();
    void configWithSlots();
    void changedWhileRunning();
};

// Lives in the thread of the script, and records the thread in which it was called.
class Worker : public QObject
{
    Q_OBJECT

public:
    // Atomic, since ThreadSanitizer does not see that a blocking queued call synchronises.
    std::atomic<QThread *> called = nullptr;
    std::atomic<int> calls = 0;

public Q_SLOTS:
    void work()
    {
        called = QThread::currentThread();
        ++calls;
    }
};

// Creates its worker in the thread of the script, which pauses at "made" and at "used". A test creates what it shares with a queued call
// before enter(), since ThreadSanitizer does not see that posting an event synchronises.
class Fixture
{
public:
    Worker *worker = nullptr;
    QSeamstressThread thread{ [this] {
        Worker made;
        worker = &made;
        QSeamstress::pause("made");
        QSeamstress::pause("used");
    } };

    Fixture() { thread.setPauseMode(QSeamstressThread::RunEventLoop); }
    void callBlocking() const { QMetaObject::invokeMethod(worker, &Worker::work, Qt::BlockingQueuedConnection); }
};

void TestRunEventLoop::defaultMode()
{
    QSeamstressThread thread;
    QCOMPARE(thread.pauseMode(), QSeamstressThread::HaltThread);
    QCOMPARE(thread.property("pauseMode").toInt(), int(QSeamstressThread::HaltThread));
    QVERIFY(thread.setProperty("pauseMode", QSeamstressThread::RunEventLoop));
    QCOMPARE(thread.pauseMode(), QSeamstressThread::RunEventLoop);
}

void TestRunEventLoop::queuedCall()
{
    Fixture fixture;
    std::binary_semaphore done(0);
    QVERIFY(fixture.thread.enter());
    QMetaObject::invokeMethod(fixture.worker, &Worker::work, Qt::QueuedConnection);
    QMetaObject::invokeMethod(fixture.worker, [&] { done.release(); }, Qt::QueuedConnection);
    done.acquire();
    QCOMPARE(fixture.worker->called, fixture.thread.workerThread());
    QCOMPARE(fixture.thread.phase(), QSeamstressExecutor::Paused);
    QCOMPARE(fixture.thread.activity(), QSeamstressExecutor::Halted);
    QVERIFY(fixture.thread.exit());
}

void TestRunEventLoop::blockingQueuedCall()
{
    Fixture fixture;
    QVERIFY(fixture.thread.enter());
    for (int call = 1; call <= 100; ++call) {
        fixture.callBlocking();
        QCOMPARE(fixture.worker->calls, call);
    }
    QVERIFY(fixture.thread.exit());
}

void TestRunEventLoop::timer()
{
    std::binary_semaphore fired(0);
    QSeamstressThread thread([&] {
        QTimer timer;
        QObject::connect(&timer, &QTimer::timeout, &timer, [&] { fired.release(); });
        timer.setSingleShot(true);
        timer.start(1);
        QSeamstress::pause();
    });
    thread.setPauseMode(QSeamstressThread::RunEventLoop);
    QVERIFY(thread.enter());
    fired.acquire();
    QVERIFY(thread.exit());
}

void TestRunEventLoop::deleteLaterFromHere()
{
    std::binary_semaphore deleted(0);
    QSeamstressThread thread([&] {
        auto *const worker = new Worker;
        QObject::connect(worker, &QObject::destroyed, [&] { deleted.release(); });
        QSeamstress::pause("", QVariant::fromValue(worker));
    });
    thread.setPauseMode(QSeamstressThread::RunEventLoop);
    QVERIFY(thread.enter());
    thread.pauseValue().value<Worker *>()->deleteLater();
    deleted.acquire();
    QVERIFY(thread.exit());
}

void TestRunEventLoop::deleteLaterOverThere()
{
    std::binary_semaphore deleted(0);
    QSeamstressThread thread([&] {
        auto *const worker = new Worker;
        QObject::connect(worker, &QObject::destroyed, [&] { deleted.release(); });
        worker->deleteLater();
        QSeamstress::pause();
    });
    thread.setPauseMode(QSeamstressThread::RunEventLoop);
    QVERIFY(thread.enter());
    deleted.acquire();
    QVERIFY(thread.exit());
}

// A slot that calls deleteLater() on its own object and then pauses still has its object.
void TestRunEventLoop::deleteLaterOfAnObjectOnTheStack()
{
    bool wasThere = false;
    QSeamstressThread thread([&] {
        QEventLoop loop;
        QPointer<Worker> worker = new Worker;
        QTimer::singleShot(0, worker, [&] {
            worker->deleteLater();
            QSeamstress::pause("in its slot");
            wasThere = !worker.isNull();
            loop.quit();
        });
        loop.exec();
        QSeamstress::pause("after its slot");
    });
    thread.setPauseMode(QSeamstressThread::RunEventLoop);
    std::binary_semaphore done(0);
    QVERIFY(thread.enter());
    QCOMPARE(thread.pausePoint(), "in its slot");
    QMetaObject::invokeMethod(QAbstractEventDispatcher::instance(thread.workerThread()), [&] { done.release(); }, Qt::QueuedConnection);
    done.acquire();
    QVERIFY(thread.advance());
    QVERIFY(wasThere);
    QVERIFY(thread.exit());
}

void TestRunEventLoop::movedToTheWorker()
{
    QSeamstressThread thread([] { QSeamstress::pause(); });
    thread.setPauseMode(QSeamstressThread::RunEventLoop);
    auto worker = std::make_unique<Worker>();
    QVERIFY(thread.enter());
    worker->moveToThread(thread.workerThread());
    QMetaObject::invokeMethod(worker.get(), &Worker::work, Qt::BlockingQueuedConnection);
    QCOMPARE(worker->called, thread.workerThread());
    QThread *const here = QThread::currentThread();
    QMetaObject::invokeMethod(worker.get(), [&] { worker->moveToThread(here); }, Qt::BlockingQueuedConnection);
    QVERIFY(thread.exit());
}

void TestRunEventLoop::nothingRunsWhileItRuns()
{
    std::binary_semaphore running(0);
    std::binary_semaphore door(0);
    Worker *worker = nullptr;
    QSeamstressThread thread([&] {
        Worker made;
        worker = &made;
        QSeamstress::pause("made");
        running.release();
        door.acquire();
        const int calls = made.calls;
        QSeamstress::pause("used", calls);
    });
    thread.setPauseMode(QSeamstressThread::RunEventLoop);
    QVERIFY(thread.enter());
    thread.resume();
    running.acquire();
    QMetaObject::invokeMethod(worker, &Worker::work, Qt::QueuedConnection);
    door.release();
    QVERIFY(thread.waitForPaused());
    QCOMPARE(thread.pauseValue().toInt(), 0);
    QMetaObject::invokeMethod(worker, [] { }, Qt::BlockingQueuedConnection);
    QCOMPARE(worker->calls, 1);
    QVERIFY(thread.exit());
}

void TestRunEventLoop::everyPausePoint()
{
    Fixture fixture;
    QVERIFY(fixture.thread.enter());
    fixture.callBlocking();
    QVERIFY(fixture.thread.advance());
    QCOMPARE(fixture.thread.pausePoint(), "used");
    fixture.callBlocking();
    QCOMPARE(fixture.worker->calls, 2);
    QVERIFY(fixture.thread.exit());
}

void TestRunEventLoop::pausePointInASlot()
{
    Fixture fixture;
    QVERIFY(fixture.thread.enter());
    const QSignalSpy paused(&fixture.thread, &QSeamstressExecutor::paused);
    // Does not pause, since the script is already paused.
    QMetaObject::invokeMethod(fixture.worker, [] { QSeamstress::pause("in a slot"); }, Qt::BlockingQueuedConnection);
    QCOMPARE(fixture.thread.pausePoint(), "made");
    QVERIFY(fixture.thread.advance());
    QCOMPARE(fixture.thread.pausePoint(), "used");
    QCOMPARE(paused.size(), 1);
    QVERIFY(fixture.thread.exit());
}

void TestRunEventLoop::slotThatIsLong()
{
    Fixture fixture;
    std::binary_semaphore inSlot(0);
    std::binary_semaphore door(0);
    QVERIFY(fixture.thread.enter());
    QMetaObject::invokeMethod(
        fixture.worker,
        [&] {
            inSlot.release();
            door.acquire();
        },
        Qt::QueuedConnection);
    inSlot.acquire();
    fixture.thread.resume(); // takes effect once the slot has returned
    QVERIFY(!fixture.thread.waitForPaused(QDeadlineTimer(5)));
    door.release();
    QVERIFY(fixture.thread.waitForPaused());
    QCOMPARE(fixture.thread.pausePoint(), "used");
    QVERIFY(fixture.thread.exit());
}

void TestRunEventLoop::nestedLoopsAndAwait_data()
{
    QTest::addColumn<int>("halts");
    QTest::addColumn<bool>("finishesMeanwhile");
    QTest::newRow("finishes-while-the-slot-is-halted") << 1 << true;
    QTest::newRow("finishes-after-the-slot") << 1 << false;
    QTest::newRow("finishes-while-the-second-slot-is-halted") << 2 << true;
    QTest::newRow("finishes-after-both-slots") << 2 << false;
}

// The awaited future finishes while a slot is paused, in an event loop nested in the one that waits for the future.
void TestRunEventLoop::nestedLoopsAndAwait()
{
    QFETCH(const int, halts);
    QFETCH(const bool, finishesMeanwhile);

    QPromise<int> promise;
    promise.start();
    std::atomic<QObject *> receiver = nullptr;
    QSeamstressThread thread([&]() -> QSeamstressScript {
        QObject object;
        receiver = &object;
        co_yield "begun";
        co_yield QSeamstress::Pause("came", co_await promise.future());
    });
    thread.setPauseMode(QSeamstressThread::RunEventLoop);
    QVERIFY(thread.enter());
    thread.resume();
    for (int slot = 1; slot <= halts; ++slot) {
        QMetaObject::invokeMethod(receiver, [] { QSeamstress::pause("in a slot"); }, Qt::QueuedConnection);
        QVERIFY2(thread.waitForPaused(), qPrintable(thread.errorString()));
        QCOMPARE(thread.pausePoint(), "in a slot");
        if (finishesMeanwhile && slot == halts) {
            promise.addResult(7);
            promise.finish();
            // Returns once that thread has been notified.
            QMetaObject::invokeMethod(receiver, [] {}, Qt::BlockingQueuedConnection);
        }
        thread.resume();
    }
    if (!finishesMeanwhile) {
        promise.addResult(7);
        promise.finish();
    }
    QVERIFY2(thread.waitForPaused(), qPrintable(thread.errorString()));
    QCOMPARE(thread.pausePoint(), "came");
    QCOMPARE(thread.pauseValue().toInt(), 7);
    QVERIFY(thread.exit());
}

void TestRunEventLoop::quitOfTheThread()
{
    Fixture fixture;
    QVERIFY(fixture.thread.enter());
    fixture.thread.workerThread()->quit(); // does not end the pause
    fixture.callBlocking();
    fixture.callBlocking();
    QCOMPARE(fixture.thread.phase(), QSeamstressExecutor::Paused);
    QVERIFY(fixture.thread.advance());
    fixture.callBlocking();
    QVERIFY(fixture.thread.exit());
}

void TestRunEventLoop::destroyedWhilePaused()
{
    for (int i = 0; i < 50; ++i) {
        Fixture fixture;
        QVERIFY(fixture.thread.enter());
        QMetaObject::invokeMethod(fixture.worker, &Worker::work, Qt::QueuedConnection);
    }
}

void TestRunEventLoop::configWithSlots()
{
    QSeamstressConfig config;
    QObject::connect(&config, &QSeamstressConfig::settingUp, &config, [] { });
    QSeamstressThread thread(&config);
    thread.setPauseMode(QSeamstressThread::RunEventLoop);
    std::atomic<QThread *> called = nullptr;
    QVERIFY(thread.enter());
    QMetaObject::invokeMethod(&config, [&] { called = QThread::currentThread(); }, Qt::BlockingQueuedConnection);
    QCOMPARE(called, thread.workerThread());
    QVERIFY(thread.exit());
    QCOMPARE(config.thread(), QThread::currentThread());
}

void TestRunEventLoop::changedWhileRunning()
{
    Fixture fixture;
    fixture.thread.setObjectName("script");
    QVERIFY(fixture.thread.enter());
    QTest::ignoreMessage(QtWarningMsg, "QSeamstressThread::setPauseMode: \"script\" is running, so its pause mode cannot be changed; call exit() first.");
    fixture.thread.setPauseMode(QSeamstressThread::HaltThread);
    QCOMPARE(fixture.thread.error().code(), QSeamstressError::InvalidUse);
    QCOMPARE(fixture.thread.pauseMode(), QSeamstressThread::RunEventLoop);
    QVERIFY(fixture.thread.exit());
}

QTEST_GUILESS_MAIN(TestRunEventLoop)
#include "tst_runeventloop.moc"
