// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

// co_await of a QFuture that does not end: time-outs, and what the destructor does with the script.

#include "executorundertest.h"
#include "../shared/shortpatience.h"

#include <QPromise>
#include <QScopeGuard>
#include <QThread>

#include <stdexcept>

class TestExecutorCoAwaitUnfulfilled : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void timesOutAtAStep();
    void timesOutAtTheEnd();
    void isDestroyedByTheDestructor_data();
    void isDestroyedByTheDestructor();
    void isDestroyedWithLocalsThatThrow_data();
    void isDestroyedWithLocalsThatThrow();
    void goesOnIfFulfilledBeforeTheDestructor();
};

// Resumes the script at its pause point and waits until it reaches its co_await.
static void resumeIntoCoAwait(Executor &executor)
{
    executor.resume();
    letItAwait(executor);
}

void TestExecutorCoAwaitUnfulfilled::timesOutAtAStep()
{
    QPromise<int> promise;
    promise.start();
    Executor executor([future = promise.future()]() -> QSeamstressScript {
        co_yield "before";
        co_yield QSeamstress::Pause("after", co_await future);
    });
    executor.setObjectName("waiter");
    QVERIFY(executor.enter());
    resumeIntoCoAwait(executor);
    for (int time = 0; time < 2; ++time) {
        QVERIFY(!executor.waitForPaused(QDeadlineTimer(1)));
        QCOMPARE(executor.error().code(), QSeamstressError::PauseTimedOut);
        QVERIFY2(executor.errorString().contains("Now it is waiting in co_await for a QFuture."), qPrintable(executor.errorString()));
        QCOMPARE(executor.activity(), QSeamstressExecutor::Awaiting);
        QCOMPARE(executor.phase(), QSeamstressExecutor::Running);
    }
    promise.addResult(42);
    promise.finish();
    QVERIFY(executor.waitForPaused());
    QCOMPARE(executor.pauseValue().toInt(), 42);
    QCOMPARE(executor.activity(), QSeamstressExecutor::Halted);
    QVERIFY(executor.exit());
}

void TestExecutorCoAwaitUnfulfilled::timesOutAtTheEnd()
{
    QPromise<void> promise;
    promise.start();
    bool wentOn = false;
    Executor executor([&wentOn, future = promise.future()]() -> QSeamstressScript {
        co_yield "before";
        co_await future;
        wentOn = true;
    });
    QVERIFY(executor.enter());
    resumeIntoCoAwait(executor);
    QVERIFY(!executor.exit(QDeadlineTimer(1)));
    QCOMPARE(executor.error().code(), stillAlive);
    QVERIFY2(executor.errorString().contains("Now it is waiting in co_await for a QFuture."), qPrintable(executor.errorString()));
    QCOMPARE(executor.phase(), QSeamstressExecutor::TearingDown);

    promise.finish();
    QVERIFY(executor.exit());
    QVERIFY(wentOn);
}

// Records the thread in which it is destroyed.
class Local
{
public:
    Local(QList<QThread *> *endedIn)
        : m_endedIn(endedIn)
    {
    }
    Q_DISABLE_COPY_MOVE(Local)
    ~Local() { m_endedIn->append(QThread::currentThread()); }

private:
    QList<QThread *> *const m_endedIn;
};

static QSeamstressScript awaitInSubScripts(QFuture<int> future, int depth, QList<QThread *> *endedIn, bool *wentOn)
{
    const Local local(endedIn);
    if (depth > 0)
        co_await awaitInSubScripts(future, depth - 1, endedIn, wentOn);
    else
        co_yield "before";
    co_await future;
    *wentOn = true;
}

void TestExecutorCoAwaitUnfulfilled::isDestroyedByTheDestructor_data()
{
    QTest::addColumn<int>("depth");

    QTest::newRow("in-the-script") << 0;
    QTest::newRow("in-a-sub-script") << 1;
    QTest::newRow("in-a-sub-script-of-a-sub-script") << 2;
}

void TestExecutorCoAwaitUnfulfilled::isDestroyedByTheDestructor()
{
    RecordedFailures recorded;
    const ShortPatience shortPatience(0.2); // the destructor waits for something that never happens, then for the end of the script
    QFETCH(const int, depth);

    QPromise<int> promise;
    promise.start();
    QList<QThread *> endedIn;
    bool wentOn = false;
    QThread *worker = nullptr;
    {
        Executor executor([&, future = promise.future()] { return awaitInSubScripts(future, depth, &endedIn, &wentOn); });
        executor.setObjectName("waiter");
        QVERIFY(executor.enter());
        worker = threadOf(executor);
        resumeIntoCoAwait(executor);
        QVERIFY(endedIn.isEmpty());
    }
    QCOMPARE(worker == QThread::currentThread(), runsOnTheEventLoop);
    QCOMPARE(endedIn, QList<QThread *>(depth + 1, worker));
    QVERIFY(!wentOn);

    const QStringList failures = recorded.take();
    QCOMPARE(failures.size(), 1);
    const QString &failure = failures.first();
    QVERIFY2(failure.startsWith("\"waiter\" did not end within "), qPrintable(failure));
    QVERIFY2(failure.contains("Now it is waiting in co_await for a QFuture."), qPrintable(failure));
    QVERIFY2(failure.contains("Its coroutine was therefore destroyed where it was suspended, with its local variables."), qPrintable(failure));

    // The coroutine is gone, so there is nothing left to resume.
    promise.addResult(1);
    promise.finish();
    QVERIFY(!wentOn);
}

class LocalThatThrows
{
public:
    ~LocalThatThrows() noexcept(false) { throw std::runtime_error("cannot be destroyed"); }
};

static QSeamstressScript awaitWithLocalsThatThrow(QFuture<int> future, int depth, QList<QThread *> *endedIn)
{
    const Local before(endedIn);
    const LocalThatThrows local;
    const Local after(endedIn);
    if (depth > 0)
        co_await awaitWithLocalsThatThrow(future, depth - 1, endedIn);
    else
        co_yield "before";
    co_await future;
}

void TestExecutorCoAwaitUnfulfilled::isDestroyedWithLocalsThatThrow_data()
{
    isDestroyedByTheDestructor_data();
}

void TestExecutorCoAwaitUnfulfilled::isDestroyedWithLocalsThatThrow()
{
    RecordedFailures recorded;
    const ShortPatience shortPatience(0.2); // the destructor waits for something that never happens, then for the end of the script
    QFETCH(const int, depth);

    QPromise<int> promise;
    promise.start();
    QList<QThread *> endedIn;
    {
        Executor executor([&, future = promise.future()] { return awaitWithLocalsThatThrow(future, depth, &endedIn); });
        executor.setObjectName("waiter");
        QVERIFY(executor.enter());
        resumeIntoCoAwait(executor);
    }
    QCOMPARE(endedIn.size(), 2 * (depth + 1));
    const QStringList failures = recorded.take();
    QCOMPARE(failures.size(), 1);
    const QString &failure = failures.first();
    QVERIFY2(failure.startsWith("\"waiter\" did not end within "), qPrintable(failure));
    QCOMPARE(failure.count("\"waiter\" threw std::runtime_error after its pause point \"before\": cannot be destroyed"), depth + 1);
}

void TestExecutorCoAwaitUnfulfilled::goesOnIfFulfilledBeforeTheDestructor()
{
    RecordedFailures recorded;
    QPromise<int> promise;
    promise.start();
    int value = 0;
    {
        Executor executor([&value, future = promise.future()]() -> QSeamstressScript {
            co_yield "before";
            value = co_await future;
            co_yield "passed by the destructor";
            ++value;
        });
        QVERIFY(executor.enter());
        resumeIntoCoAwait(executor);
        promise.addResult(1);
        promise.finish();
    }
    QCOMPARE(value, 2);
    QCOMPARE(recorded.take(), QStringList());
}

QTEST_GUILESS_MAIN(TestExecutorCoAwaitUnfulfilled)
#include "tst_executorcoawaitunfulfilled.moc"
