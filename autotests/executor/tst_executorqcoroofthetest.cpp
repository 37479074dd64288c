// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

// Scripts that use QCoro to await objects of the test.

#include "executorundertest.h"

#include <QPromise>
#include <QThread>

#include <qcorofuture.h>
#include <qcorosignal.h>

class TestExecutorQCoroOfTheTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void signalOfAnotherThread();
    void futureIsOurs();

Q_SIGNALS:
    void told(int number);
};

void TestExecutorQCoroOfTheTest::signalOfAnotherThread()
{
    Executor executor([this]() -> QSeamstressScript {
        QThread *const here = QThread::currentThread();
        const int number = co_await qCoro(this, &TestExecutorQCoroOfTheTest::told);
        co_yield QSeamstress::Pause("told", QThread::currentThread() == here ? number : -1);
    });
    executor.start();
    letItAwait(executor);
    Q_EMIT told(42);
    // QCoro delivers the signal through the event loop of the sender's thread, which is this one.
    executor.setWaitMode(QSeamstressExecutor::ProcessEvents);
    QVERIFY2(executor.waitForPaused(), qPrintable(executor.errorString()));
    QCOMPARE(executor.pauseValue().toInt(), 42);
    QVERIFY(executor.exit());
}

// QCoro has an awaiter for QFuture, too, but that of QSeamstress is used.
void TestExecutorQCoroOfTheTest::futureIsOurs()
{
    QPromise<int> promise;
    promise.start();
    Executor executor([future = promise.future()]() -> QSeamstressScript {
        const int number = co_await future;
        co_yield QSeamstress::Pause("done", number);
    });
    executor.start();
    letItAwait(executor);
    QVERIFY(!executor.waitForPaused(QDeadlineTimer(1)));
    QVERIFY2(executor.errorString().contains("is waiting in co_await for a QFuture"), qPrintable(executor.errorString()));
    promise.addResult(42);
    promise.finish();
    QVERIFY(executor.waitForPaused());
    QCOMPARE(executor.pauseValue().toInt(), 42);
    QVERIFY(executor.exit());
}

QTEST_GUILESS_MAIN(TestExecutorQCoroOfTheTest)
#include "tst_executorqcoroofthetest.moc"
