// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

// A program without a QCoreApplication, whose threads cannot have an event loop.

#include <QSeamstressExplorer>
#include <QSeamstressScript>
#include <QSeamstressTask>
#include <QSeamstressThread>

#include <QPromise>
#include <QScopeGuard>
#include <QTest>

#include "../shared/readyfuture.h"

class TestWithoutApplication : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void coAwaitTakesAFutureThatIsReady();
    void coAwaitRefusesToWait();
    void threadIsHalted();
    void refusesToProcessEvents();
    void destructorDoesNotProcessEvents_data();
    void destructorDoesNotProcessEvents();
    void refusesToRunAnEventLoopWhilePaused();
    void tasksDoNotRun();
    void reportOfAnExplorer();
};

void TestWithoutApplication::coAwaitTakesAFutureThatIsReady()
{
    QSeamstressThread thread([]() -> QSeamstressScript { co_yield QSeamstress::Pause("after", co_await readyFuture(7)); });
    QVERIFY(thread.enter());
    QCOMPARE(thread.pauseValue().toInt(), 7);
    QVERIFY(thread.exit());
}

void TestWithoutApplication::coAwaitRefusesToWait()
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
    QCOMPARE(thread.errorString(), "\"waiter\": co_await needs an event loop, but there is no QCoreApplication; create one in main().");
    // The misuse happened in the script and not in a verb, so the script has failed.
    QCOMPARE(thread.phase(), QSeamstressExecutor::Failed);
    QCOMPARE(thread.errors().size(), 1);
}

static QSeamstressScript twoPoints()
{
    co_yield "a";
    co_yield "b";
}

void TestWithoutApplication::threadIsHalted()
{
    QSeamstressThread thread(&twoPoints);
    QVERIFY(thread.enter());
    QVERIFY(thread.advance());
    QCOMPARE(thread.pausePoint(), "b");
    QVERIFY(thread.exit());
}

void TestWithoutApplication::refusesToProcessEvents()
{
    QSeamstressThread thread(&twoPoints);
    thread.setObjectName("script");
    thread.setWaitMode(QSeamstressExecutor::ProcessEvents);
    QTest::ignoreMessage(QtWarningMsg,
                         "QSeamstressThread::enter: \"script\" cannot process events, since there is no QCoreApplication; create one in main() or use "
                         "QSeamstressExecutor::Blocking.");
    QVERIFY(!thread.enter());
    QCOMPARE(thread.error().code(), QSeamstressError::InvalidUse);
    QCOMPARE(thread.phase(), QSeamstressExecutor::Idle);
    QVERIFY(thread.errors().isEmpty());

    thread.setWaitMode(QSeamstressExecutor::Blocking);
    QVERIFY(thread.enter());
    QVERIFY(thread.exit());
}

void TestWithoutApplication::destructorDoesNotProcessEvents_data()
{
    QTest::addColumn<bool>("isPaused");
    QTest::newRow("started") << false;
    QTest::newRow("paused") << true;
}

void TestWithoutApplication::destructorDoesNotProcessEvents()
{
    QFETCH(bool, isPaused);
    bool isOver = false;
    {
        QSeamstressThread thread([&isOver] { return qScopeGuard([&isOver] { isOver = true; }); });
        thread.start();
        if (isPaused)
            QVERIFY(thread.waitForPaused());
        thread.setWaitMode(QSeamstressExecutor::ProcessEvents);
    }
    QVERIFY(isOver);
}

void TestWithoutApplication::refusesToRunAnEventLoopWhilePaused()
{
    QSeamstressThread thread(&twoPoints);
    thread.setObjectName("script");
    thread.setPauseMode(QSeamstressThread::RunEventLoop);
    QTest::ignoreMessage(QtWarningMsg,
                         "QSeamstressThread::enter: \"script\" cannot run an event loop while it is paused, since there is no QCoreApplication; create one in "
                         "main() or use QSeamstressThread::HaltThread.");
    QVERIFY(!thread.enter());
    QCOMPARE(thread.error().code(), QSeamstressError::InvalidUse);
    QCOMPARE(thread.phase(), QSeamstressExecutor::Idle);
}

void TestWithoutApplication::tasksDoNotRun()
{
    QSeamstressTask task([]() -> QSeamstressScript { co_yield "a"; });
    task.setObjectName("task");
    QVERIFY(!task.enter());
    QCOMPARE(task.error().code(), QSeamstressError::NoRunningEventLoop);
    QCOMPARE(task.phase(), QSeamstressExecutor::Idle);
}

void TestWithoutApplication::reportOfAnExplorer()
{
    QSeamstressExplorer explorer;
    explorer.addThread("A", [] { throw 7; });
    QVERIFY(!explorer.explore());
    // Without a QCoreApplication, the path of the program is not known.
    QVERIFY2(explorer.report().endsWith("\nRun it again: QSEAMSTRESS_ORDER='<order>', or explorer.run(\"<order>\")."), qPrintable(explorer.report()));
}

QTEST_APPLESS_MAIN(TestWithoutApplication)
#include "tst_withoutapplication.moc"
