// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

// co_await of a QFuture that ends, in each way in which one can.

#include <QSeamstressScript>
#include <QSeamstressThread>

#include <QAbstractEventDispatcher>
#include <QFuture>
#include <QPromise>
#include <QScopeGuard>
#include <QTest>
#include <QThread>
#include <QtConcurrentRun>

#include <memory>
#include <semaphore>
#include <stdexcept>
#include <thread>

class TestCoAwait : public QObject
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

// Rows: the script finds the future finished, or has to wait for it.
static void addWhenRows()
{
    QTest::addColumn<bool>("waits");

    QTest::newRow("finished-before") << false;
    QTest::newRow("finished-while-awaited") << true;
}

// Until the event loop over there runs what is sent to it. From then on the script is known to wait in its co_await.
static void waitUntilItAwaits(const QSeamstressThread &thread)
{
    static std::binary_semaphore runs(0);
    QMetaObject::invokeMethod(QAbstractEventDispatcher::instance(thread.workerThread()), [] { runs.release(); }, Qt::QueuedConnection);
    runs.acquire();
}

// Enters a script that halts once before its co_await and once behind it; finish() finishes what it awaits.
template <class Finish>
static bool enterAndFinish(QSeamstressThread &thread, bool waits, Finish finish)
{
    if (!thread.enter())
        return false;
    if (!waits)
        finish();
    thread.resume();
    if (waits) {
        waitUntilItAwaits(thread);
        finish();
    }
    return thread.waitForPaused();
}

void TestCoAwait::value_data()
{
    addWhenRows();
}

void TestCoAwait::value()
{
    QFETCH(const bool, waits);

    QPromise<int> promise;
    promise.start();
    QSeamstressThread thread([future = promise.future()]() -> QSeamstressScript {
        co_yield "before";
        co_yield QSeamstress::Pause("after", co_await future);
    });
    QVERIFY(enterAndFinish(thread, waits, [&promise] {
        promise.addResult(42);
        promise.finish();
    }));
    QCOMPARE(thread.pausePoint(), "after");
    QCOMPARE(thread.pauseValue().toInt(), 42);
    QVERIFY(thread.exit());
}

void TestCoAwait::valueFromAThirdThread()
{
    QPromise<QString> promise;
    promise.start();
    QThread *resumedIn = nullptr;
    QSeamstressThread thread([&resumedIn, future = promise.future()]() -> QSeamstressScript {
        const QString value = co_await future;
        resumedIn = QThread::currentThread();
        co_yield QSeamstress::Pause("after", value);
    });
    QVERIFY(!thread.enter(QDeadlineTimer(1)));
    std::thread([&promise] {
        promise.addResult(QStringLiteral("from elsewhere"));
        promise.finish();
    }).join();
    QVERIFY(thread.waitForPaused());
    QCOMPARE(thread.pauseValue().toString(), "from elsewhere");
    QCOMPARE(resumedIn, thread.workerThread());
    QVERIFY(thread.exit());
}

void TestCoAwait::resultThatOnlyMoves_data()
{
    addWhenRows();
}

void TestCoAwait::resultThatOnlyMoves()
{
    QFETCH(const bool, waits);

    QPromise<std::unique_ptr<int>> promise;
    promise.start();
    QSeamstressThread thread([future = promise.future()]() -> QSeamstressScript {
        co_yield "before";
        const std::unique_ptr<int> number = co_await future;
        co_yield QSeamstress::Pause("after", number ? *number : -1);
    });
    QVERIFY(enterAndFinish(thread, waits, [&promise] {
        promise.addResult(std::make_unique<int>(7));
        promise.finish();
    }));
    QCOMPARE(thread.pauseValue().toInt(), 7);
    QVERIFY(thread.exit());
}

void TestCoAwait::futureWithoutValue_data()
{
    addWhenRows();
}

void TestCoAwait::futureWithoutValue()
{
    QFETCH(const bool, waits);

    QPromise<void> promise;
    promise.start();
    QSeamstressThread thread([future = promise.future()]() -> QSeamstressScript {
        co_yield "before";
        co_await future;
        co_yield "after";
    });
    QVERIFY(enterAndFinish(thread, waits, [&promise] { promise.finish(); }));
    QCOMPARE(thread.pausePoint(), "after");
    QVERIFY(thread.exit());
}

void TestCoAwait::exceptionOfAPromise_data()
{
    addWhenRows();
}

void TestCoAwait::exceptionOfAPromise()
{
    QFETCH(const bool, waits);

    QPromise<int> promise;
    promise.start();
    QString caught;
    QSeamstressThread thread([&caught, future = promise.future()]() -> QSeamstressScript {
        co_yield "before";
        try {
            co_await future;
        } catch (const std::out_of_range &e) {
            caught = QString::fromUtf8(e.what());
        }
        co_yield "after";
    });
    QVERIFY(enterAndFinish(thread, waits, [&promise] {
        promise.setException(std::make_exception_ptr(std::out_of_range("of the promise")));
        promise.finish();
    }));
    QCOMPARE(caught, "of the promise");
    QVERIFY(thread.exit());
}

class AnError : public QException
{
public:
    void raise() const override { throw *this; }
    AnError *clone() const override { return new AnError(*this); }
};

void TestCoAwait::exceptionOfQtConcurrent_data()
{
    QTest::addColumn<bool>("isQException");
    QTest::addColumn<QString>("type");

    QTest::newRow("std-exception") << false << "std::runtime_error";
    QTest::newRow("q-exception") << true << "AnError";
}

void TestCoAwait::exceptionOfQtConcurrent()
{
    QFETCH(const bool, isQException);
    QFETCH(const QString, type);

    const auto work = [isQException] {
        if (isQException)
            throw AnError();
        throw std::runtime_error("of a pool's thread");
    };
    QSeamstressThread thread([work]() -> QSeamstressScript { co_await QtConcurrent::run(work); });
    QVERIFY(!thread.enter());
    QCOMPARE(thread.error().code(), QSeamstressError::Exception);
    QCOMPARE(thread.error().exceptionType(), type);
    if (isQException)
        QVERIFY_THROWS_EXCEPTION(AnError, thread.error().raise());
    else
        QVERIFY_THROWS_EXCEPTION(std::runtime_error, thread.error().raise());
}

void TestCoAwait::noResult_data()
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
    // Chosen here, not in the operand of co_await, since g++ 12 would destroy it twice there.
    QSeamstressThread thread([future = how == QLatin1String("default") ? QFuture<T>() : promise->future()]() -> QSeamstressScript {
        co_yield "before";
        const auto end = qScopeGuard([] { QSeamstress::pause("after"); });
        co_await future;
    });
    thread.setObjectName("waiter");
    QVERIFY(enterAndFinish(thread, waits, [&] {
        if (how == QLatin1String("cancelled")) {
            promise->future().cancel();
            promise->finish();
        }
        promise.reset();
    }));
    QVERIFY(!thread.exit());
    QCOMPARE(thread.error().code(), QSeamstressError::Exception);
    QCOMPARE(thread.error().exceptionType(), "QSeamstressException");
    QCOMPARE(thread.errorString(),
             "\"waiter\" threw QSeamstressException after its pause point \"after\": the awaited QFuture ended without a result: it was "
             "cancelled, or its QPromise was destroyed before it was finished");
}

void TestCoAwait::noResult()
{
    QFETCH(const bool, hasValue);
    QFETCH(const bool, waits);
    QFETCH(const QString, how);

    hasValue ? endsWithoutResult<int>(waits, how) : endsWithoutResult<void>(waits, how);
}

void TestCoAwait::continuationsStillRun()
{
    QPromise<int> promise;
    promise.start();
    QFuture<int> future = promise.future();
    int continued = 0;
    QFuture<int> chained = future.then([&continued](int value) { return continued = value + 1; });
    QSeamstressThread thread([future, chained]() -> QSeamstressScript {
        co_yield "before";
        const int value = co_await future;
        co_yield QSeamstress::Pause("after", value);
        co_yield QSeamstress::Pause("after its continuation", co_await chained);
    });
    QVERIFY(enterAndFinish(thread, true, [&promise] {
        promise.addResult(1);
        promise.finish();
    }));
    QCOMPARE(thread.pauseValue().toInt(), 1);
    QCOMPARE(continued, 2);
    QVERIFY(thread.advance());
    QCOMPARE(thread.pauseValue().toInt(), 2);
    QVERIFY(thread.exit());
}

void TestCoAwait::severalFuturesInOneScript()
{
    QPromise<int> promises[3];
    for (QPromise<int> &promise : promises)
        promise.start();
    QSeamstressThread thread([&promises]() -> QSeamstressScript {
        int sum = 0;
        for (QPromise<int> &promise : promises) {
            sum += co_await promise.future();
            co_yield QSeamstress::Pause("sum", sum);
        }
    });
    // In the reverse order: the last two are finished when they are awaited, the first is not.
    for (int i = 2; i > 0; --i) {
        promises[i].addResult(i);
        promises[i].finish();
    }
    QVERIFY(!thread.enter(QDeadlineTimer(1)));
    promises[0].addResult(10);
    promises[0].finish();
    QVERIFY(thread.waitForPaused());
    QCOMPARE(thread.pauseValue().toInt(), 10);
    QVERIFY(thread.advance());
    QCOMPARE(thread.pauseValue().toInt(), 11);
    QVERIFY(thread.advance());
    QCOMPARE(thread.pauseValue().toInt(), 13);
    QVERIFY(thread.exit());
}

QTEST_GUILESS_MAIN(TestCoAwait)
#include "tst_coawait.moc"
