// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

// co_await in a program without a QCoreApplication, whose threads cannot have an event loop.

#include <QSeamstressScript>
#include <QSeamstressTask>
#include <QSeamstressThread>

#include <QPromise>
#include <QTest>

class TestCoAwaitWithoutApplication : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void takesAFutureThatIsReady();
    void refusesToWait();
    void tasksDoNotRun();
};

void TestCoAwaitWithoutApplication::takesAFutureThatIsReady()
{
    QSeamstressThread thread([]() -> QSeamstressScript { co_yield QSeamstress::Pause("after", co_await QtFuture::makeReadyFuture(7)); });
    QVERIFY(thread.enter());
    QCOMPARE(thread.pauseValue().toInt(), 7);
    QVERIFY(thread.exit());
}

void TestCoAwaitWithoutApplication::refusesToWait()
{
    QPromise<int> promise;
    promise.start();
    QSeamstressThread thread([future = promise.future()]() -> QSeamstressScript {
        co_await future;
        co_yield "after";
    });
    thread.setObjectName("waiter");
    QVERIFY(!thread.enter());
    QCOMPARE(thread.error().code(), QSeamstressError::InvalidUse);
    QCOMPARE(thread.errorString(), "\"waiter\": co_await needs an event loop, and there is no QCoreApplication; make one in main().");
}

void TestCoAwaitWithoutApplication::tasksDoNotRun()
{
    QSeamstressTask task([]() -> QSeamstressScript { co_yield "a"; });
    task.setObjectName("task");
    QVERIFY(!task.enter());
    QCOMPARE(task.error().code(), QSeamstressError::NoRunningEventLoop);
    QCOMPARE(task.phase(), QSeamstressExecutor::Idle);
}

QTEST_APPLESS_MAIN(TestCoAwaitWithoutApplication)
#include "tst_coawaitwithoutapplication.moc"
