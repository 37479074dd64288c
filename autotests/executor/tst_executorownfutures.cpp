// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

// co_await of a QFuture that the script creates and another thread finishes.

#include "executorundertest.h"

#include <QFuture>
#include <QPromise>
#include <QScopeGuard>
#include <QtConcurrentRun>

#include <memory>
#include <optional>
#include <stdexcept>
#include <thread>

#include "../shared/shortpatience.h"

class TestExecutorOwnFutures : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void end_data();
    void end();
    void resumeWhereTheScriptRuns();
    void exceptionOfQtConcurrent();
    void timeOutThenGoOn();
    void thatDoNotEnd();
};

// For the other thread, which may block even if the script is a task.
using DoorOfAThread = std::conditional_t<runsInAnotherProcess, DoorBetweenProcesses, DoorBetweenThreads>;

enum class Ending { Value,
                    Exception,
                    Cancelled,
                    Dropped };
Q_DECLARE_METATYPE(Ending)

// Ends a future in the given way in another thread, once the test has opened the door: later, or before this function returns.
static QFuture<int> futureThatEnds(Ending ending, DoorOfAThread door, bool later)
{
    auto promise = std::make_shared<QPromise<int>>();
    promise->start();
    const QFuture<int> future = promise->future();
    std::thread thread([ending, door, promise = std::move(promise)]() mutable {
        door.pass();
        if (ending == Ending::Value)
            promise->addResult(42);
        if (ending == Ending::Exception)
            promise->setException(std::make_exception_ptr(std::out_of_range("of the promise")));
        if (ending == Ending::Cancelled)
            promise->future().cancel();
        if (ending != Ending::Dropped)
            promise->finish();
    });
    later ? thread.detach() : thread.join();
    return future;
}

static QSeamstressScript awaitItsFuture(Ending ending, DoorOfAThread door, bool waits)
{
    const QFuture<int> future = futureThatEnds(ending, door, waits);
    co_yield "before";
    co_yield QSeamstress::Pause("after", co_await future);
}

void TestExecutorOwnFutures::end_data()
{
    QTest::addColumn<Ending>("ending");
    QTest::addColumn<bool>("waits");
    QTest::addColumn<QString>("error");
    for (const bool waits : { false, true }) {
        const auto row = [waits](const char *name, Ending ending, const char *error) { QTest::addRow("%s-%s", name, waits ? "while-awaited" : "before") << ending << waits << QString::fromLatin1(error); };
        static constexpr char noResult[] = "QSeamstressException after its pause point \"before\": the awaited QFuture finished without a result: it was cancelled, or its QPromise was destroyed before finish()";
        row("value", Ending::Value, "");
        row("exception", Ending::Exception, "std::out_of_range after its pause point \"before\": of the promise");
        row("cancelled", Ending::Cancelled, noResult);
        row("promise-dropped", Ending::Dropped, noResult);
    }
}

void TestExecutorOwnFutures::end()
{
    QFETCH(const Ending, ending);
    QFETCH(const bool, waits);
    QFETCH(const QString, error);
    DoorOfAThread door;
    Executor executor;
    executor.setObjectName("waiter");
    setScript(executor, &awaitItsFuture, ending, door, waits);
    const auto openAtTheEnd = qScopeGuard([&door] { door.openForGood(); });
    if (!waits)
        door.open();
    QVERIFY2(executor.enter(), qPrintable(executor.errorString()));
    if (waits) {
        QVERIFY(!executor.advance(shortDeadline()));
        QCOMPARE(executor.error().code(), QSeamstressError::PauseTimedOut);
        door.open();
    }
    QCOMPARE(waits ? executor.waitForPaused() : executor.advance(), error.isEmpty());
    if (error.isEmpty()) {
        QCOMPARE(executor.pauseValue(), 42);
        QVERIFY(executor.exit());
    } else {
        QCOMPARE(executor.error().code(), QSeamstressError::Exception);
        QCOMPARE(executor.errorString(), "\"waiter\" threw " + error);
    }
}

void TestExecutorOwnFutures::resumeWhereTheScriptRuns()
{
    DoorOfAThread door;
    Executor executor;
    setScript(
        executor, [](DoorOfAThread door) -> QSeamstressScript {
            co_yield QSeamstress::Pause("before", here());
            co_await futureThatEnds(Ending::Value, door, true);
            co_yield QSeamstress::Pause("after", here());
        },
        door);
    QVERIFY(executor.enter());
    const QString place = placeOf(executor);
    QCOMPARE(executor.pauseValue(), place);
    door.open();
    QVERIFY(executor.advance());
    QCOMPARE(executor.pauseValue(), place);
    QVERIFY(executor.exit());
}

void TestExecutorOwnFutures::exceptionOfQtConcurrent()
{
    Executor executor([]() -> QSeamstressScript {
        const auto work = [] { throw std::runtime_error("of a pool's thread"); };
        co_await QtConcurrent::run(work);
    });
    QVERIFY(!executor.enter());
    QCOMPARE(executor.error().code(), QSeamstressError::Exception);
    QCOMPARE(executor.error().exceptionType(), "std::runtime_error");
    QVERIFY_THROWS_EXCEPTION(std::runtime_error, executor.error().raise());
}

void TestExecutorOwnFutures::timeOutThenGoOn()
{
    DoorOfAThread door;
    Executor executor;
    setScript(executor, &awaitItsFuture, Ending::Value, door, true);
    const auto openAtTheEnd = qScopeGuard([&door] { door.openForGood(); });
    QVERIFY(executor.enter());
    QVERIFY(!executor.exit(shortDeadline()));
    QCOMPARE(executor.error().code(), stillAlive);
    QCOMPARE(executor.phase(), QSeamstressExecutor::TearingDown);
    door.open();
    QVERIFY2(executor.exit(), qPrintable(executor.errorString()));
}

static QSeamstressScript awaitForEver(int depth, Notes ended, Flag wentOn)
{
    const auto end = qScopeGuard([&ended] { ended.append(here()); });
    QPromise<void> promise; // never finished
    promise.start();
    const QFuture<void> future = promise.future();
    if (depth > 0)
        co_await awaitForEver(depth - 1, ended, wentOn);
    else
        co_yield "before";
    co_await future;
    wentOn.set(true);
}

void TestExecutorOwnFutures::thatDoNotEnd()
{
    static constexpr int depth = 1;
    RecordedFailures recorded;
    // The destructor waits for something that never happens. After that, a fifth of its time is left, in which a process has to end.
    std::optional<ShortPatience> shortPatience;
    if (runsInAnotherProcess)
        shortPatience.emplace(3);
    else
        shortPatience.emplace();
    const Notes ended;
    const Flag wentOn;
    QString place;
    {
        Executor executor;
        executor.setObjectName("waiter");
        setScript(executor, &awaitForEver, depth, ended, wentOn);
        QVERIFY2(executor.enter(), qPrintable(executor.errorString()));
        place = placeOf(executor);
        QVERIFY(!executor.advance(shortDeadline()));
    }
    QCOMPARE(ended.all(), QStringList(depth + 1, place));
    QVERIFY(!wentOn.isSet());
    const QStringList failures = recorded.take();
    QCOMPARE(failures.size(), 1);
    QVERIFY2(failures.first().startsWith("\"waiter\" did not end within "), qPrintable(failures.first()));
    QVERIFY2(failures.first().contains("Its coroutine was therefore destroyed where it was suspended, with its local variables."), qPrintable(failures.first()));
}

QTEST_GUILESS_MAIN(TestExecutorOwnFutures)
#include "tst_executorownfutures.moc"
