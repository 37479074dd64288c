// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

// co_await of a QFuture that does not end: time-outs, and what the destructor makes of the script.

#include <QSeamstressScript>
#include <QSeamstressThread>

#include <QAbstractEventDispatcher>
#include <QPromise>
#include <QScopeGuard>
#include <QTest>
#include <QThread>

#include <semaphore>
#include <stdexcept>

#include "shared/recordedfailures.h"

class TestCoAwaitUnfulfilled : public QObject
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

// Lets the script go on from its pause point into its co_await. Returns once the event loop over there runs what is sent to it:
// from then on the script is known to wait.
static void resumeIntoCoAwait(QSeamstressThread &thread)
{
    static std::binary_semaphore runs(0);
    thread.resume();
    QMetaObject::invokeMethod(QAbstractEventDispatcher::instance(thread.workerThread()), [] { runs.release(); }, Qt::QueuedConnection);
    runs.acquire();
}

void TestCoAwaitUnfulfilled::timesOutAtAStep()
{
    QPromise<int> promise;
    promise.start();
    QSeamstressThread thread([future = promise.future()]() -> QSeamstressScript {
        co_yield "before";
        co_yield QSeamstress::Pause("after", co_await future);
    });
    thread.setObjectName("waiter");
    QVERIFY(thread.enter());
    resumeIntoCoAwait(thread);
    for (int time = 0; time < 2; ++time) {
        QVERIFY(!thread.waitForPaused(QDeadlineTimer(1)));
        QCOMPARE(thread.error().code(), QSeamstressError::PauseTimedOut);
        QVERIFY2(thread.errorString().contains("Now it waits in co_await for a QFuture."), qPrintable(thread.errorString()));
        QCOMPARE(thread.activity(), QSeamstressExecutor::InEventLoop);
        QCOMPARE(thread.phase(), QSeamstressExecutor::Running);
    }
    promise.addResult(42);
    promise.finish();
    QVERIFY(thread.waitForPaused());
    QCOMPARE(thread.pauseValue().toInt(), 42);
    QCOMPARE(thread.activity(), QSeamstressExecutor::Halted);
    QVERIFY(thread.exit());
}

void TestCoAwaitUnfulfilled::timesOutAtTheEnd()
{
    QPromise<void> promise;
    promise.start();
    bool wentOn = false;
    QSeamstressThread thread([&wentOn, future = promise.future()]() -> QSeamstressScript {
        co_yield "before";
        co_await future;
        wentOn = true;
    });
    QVERIFY(thread.enter());
    resumeIntoCoAwait(thread);
    QVERIFY(!thread.exit(QDeadlineTimer(1)));
    QCOMPARE(thread.error().code(), QSeamstressError::ThreadStillAlive);
    QVERIFY2(thread.errorString().contains("Now it waits in co_await for a QFuture."), qPrintable(thread.errorString()));
    QCOMPARE(thread.phase(), QSeamstressExecutor::TearingDown);

    promise.finish();
    QVERIFY(thread.exit());
    QVERIFY(wentOn);
}

// Notes its end, and the thread in which it comes.
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

void TestCoAwaitUnfulfilled::isDestroyedByTheDestructor_data()
{
    QTest::addColumn<int>("depth");

    QTest::newRow("in-the-script") << 0;
    QTest::newRow("in-a-sub-script") << 1;
    QTest::newRow("in-a-sub-script-of-a-sub-script") << 2;
}

void TestCoAwaitUnfulfilled::isDestroyedByTheDestructor()
{
    RecordedFailures recorded;
    QFETCH(const int, depth);

    QPromise<int> promise;
    promise.start();
    QList<QThread *> endedIn;
    bool wentOn = false;
    QThread *worker = nullptr;
    {
        QSeamstressThread thread([&, future = promise.future()] { return awaitInSubScripts(future, depth, &endedIn, &wentOn); });
        thread.setObjectName("waiter");
        thread.setTimeout(0); // the destructor does not wait for what will not come
        QVERIFY(thread.enter());
        worker = thread.workerThread();
        resumeIntoCoAwait(thread);
        QVERIFY(endedIn.isEmpty());
    }
    QVERIFY(worker != QThread::currentThread());
    QCOMPARE(endedIn, QList<QThread *>(depth + 1, worker));
    QVERIFY(!wentOn);

    const QStringList failures = recorded.take();
    QCOMPARE(failures.size(), 1);
    const QString &failure = failures.first();
    QVERIFY2(failure.startsWith("\"waiter\" did not end within "), qPrintable(failure));
    QVERIFY2(failure.contains("Now it waits in co_await for a QFuture."), qPrintable(failure));
    QVERIFY2(failure.contains("So its coroutine was destroyed where it waited, with its local variables."), qPrintable(failure));

    // Nobody is left whom it could resume.
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

void TestCoAwaitUnfulfilled::isDestroyedWithLocalsThatThrow_data()
{
    isDestroyedByTheDestructor_data();
}

void TestCoAwaitUnfulfilled::isDestroyedWithLocalsThatThrow()
{
    RecordedFailures recorded;
    QFETCH(const int, depth);

    QPromise<int> promise;
    promise.start();
    QList<QThread *> endedIn;
    {
        QSeamstressThread thread([&, future = promise.future()] { return awaitWithLocalsThatThrow(future, depth, &endedIn); });
        thread.setObjectName("waiter");
        thread.setTimeout(0);
        QVERIFY(thread.enter());
        resumeIntoCoAwait(thread);
    }
    QCOMPARE(endedIn.size(), 2 * (depth + 1));
    const QStringList failures = recorded.take();
    QCOMPARE(failures.size(), 1);
    const QString &failure = failures.first();
    QVERIFY2(failure.startsWith("\"waiter\" did not end within "), qPrintable(failure));
    QCOMPARE(failure.count("\"waiter\" threw std::runtime_error after its pause point \"before\": cannot be destroyed"), depth + 1);
}

void TestCoAwaitUnfulfilled::goesOnIfFulfilledBeforeTheDestructor()
{
    RecordedFailures recorded;
    QPromise<int> promise;
    promise.start();
    int value = 0;
    {
        QSeamstressThread thread([&value, future = promise.future()]() -> QSeamstressScript {
            co_yield "before";
            value = co_await future;
            co_yield "passed by the destructor";
            ++value;
        });
        QVERIFY(thread.enter());
        resumeIntoCoAwait(thread);
        promise.addResult(1);
        promise.finish();
    }
    QCOMPARE(value, 2);
    QCOMPARE(recorded.take(), QStringList());
}

QTEST_GUILESS_MAIN(TestCoAwaitUnfulfilled)
#include "tst_coawaitunfulfilled.moc"
