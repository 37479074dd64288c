// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

// A thread that runs no script passes pause points without pausing, and messages say so.

#include <QSeamstressTest>

#include <QTest>

#include <atomic>
#include <csignal>
#include <memory>
#include <thread>

class TestPointsOfOtherThreads : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void pointOfAnotherThread_data();
    void pointOfAnotherThread();
    void isTimedOut();
    void pointBeforeTheScript();
    void processThatCrashes_data();
    void processThatCrashes();
};

static void passInAThread()
{
    std::thread([] {
        QSeamstress::pause("inside");
        QSeamstress::pause("inside");
    }).join();
}

static constexpr char passedTwice[] = " It has reached no pause point so far. Another thread, which runs no script and so does not pause, has passed \"inside\" (2 times). ";
static constexpr char passedLast[] = " It has reached no pause point so far. Another thread, which runs no script and so does not pause, has passed \"inside\". ";

void TestPointsOfOtherThreads::pointOfAnotherThread_data()
{
    QTest::addColumn<QString>("kind");
    QTest::addColumn<QString>("text");
    QTest::newRow("thread") << "thread" << passedTwice;
    QTest::newRow("task") << "task" << passedTwice;
    QTest::newRow("process") << "process" << passedLast; // only the last one of another process is known
}

void TestPointsOfOtherThreads::pointOfAnotherThread()
{
    QFETCH(const QString, kind);
    QFETCH(const QString, text);
    std::unique_ptr<QSeamstressExecutor> executor;
    if (kind == "thread")
        executor = std::make_unique<QSeamstressThread>(&passInAThread);
    else if (kind == "task")
        executor = std::make_unique<QSeamstressTask>(&passInAThread);
    else
        executor = std::make_unique<QSeamstressProcess>(&passInAThread);
    executor->setObjectName("script");
    for (int run = 0; run < 2; ++run) { // nothing is left over from the previous run
        QVERIFY(!executor->enter());
        QCOMPARE(executor->error().code(), QSeamstressError::NeverPaused);
        QVERIFY2(executor->errorString().contains(text), qPrintable(executor->errorString()));
    }
}

void TestPointsOfOtherThreads::isTimedOut()
{
    std::atomic<bool> isOver = false;
    QSeamstressThread thread([&isOver] {
        passInAThread();
        while (!isOver)
            QThread::msleep(1);
    });
    thread.start();
    QTRY_VERIFY(!thread.waitForPaused(QDeadlineTimer(1)) && thread.errorString().contains(passedTwice));
    isOver = true;
    QVERIFY2(thread.exit(), qPrintable(thread.errorString()));
}

// A point that was passed before the script started is not reported.
void TestPointsOfOtherThreads::pointBeforeTheScript()
{
    passInAThread();
    QSeamstressThread thread([] {});
    QVERIFY(!thread.enter());
    QVERIFY2(!thread.errorString().contains("Another thread"), qPrintable(thread.errorString()));
}

static void crash()
{
    ::signal(SIGABRT, SIG_DFL);
    ::raise(SIGABRT);
}

static void haltAScriptInside()
{
    QSeamstressThread thread([] { QSeamstress::pause("inside"); });
    if (thread.enter())
        crash();
}

static void crashInAThread()
{
    passInAThread();
    crash();
}

using Function = void (*)();
Q_DECLARE_METATYPE(Function)

void TestPointsOfOtherThreads::processThatCrashes_data()
{
    QTest::addColumn<Function>("script");
    QTest::newRow("script-inside") << Function(&haltAScriptInside);
    QTest::newRow("thread-inside") << Function(&crashInAThread);
}

void TestPointsOfOtherThreads::processThatCrashes()
{
    QFETCH(const Function, script);
    QSeamstressProcess process(script);
    process.setObjectName("victim");
    QVERIFY(!process.enter());
    QCOMPARE(process.error().code(), QSeamstressError::Crashed);
    QCOMPARE(process.errorString(), "\"victim\" was terminated by SIGABRT before its first pause point. The last pause point of another of its threads was \"inside\".");
}

QTEST_GUILESS_MAIN(TestPointsOfOtherThreads)
#include "tst_pointsofotherthreads.moc"
