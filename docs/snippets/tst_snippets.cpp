// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

// Code shown in the documentation, which shows each region at least once.

#include <QSeamstressTest>

#include <QFile>
#include <QLockFile>
#include <QMutex>
#include <QPromise>
#include <QScopeGuard>
#include <QSemaphore>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>
#include <QThread>

#include <atomic>
#include <chrono>
#include <coroutine>
#include <memory>
#include <semaphore>
#include <stdexcept>
#include <thread>

#include "bank.h"
#include "payindividual.h"

using namespace std::chrono_literals;

class DatabaseError : public std::runtime_error
{
public:
    using std::runtime_error::runtime_error;
};

class TestSnippets : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void pollsUntilTheOtherThreadHasTheLock();
    void haltsInProductionCode();
    void goesFromPointToPoint();
    void givesAValue();
    void connectsToAConfig();
    void awaitsAFuture();
    void runsABodyWhileHalted();
    void declaresInOrder();
    void cancelsAfterAFailure();
    void raisesWhatTheScriptThrew();
    void throwsInAScript();
    void waitsAgain();
    void endsAnEndlessLoop();
    void returnsAGuard();
    void usesSignals();
    void knowsWhatItIsBlockedOn();
    void runsSlotsWhilePaused();
    void awaitsAnyAwaitable();
    void haltsAProcess();
    void haltsATask();
    void tellsAFailureHandler();
};

// A bad example. The tutorial explains why.
//! [polling]
void TestSnippets::pollsUntilTheOtherThreadHasTheLock()
{
    std::atomic<bool> locked = false;
    std::atomic<bool> done = false;
    const std::unique_ptr<QThread> hogger(QThread::create([&] {
        payIndividualLock.lock();
        locked = true;
        while (!done)
            QThread::msleep(1);
        payIndividualLock.unlock();
    }));
    hogger->start();
    QTRY_VERIFY(locked);
    QVERIFY_THROWS_EXCEPTION(AlreadyPayingIndividual, payIndividual("alice"));
    done = true;
    QVERIFY(hogger->wait());
}
//! [polling]

//! [halt in production code]
void TestSnippets::haltsInProductionCode()
{
    Bank bank;
    QSeamstressThread payer([&bank] { bank.transfer(30); });
    payer.setObjectName("payer");

    QSEAMSTRESS_RUN_TO(payer, "taken"); // Alice has paid, but Bob has not received anything yet
    QVERIFY(!bank.total()); // no value, as the paused thread holds the lock of the bank
    QSEAMSTRESS_EXIT(payer);
    QCOMPARE(bank.total(), 100);
}
//! [halt in production code]

//! [coroutine]
void TestSnippets::goesFromPointToPoint()
{
    Bank bank;
    QSeamstressThread payer([&bank]() -> QSeamstressScript {
        bank.transfer(30);
        co_yield "first payment";
        bank.transfer(20);
        co_yield "second payment";
    });
    payer.setObjectName("payer");

    QSEAMSTRESS_RUN_TO(payer, "first payment"); // does not pause at "taken", a pause point inside transfer()
    QCOMPARE(bank.total(), 100);
    QSEAMSTRESS_ADVANCE(payer); // pauses in the middle of the second payment
    QCOMPARE(payer.pausePoint(), "taken");
    QVERIFY(!bank.total()); // no value while a transfer is in progress
    QSEAMSTRESS_ADVANCE(payer);
    QCOMPARE(payer.pausePoint(), "second payment");
    QSEAMSTRESS_EXIT(payer);
}
//! [coroutine]

void TestSnippets::givesAValue()
{
    //! [value]
    QSeamstressThread counter([]() -> QSeamstressScript {
        const QVariantList found{ 1, "two" };
        co_yield QSeamstress::Pause("found", found);
    });
    QSEAMSTRESS_ENTER(counter);
    QCOMPARE(counter.pauseValue().toList().size(), 2);
    //! [value]
}

void TestSnippets::connectsToAConfig()
{
    //! [config signals]
    QSeamstressConfig config;
    connect(&config, &QSeamstressConfig::settingUp, &config, [] { payIndividualLock.lock(); });
    connect(&config, &QSeamstressConfig::tearingDown, &config, [] { payIndividualLock.unlock(); });
    QSEAMSTRESS_THREAD(hogger, &config);
    QVERIFY_THROWS_EXCEPTION(AlreadyPayingIndividual, payIndividual("alice"));
    //! [config signals]
}

void TestSnippets::awaitsAFuture()
{
    //! [future]
    QPromise<int> answer;
    answer.start();
    QSeamstressThread asker([future = answer.future()]() -> QSeamstressScript {
        co_yield QSeamstress::Pause("answered", co_await future);
    });
    asker.setObjectName("asker");

    asker.start(); // returns at once, before there is an answer
    answer.addResult(42);
    answer.finish();
    QVERIFY(asker.waitForPaused());
    QCOMPARE(asker.pauseValue().toInt(), 42);
    //! [future]
}

void TestSnippets::runsABodyWhileHalted()
{
    //! [during]
    QSeamstressThread hogger(&payIndividualLock);
    QVERIFY(hogger.during([] { QVERIFY_THROWS_EXCEPTION(AlreadyPayingIndividual, payIndividual("alice")); }));
    //! [during]
}

void TestSnippets::declaresInOrder()
{
    //! [declared before]
    QStringList lines; // declared before the executor, so destroyed after it
    QSeamstressThread reader([&lines]() -> QSeamstressScript {
        co_yield "opened";
        lines.append("first");
    });
    QVERIFY(reader.enter());
    //! [declared before]
    QVERIFY(reader.exit());
    QCOMPARE(lines.size(), 1);
}

void TestSnippets::cancelsAfterAFailure()
{
    //! [cancels after failure]
    QSeamstressThread reader;
    reader.setCancelsAfterFailure(true);
    QStringList lines; // destroyed before the executor
    reader.setScript([&lines]() -> QSeamstressScript {
        co_yield "opened";
        lines.append("first");
    });
    QVERIFY(reader.enter());
    //! [cancels after failure]
    QVERIFY(reader.cancel());
    QCOMPARE(lines.size(), 0);
}

void TestSnippets::raisesWhatTheScriptThrew()
{
    //! [raise]
    QSeamstressThread reader([]() -> QSeamstressScript {
        co_yield "connected";
        throw DatabaseError("connection lost");
    });
    QVERIFY(reader.enter());
    QVERIFY(!reader.exit());
    QCOMPARE(reader.error().code(), QSeamstressError::Exception);
    QVERIFY_THROWS_EXCEPTION(DatabaseError, reader.error().raise());
    //! [raise]
}

void TestSnippets::throwsInAScript()
{
    Bank bank;
    //! [throw]
    QSeamstressThread payer([&bank]() -> QSeamstressScript {
        bank.transfer(30);
        if (bank.total() != 100) // not QVERIFY
            throw std::runtime_error("money was lost");
        co_yield "paid";
    });
    //! [throw]
    QSEAMSTRESS_RUN_TO(payer, "paid");
}

void TestSnippets::waitsAgain()
{
    //! [wait again]
    std::binary_semaphore ready(0);
    QSeamstressThread slow([&ready]() -> QSeamstressScript {
        ready.acquire();
        co_yield "ready";
    });

    QVERIFY(!slow.enter(10ms));
    QCOMPARE(slow.error().code(), QSeamstressError::PauseTimedOut);
    QCOMPARE(slow.phase(), QSeamstressExecutor::SettingUp); // unchanged: it is still running to its pause point
    ready.release();
    QVERIFY(slow.waitForPaused());
    //! [wait again]
}

void TestSnippets::endsAnEndlessLoop()
{
    //! [interruption]
    QSeamstressThread worker([] {
        QSeamstress::pause("working");
        while (!QThread::currentThread()->isInterruptionRequested())
            QThread::yieldCurrentThread();
    });
    QVERIFY(worker.enter());
    QVERIFY(!worker.exit(10ms)); // times out, and asks the thread to stop
    QCOMPARE(worker.error().code(), QSeamstressError::ThreadStillAlive);
    QVERIFY(worker.exit());
    //! [interruption]
}

void TestSnippets::returnsAGuard()
{
    QSemaphore places(2);
    //! [scope guard]
    QSeamstressThread guest([&places] {
        places.acquire();
        return qScopeGuard([&places] { places.release(); });
    });
    //! [scope guard]
    QSEAMSTRESS_ENTER(guest);
    QCOMPARE(places.available(), 1);
    QSEAMSTRESS_EXIT(guest);
    QCOMPARE(places.available(), 2);
}

void TestSnippets::usesSignals()
{
    //! [signals]
    QSeamstressThread hogger(&payIndividualLock);
    QSignalSpy phases(&hogger, &QSeamstressExecutor::phaseChanged);
    QVERIFY(hogger.enter());
    QCOMPARE(phases.size(), 2); // SettingUp, Paused
    QVERIFY(hogger.exit());
    QCOMPARE(phases.size(), 4); // TearingDown, Finished
    //! [signals]
}

void TestSnippets::knowsWhatItIsBlockedOn()
{
    if (!QSeamstressThread::isActivityAvailable())
        QSKIP("This system does not report what a thread does.");
    //! [blocked-on]
    QMutex mutex;
    QSeamstressThread waiter([&] { const QMutexLocker locker(&mutex); });
    {
        const QMutexLocker locker(&mutex);
        waiter.start();
        QVERIFY2(waiter.waitForBlockedOn(&mutex), qPrintable(waiter.errorString()));
        // It is now blocked in lock(), and stays blocked until the end of this scope.
    }
    QVERIFY(waiter.waitForFinished());
    //! [blocked-on]
}

void TestSnippets::runsSlotsWhilePaused()
{
    //! [run event loop]
    QSeamstressThread thread([] {
        QObject worker;
        QSeamstress::pause("ready", QVariant::fromValue(&worker));
    });
    thread.setPauseMode(QSeamstressThread::RunEventLoop);
    QVERIFY(thread.enter());
    auto *worker = thread.pauseValue().value<QObject *>();
    QThread *calledIn = nullptr;
    QMetaObject::invokeMethod(worker, &QThread::currentThread, Qt::BlockingQueuedConnection, &calledIn);
    QCOMPARE(calledIn, thread.workerThread());
    //! [run event loop]
}

//! [any awaitable]
// Resumes the awaiting coroutine in a new thread.
class InAnotherThread
{
public:
    bool await_ready() const { return false; }
    void await_suspend(std::coroutine_handle<> coroutine)
    {
        m_thread = std::thread([coroutine] { coroutine.resume(); });
    }
    int await_resume() const { return 42; }
    ~InAnotherThread() { m_thread.join(); }

private:
    std::thread m_thread;
};

static QSeamstressScript awaitSomethingForeign()
{
    InAnotherThread other;
    QThread *const here = QThread::currentThread();
    const int answer = co_await other;
    // The script still resumes in its own thread.
    co_yield QSeamstress::Pause("resumed", QThread::currentThread() == here ? answer : -1);
}
//! [any awaitable]

void TestSnippets::awaitsAnyAwaitable()
{
    QSeamstressThread thread(awaitSomethingForeign);
    QVERIFY2(thread.enter(), qPrintable(thread.errorString()));
    QCOMPARE(thread.pauseValue().toInt(), 42);
    QVERIFY(thread.exit());
}

void TestSnippets::tellsAFailureHandler()
{
    //! [failure handler]
    QStringList failures;
    QSeamstress::setFailureHandler([&failures](const QString &message, const char *file, int line) {
        failures.append(QString("%1:%2: %3").arg(file ? file : "no file").arg(line).arg(message));
    });
    //! [failure handler]
    const auto standard = qScopeGuard([] { QSeamstress::setFailureHandler({}); });

    {
        QSeamstressThread reader([]() -> QSeamstressScript {
            co_yield "connected";
            throw DatabaseError("connection lost");
        });
        reader.setObjectName("reader");
        QVERIFY(reader.enter());
    }
    QFile file(FAILURE);
    QVERIFY(file.open(QIODevice::ReadOnly));
    const QString expected = "no file:0: " + QString::fromUtf8(file.readAll()).section("//! [failure]\n", 1, 1).trimmed();
    QCOMPARE(failures, QStringList{ expected });
}

void TestSnippets::haltsAProcess()
{
    const QTemporaryDir directory;
    const QString path = directory.filePath("lock");
    //! [process]
    QSeamstressProcess hogger([](QString path) -> QSeamstressScript {
        QLockFile lock(path);
        lock.lock();
        co_yield "locked";
    }, path);
    QSEAMSTRESS_ENTER(hogger); // another process now holds the lock file
    QLockFile lock(path);
    QVERIFY(!lock.tryLock());
    QSEAMSTRESS_EXIT(hogger);
    QVERIFY(lock.tryLock());
    //! [process]
}

void TestSnippets::haltsATask()
{
    //! [task]
    QPromise<QString> reply;
    reply.start();
    QString title = "loading";
    QSEAMSTRESS_TASK(loader, [&]() -> QSeamstressScript {
        co_yield "requested";
        title = co_await reply.future();
        co_yield "shown";
    });
    loader.resume(); // returns at once: the step runs in a later iteration of the event loop
    QVERIFY(loader.waitForActivity(QSeamstressExecutor::Awaiting));
    QCOMPARE(title, "loading"); // requested but not answered, for as long as the test needs
    reply.addResult("Alice");
    reply.finish();
    QVERIFY(loader.waitForPaused());
    QCOMPARE(title, "Alice");
    //! [task]
}

QTEST_GUILESS_MAIN(TestSnippets)
#include "tst_snippets.moc"
