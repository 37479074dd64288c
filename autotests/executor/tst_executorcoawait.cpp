// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

// co_await of a QFuture that ends, in every way in which it can end.

#include "executorundertest.h"

#include <QFuture>
#include <QPromise>
#include <QThread>
#include <QtConcurrentRun>

#include <memory>
#include <stdexcept>
#include <thread>

class TestExecutorCoAwait : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void value_data();
    void value();
    void valueFromAThirdThread();
    void resultThatOnlyMoves_data();
    void resultThatOnlyMoves();
    void futureWithoutValue_data();
    void futureWithoutValue();
    void exceptionOfAPromise_data();
    void exceptionOfAPromise();
    void exceptionOfQtConcurrent_data();
    void exceptionOfQtConcurrent();
    void noResult_data();
    void noResult();
    void continuationsStillRun();
    void severalFuturesInOneScript();
};

// Rows: the future is finished when the script awaits it, or the script has to wait.
static void addWhenRows()
{
    QTest::addColumn<bool>("waits");

    QTest::newRow("finished-before") << false;
    QTest::newRow("finished-while-awaited") << true;
}

// Enters a script that pauses once before its co_await and once after it; finish() finishes what it awaits.
template <class Finish>
static bool enterAndFinish(Executor &executor, bool waits, Finish finish)
{
    if (!executor.enter())
        return false;
    if (!waits)
        finish();
    executor.resume();
    if (waits) {
        letItAwait(executor);
        finish();
    }
    return executor.waitForPaused();
}

void TestExecutorCoAwait::value_data()
{
    addWhenRows();
}

void TestExecutorCoAwait::value()
{
    QFETCH(const bool, waits);

    QPromise<int> promise;
    promise.start();
    Executor executor([future = promise.future()]() -> QSeamstressScript {
        co_yield "before";
        co_yield QSeamstress::Pause("after", co_await future);
    });
    QVERIFY(enterAndFinish(executor, waits, [&promise] {
        promise.addResult(42);
        promise.finish();
    }));
    QCOMPARE(executor.pausePoint(), "after");
    QCOMPARE(executor.pauseValue().toInt(), 42);
    QVERIFY(executor.exit());
}

void TestExecutorCoAwait::valueFromAThirdThread()
{
    QPromise<QString> promise;
    promise.start();
    QThread *resumedIn = nullptr;
    Executor executor([&resumedIn, future = promise.future()]() -> QSeamstressScript {
        const QString value = co_await future;
        resumedIn = QThread::currentThread();
        co_yield QSeamstress::Pause("after", value);
    });
    QVERIFY(!executor.enter(QDeadlineTimer(1)));
    std::thread([&promise] {
        promise.addResult(QStringLiteral("from elsewhere"));
        promise.finish();
    }).join();
    QVERIFY(executor.waitForPaused());
    QCOMPARE(executor.pauseValue().toString(), "from elsewhere");
    QCOMPARE(resumedIn, threadOf(executor));
    QVERIFY(executor.exit());
}

void TestExecutorCoAwait::resultThatOnlyMoves_data()
{
    addWhenRows();
}

void TestExecutorCoAwait::resultThatOnlyMoves()
{
    QFETCH(const bool, waits);

    QPromise<std::unique_ptr<int>> promise;
    promise.start();
    Executor executor([future = promise.future()]() -> QSeamstressScript {
        co_yield "before";
        const std::unique_ptr<int> number = co_await future;
        co_yield QSeamstress::Pause("after", number ? *number : -1);
    });
    QVERIFY(enterAndFinish(executor, waits, [&promise] {
        promise.addResult(std::make_unique<int>(7));
        promise.finish();
    }));
    QCOMPARE(executor.pauseValue().toInt(), 7);
    QVERIFY(executor.exit());
}

void TestExecutorCoAwait::futureWithoutValue_data()
{
    addWhenRows();
}

void TestExecutorCoAwait::futureWithoutValue()
{
    QFETCH(const bool, waits);

    QPromise<void> promise;
    promise.start();
    Executor executor([future = promise.future()]() -> QSeamstressScript {
        co_yield "before";
        co_await future;
        co_yield "after";
    });
    QVERIFY(enterAndFinish(executor, waits, [&promise] { promise.finish(); }));
    QCOMPARE(executor.pausePoint(), "after");
    QVERIFY(executor.exit());
}

void TestExecutorCoAwait::exceptionOfAPromise_data()
{
    addWhenRows();
}

void TestExecutorCoAwait::exceptionOfAPromise()
{
    QFETCH(const bool, waits);

    QPromise<int> promise;
    promise.start();
    QString caught;
    Executor executor([&caught, future = promise.future()]() -> QSeamstressScript {
        co_yield "before";
        try {
            co_await future;
        } catch (const std::out_of_range &e) {
            caught = QString::fromUtf8(e.what());
        }
        co_yield "after";
    });
    QVERIFY(enterAndFinish(executor, waits, [&promise] {
        promise.setException(std::make_exception_ptr(std::out_of_range("of the promise")));
        promise.finish();
    }));
    QCOMPARE(caught, "of the promise");
    QVERIFY(executor.exit());
}

class AnError : public QException
{
public:
    void raise() const override { throw *this; }
    AnError *clone() const override { return new AnError(*this); }
};

void TestExecutorCoAwait::exceptionOfQtConcurrent_data()
{
    QTest::addColumn<bool>("isQException");
    QTest::addColumn<QString>("type");

    QTest::newRow("std-exception") << false << "std::runtime_error";
    QTest::newRow("q-exception") << true << "AnError";
}

void TestExecutorCoAwait::exceptionOfQtConcurrent()
{
    QFETCH(const bool, isQException);
    QFETCH(const QString, type);

    const auto work = [isQException] {
        if (isQException)
            throw AnError();
        throw std::runtime_error("of a pool's thread");
    };
    Executor executor([work]() -> QSeamstressScript { co_await QtConcurrent::run(work); });
    QVERIFY(!executor.enter());
    QCOMPARE(executor.error().code(), QSeamstressError::Exception);
    QCOMPARE(executor.error().exceptionType(), type);
    if (isQException)
        QVERIFY_THROWS_EXCEPTION(AnError, executor.error().raise());
    else
        QVERIFY_THROWS_EXCEPTION(std::runtime_error, executor.error().raise());
}

void TestExecutorCoAwait::noResult_data()
{
    QTest::addColumn<bool>("hasValue");
    QTest::addColumn<bool>("waits");
    QTest::addColumn<QString>("how");

    for (const bool hasValue : { true, false }) {
        const char *type = hasValue ? "value" : "void";
        QTest::addRow("%s-cancelled-before", type) << hasValue << false << "cancelled";
        QTest::addRow("%s-cancelled-while-awaited", type) << hasValue << true << "cancelled";
        QTest::addRow("%s-promise-dropped-before", type) << hasValue << false << "dropped";
        QTest::addRow("%s-promise-dropped-while-awaited", type) << hasValue << true << "dropped";
        QTest::addRow("%s-default-constructed-future", type) << hasValue << false << "default";
    }
}

template <class T>
static void endsWithoutResult(bool waits, const QString &how)
{
    auto promise = std::make_unique<QPromise<T>>();
    promise->start();
    // Chosen here and not in the operand of co_await, where g++ 12 would destroy it twice.
    Executor executor([future = how == QLatin1String("default") ? QFuture<T>() : promise->future()]() -> QSeamstressScript {
        co_yield "before";
        co_await future;
        co_yield "after";
    });
    executor.setObjectName("waiter");
    QVERIFY(!enterAndFinish(executor, waits, [&] {
        if (how == QLatin1String("cancelled")) {
            promise->future().cancel();
            promise->finish();
        }
        promise.reset();
    }));
    QVERIFY(!executor.exit());
    QCOMPARE(executor.error().code(), QSeamstressError::Exception);
    QCOMPARE(executor.error().exceptionType(), "QSeamstressException");
    QCOMPARE(executor.errorString(),
             "\"waiter\" threw QSeamstressException after its pause point \"before\": the awaited QFuture finished without a result: it was "
             "cancelled, or its QPromise was destroyed before finish()");
}

void TestExecutorCoAwait::noResult()
{
    QFETCH(const bool, hasValue);
    QFETCH(const bool, waits);
    QFETCH(const QString, how);

    hasValue ? endsWithoutResult<int>(waits, how) : endsWithoutResult<void>(waits, how);
}

void TestExecutorCoAwait::continuationsStillRun()
{
    QPromise<int> promise;
    promise.start();
    QFuture<int> future = promise.future();
    int continued = 0;
    QFuture<int> chained = future.then([&continued](int value) { return continued = value + 1; });
    Executor executor([future, chained]() -> QSeamstressScript {
        co_yield "before";
        const int value = co_await future;
        co_yield QSeamstress::Pause("after", value);
        co_yield QSeamstress::Pause("after its continuation", co_await chained);
    });
    QVERIFY(enterAndFinish(executor, true, [&promise] {
        promise.addResult(1);
        promise.finish();
    }));
    QCOMPARE(executor.pauseValue().toInt(), 1);
    QCOMPARE(continued, 2);
    QVERIFY(executor.advance());
    QCOMPARE(executor.pauseValue().toInt(), 2);
    QVERIFY(executor.exit());
}

void TestExecutorCoAwait::severalFuturesInOneScript()
{
    QPromise<int> promises[3];
    for (QPromise<int> &promise : promises)
        promise.start();
    Executor executor([&promises]() -> QSeamstressScript {
        int sum = 0;
        for (QPromise<int> &promise : promises) {
            sum += co_await promise.future();
            co_yield QSeamstress::Pause("sum", sum);
        }
    });
    // In reverse order: the last two are finished when they are awaited, but the first is not.
    for (int i = 2; i > 0; --i) {
        promises[i].addResult(i);
        promises[i].finish();
    }
    QVERIFY(!executor.enter(QDeadlineTimer(1)));
    promises[0].addResult(10);
    promises[0].finish();
    QVERIFY(executor.waitForPaused());
    QCOMPARE(executor.pauseValue().toInt(), 10);
    QVERIFY(executor.advance());
    QCOMPARE(executor.pauseValue().toInt(), 11);
    QVERIFY(executor.advance());
    QCOMPARE(executor.pauseValue().toInt(), 13);
    QVERIFY(executor.exit());
}

QTEST_GUILESS_MAIN(TestExecutorCoAwait)
#include "tst_executorcoawait.moc"
