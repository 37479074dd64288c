// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

// cancel() ends a script without letting it continue. So does the destructor after a failure, if cancelsAfterFailure is set.

#include "executorundertest.h"
#include "../shared/processstate.h"

#include <QMutex>
#include <QPromise>
#include <QSemaphore>
#include <QSignalSpy>
#include <QThreadPool>

#include <coroutine>
#include <cstdlib>
#include <stdexcept>

using Phase = QSeamstressExecutor::Phase;

class TestExecutorCancel : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void whereItStands_data();
    void whereItStands();
    void whileItIsOnItsWay();
    void beforeItBegins();
    void afterATimeOut();
    void inPlainCode();
    void config();
    void aLock();
    void whatItAwaitsIsForeign();
    void whatItAwaitsHasCome();
    void destructorThrows_data();
    void destructorThrows();
    void whatHasFailedBefore();
    void failsIntoFreedObjects_data();
    void failsIntoFreedObjects();
    void failsWhilePlainCodeIsOnItsWay();
};

static QSeamstressScript halts(Count alive, Count wentOn)
{
    const Guard local(alive);
    co_yield "a";
    wentOn.up();
}

static QSeamstressScript haltsInASubScript(Count alive, Count wentOn)
{
    const Guard local(alive);
    co_await halts(alive, wentOn);
    wentOn.up();
}

static QSeamstressScript awaits(Count alive, Count wentOn)
{
    const Guard local(alive);
    QPromise<void> promise;
    promise.start();
    co_yield "a";
    co_await promise.future();
    wentOn.up();
}

using ScriptOfCounts = QSeamstressScript (*)(Count, Count);
Q_DECLARE_METATYPE(ScriptOfCounts)

void TestExecutorCancel::whereItStands_data()
{
    QTest::addColumn<ScriptOfCounts>("script");
    QTest::addColumn<bool>("goesOn");
    QTest::addColumn<int>("locals");

    QTest::newRow("at-a-pause-point") << ScriptOfCounts(&halts) << false << 1;
    QTest::newRow("in-a-sub-script") << ScriptOfCounts(&haltsInASubScript) << false << 2;
    QTest::newRow("in-co_await") << ScriptOfCounts(&awaits) << true << 1;
}

void TestExecutorCancel::whereItStands()
{
    QFETCH(const ScriptOfCounts, script);
    QFETCH(const bool, goesOn);
    QFETCH(const int, locals);

    const Count alive;
    const Count wentOn;
    Executor executor;
    setScript(executor, script, alive, wentOn);
    for (int run = 1; run <= 2; ++run) {
        QVERIFY2(executor.enter(), qPrintable(executor.errorString()));
        if (goesOn) {
            executor.resume();
            letItAwait(executor);
        }
        QSignalSpy phases(&executor, &QSeamstressExecutor::phaseChanged);
        const QSignalSpy finished(&executor, &QSeamstressExecutor::finished);
        const QSignalSpy errors(&executor, &QSeamstressExecutor::errorOccurred);
        QVERIFY2(executor.cancel(), qPrintable(executor.errorString()));
        QCOMPARE(executor.phase(), QSeamstressExecutor::Finished);
        QCOMPARE(phases.count(), 2);
        QCOMPARE(phases.at(0).at(0).value<Phase>(), QSeamstressExecutor::TearingDown);
        QCOMPARE(phases.at(1).at(0).value<Phase>(), QSeamstressExecutor::Finished);
        QCOMPARE(finished.count(), 1);
        QCOMPARE(errors.count(), 0);
        QVERIFY(executor.errors().isEmpty());
        QCOMPARE(wentOn.value(), 0);
        QCOMPARE(alive.value(), runsInAnotherProcess ? run * locals : 0); // a process is killed, which runs no destructors
    }
    QVERIFY(executor.cancel());
    QVERIFY(executor.exit());
}

// The script is asked to stop, and does not pause again.
void TestExecutorCancel::whileItIsOnItsWay()
{
    if (runsOnTheEventLoop)
        QSKIP("the test does not run during a step of a task");
    const Count alive;
    const Count wentOn;
    Executor executor;
    setScript(
        executor, [](Count alive, Count wentOn) -> QSeamstressScript {
            const Guard local(alive);
            co_yield "a";
            while (!QThread::currentThread()->isInterruptionRequested())
                QThread::yieldCurrentThread();
            co_yield "b";
            wentOn.up();
        },
        alive, wentOn);
    QVERIFY(executor.enter());
    executor.resume();
    QVERIFY2(executor.cancel(), qPrintable(executor.errorString()));
    QCOMPARE(executor.phase(), QSeamstressExecutor::Finished);
    QCOMPARE(wentOn.value(), 0);
    QCOMPARE(alive.value(), runsInAnotherProcess ? 1 : 0);
}

// Only a QSeamstressThread can run on a pool; others are left alone.
template <class E>
static void runOn(QThreadPool *pool, E &executor)
{
    if constexpr (requires { executor.setThreadPool(pool); })
        executor.setThreadPool(pool);
}

void TestExecutorCancel::beforeItBegins()
{
    const Count alive;
    const Count wentOn;
    Executor executor;
    setScript(executor, &halts, alive, wentOn);
    QSemaphore end;
    QThreadPool pool; // its only thread is busy
    pool.setMaxThreadCount(1);
    pool.start([&end] { end.acquire(); });
    runOn(&pool, executor);
    executor.start();
    QVERIFY2(executor.cancel(), qPrintable(executor.errorString()));
    QCOMPARE(executor.phase(), QSeamstressExecutor::Finished);
    QCOMPARE(wentOn.value(), 0);
    end.release();
}

// The script would never end.
void TestExecutorCancel::afterATimeOut()
{
    const Count alive;
    const Count wentOn;
    Executor executor;
    setScript(executor, &awaits, alive, wentOn);
    QVERIFY(executor.enter());
    QVERIFY(!executor.exit(shortDeadline()));
    QCOMPARE(executor.error().code(), stillAlive);
    QVERIFY2(executor.cancel(), qPrintable(executor.errorString()));
    QCOMPARE(executor.phase(), QSeamstressExecutor::Finished);
    QCOMPARE(wentOn.value(), 0);
}

static void haltsInPlainCode(Count wentOn)
{
    QSeamstress::pause("inside");
    wentOn.up();
}

void TestExecutorCancel::inPlainCode()
{
    if (runsOnTheEventLoop)
        QSKIP("plain code does not pause in a task");
    const Count wentOn;
    Executor executor;
    setScript(executor, &haltsInPlainCode, wentOn);
    executor.setObjectName("script");
    QVERIFY(executor.enter());
    if (runsInAnotherProcess) {
        QVERIFY2(executor.cancel(), qPrintable(executor.errorString()));
        QCOMPARE(wentOn.value(), 0);
        return;
    }
    expectMisuse("cancel", "\"script\" is paused in plain code, where it cannot be ended; call exit\\(\\), which lets it continue, or make the script a coroutine that pauses with co_yield\\.");
    QVERIFY(!executor.cancel());
    QCOMPARE(executor.error().code(), QSeamstressError::InvalidUse);
    QCOMPARE(executor.phase(), QSeamstressExecutor::Paused);
    QCOMPARE(executor.pausePoint(), "inside");
    QVERIFY(executor.exit());
    QCOMPARE(wentOn.value(), 1);
}

class ConfigWithATearDown : public QSeamstressConfig
{
    Q_OBJECT

public:
    using QSeamstressConfig::QSeamstressConfig;
    void setUp() override { }
    void tearDown() override { throw std::logic_error("torn down"); }
};

void TestExecutorCancel::config()
{
    registerConfig<ConfigWithATearDown>();
    ConfigWithATearDown config;
    Executor executor;
    executor.setConfig(&config);
    QVERIFY2(executor.enter(), qPrintable(executor.errorString()));
    QVERIFY2(executor.cancel(), qPrintable(executor.errorString()));
    QCOMPARE(config.thread(), QThread::currentThread());
}

void TestExecutorCancel::aLock()
{
    if constexpr (runsInAnotherProcess) {
        QSKIP("a pointer means nothing in another process");
    } else {
        QMutex mutex;
        Executor executor(&mutex);
        QVERIFY(executor.enter());
        QVERIFY(!mutex.tryLock());
        QVERIFY(executor.cancel());
        QVERIFY(mutex.tryLock());
        mutex.unlock();
    }
}

// Resumes the script when the test says so.
class ForeignAwaitable
{
public:
    bool await_ready() const { return false; }
    void await_suspend(std::coroutine_handle<> coroutine) { suspended = coroutine; }
    void await_resume() const { }

    static inline std::coroutine_handle<> suspended;
};

void TestExecutorCancel::whatItAwaitsIsForeign()
{
    Executor executor([]() -> QSeamstressScript {
        co_yield "a";
        ForeignAwaitable awaitable;
        co_await awaitable;
    });
    executor.setObjectName("script");
    QVERIFY(executor.enter());
    executor.resume();
    letItAwait(executor);
    if (runsInAnotherProcess) {
        QVERIFY2(executor.cancel(), qPrintable(executor.errorString()));
        return;
    }
    QVERIFY(!executor.cancel());
    QCOMPARE(executor.phase(), QSeamstressExecutor::Failed);
    QCOMPARE(executor.error().code(), QSeamstressError::InvalidUse);
    QCOMPARE(executor.errorString(),
             "\"script\" was cancelled. Its coroutine was therefore leaked, with its local variables: ForeignAwaitable, which it awaits, might still resume it. Make the awaitable finish before the executor is "
             "destroyed.");
    ForeignAwaitable::suspended.resume(); // has no effect any more
}

// The script has been resumed, but has not continued yet.
void TestExecutorCancel::whatItAwaitsHasCome()
{
    if (!runsOnTheEventLoop)
        QSKIP("it continues at once");
    const Count alive;
    Executor executor;
    setScript(
        executor, [](Count alive) -> QSeamstressScript {
            const Guard local(alive);
            co_yield "a";
            ForeignAwaitable awaitable;
            co_await awaitable;
        },
        alive);
    QVERIFY(executor.enter());
    executor.resume();
    letItAwait(executor);
    ForeignAwaitable::suspended.resume();
    QVERIFY2(executor.cancel(), qPrintable(executor.errorString()));
    QCOMPARE(alive.value(), 0);
}

class ThrowsAtItsEnd
{
public:
    ~ThrowsAtItsEnd() noexcept(false) { throw std::runtime_error("in a destructor"); }
};

static QSeamstressScript throws(Count alive, Count)
{
    const Guard local(alive);
    const ThrowsAtItsEnd throws;
    co_yield "a";
}

static QSeamstressScript catches(Count alive, Count)
{
    const Guard local(alive);
    try {
        const ThrowsAtItsEnd throws;
        co_yield "a";
    } catch (const std::runtime_error &) {
    }
}

static QSeamstressScript catchesAndHalts(Count alive, Count wentOn)
{
    const Guard local(alive);
    try {
        const ThrowsAtItsEnd throws;
        co_yield "a";
    } catch (const std::runtime_error &) {
    }
    co_yield "b";
    wentOn.up();
}

[[maybe_unused]] static QSeamstressScript catchesForEver(Count, Count)
{
    for (;;) {
        try {
            const ThrowsAtItsEnd throws;
            co_yield "a";
        } catch (const std::runtime_error &) {
        }
    }
}

void TestExecutorCancel::destructorThrows_data()
{
    QTest::addColumn<ScriptOfCounts>("script");
    QTest::addColumn<QSeamstressError::Code>("code");
    QTest::newRow("throws") << ScriptOfCounts(&throws) << QSeamstressError::Exception;
    QTest::newRow("catches") << ScriptOfCounts(&catches) << QSeamstressError::NoError;
    QTest::newRow("catches-and-halts") << ScriptOfCounts(&catchesAndHalts) << QSeamstressError::NoError;
#ifndef QSEAMSTRESS_SANITIZER // a sanitizer reports the coroutine as leaked
    QTest::newRow("catches-for-ever") << ScriptOfCounts(&catchesForEver) << QSeamstressError::InvalidUse;
#endif
}

void TestExecutorCancel::destructorThrows()
{
    if (runsInAnotherProcess)
        QSKIP("no destructor runs in a process that is killed");
    QFETCH(const ScriptOfCounts, script);
    QFETCH(const QSeamstressError::Code, code);
    const Count alive;
    const Count wentOn;
    Executor executor;
    setScript(executor, script, alive, wentOn);
    QVERIFY(executor.enter());
    QCOMPARE(executor.cancel(), code == QSeamstressError::NoError);
    QCOMPARE(executor.phase(), code == QSeamstressError::NoError ? QSeamstressExecutor::Finished : QSeamstressExecutor::Failed);
    QCOMPARE(executor.error().code(), code);
    QCOMPARE(alive.value(), 0);
    QCOMPARE(wentOn.value(), 0);
}

template <class E>
static qint64 processOf(const E &executor)
{
    if constexpr (requires { executor.processId(); })
        return executor.processId();
    else
        return 0;
}

// A process that has died does not count as cancelled.
void TestExecutorCancel::whatHasFailedBefore()
{
    if (!runsInAnotherProcess)
        QSKIP("the test would die with it");
    Executor executor([]() -> QSeamstressScript {
        co_yield "a";
        std::_Exit(3);
    });
    QVERIFY(executor.enter());
    const qint64 process = processOf(executor);
    executor.resume();
    waitUntil([process] {
        const QByteArray state = stateOfProcess(process);
        return state.isEmpty() || state == "Z";
    }); // the verb has to notice this itself
    QVERIFY(!executor.cancel());
    QCOMPARE(executor.error().code(), QSeamstressError::Crashed);
}

void TestExecutorCancel::failsIntoFreedObjects_data()
{
    QTest::addColumn<bool>("cancels");
    QTest::addColumn<bool>("isPlain");
    QTest::addColumn<bool>("isOnAPool");
    QTest::addColumn<bool>("goesOn");

    QTest::newRow("coroutine") << true << false << false << false;
    QTest::newRow("not-asked-to") << false << false << false << true;
    if (runsOnTheEventLoop)
        return;
    QTest::newRow("plain-code") << true << true << false << false;
    if (!runsInAnotherProcess) {
        QTest::newRow("coroutine-on-a-pool") << true << false << true << false;
        QTest::newRow("plain-code-on-a-pool") << true << true << true << true; // the pool waits for it
    }
}

// The executor was created before the objects that its script uses, so these are gone when it is destroyed.
void TestExecutorCancel::failsIntoFreedObjects()
{
    QFETCH(const bool, cancels);
    QFETCH(const bool, isPlain);
    QFETCH(const bool, isOnAPool);
    QFETCH(const bool, goesOn);

    const Count alive;
    const Count wentOn;
    RecordedFailures failures;
    const auto body = [&] {
        QThreadPool pool;
        Executor executor;
        executor.setObjectName("script");
        QCOMPARE(executor.cancelsAfterFailure(), false);
        executor.setCancelsAfterFailure(cancels);
        if (isOnAPool)
            runOn(&pool, executor);
        isPlain ? setScript(executor, &haltsInPlainCode, wentOn) : setScript(executor, &halts, alive, wentOn);
        QVERIFY(executor.enter());
        if (isPlain && !isOnAPool && !runsInAnotherProcess)
            QTest::ignoreMessage(QtWarningMsg, "\"script\" stays paused forever, in an abandoned thread: the test has failed, and plain code cannot be ended where it is paused.");
        throw std::runtime_error("as QVERIFY does with QTEST_THROW_ON_FAIL");
    };
    QVERIFY_THROWS_EXCEPTION(std::runtime_error, body());
    QCOMPARE(wentOn.value(), goesOn ? 1 : 0);
    QCOMPARE(failures.take(), QStringList());
}

// The script reaches its next pause point while the destructor waits.
void TestExecutorCancel::failsWhilePlainCodeIsOnItsWay()
{
    if (runsOnTheEventLoop || runsInAnotherProcess)
        QSKIP("only plain code in a thread runs while the destructor waits");
    const Count wentOn;
    const auto body = [&wentOn] {
        Executor executor;
        executor.setObjectName("script");
        executor.setCancelsAfterFailure(true);
        setScript(
            executor, [](Count wentOn) {
                QSeamstress::pause("a");
                while (!QThread::currentThread()->isInterruptionRequested())
                    QThread::yieldCurrentThread();
                QSeamstress::pause("b");
                wentOn.up();
            },
            wentOn);
        QVERIFY(executor.enter());
        executor.resume();
        QTest::ignoreMessage(QtWarningMsg, "\"script\" stays paused forever, in an abandoned thread: the test has failed, and plain code cannot be ended where it is paused.");
        throw std::runtime_error("as QVERIFY does with QTEST_THROW_ON_FAIL");
    };
    QVERIFY_THROWS_EXCEPTION(std::runtime_error, body());
    QCOMPARE(wentOn.value(), 0);
}

QTEST_GUILESS_MAIN(TestExecutorCancel)
#include "tst_executorcancel.moc"
