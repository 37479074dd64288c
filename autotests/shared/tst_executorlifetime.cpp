// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

// Whatever the test does, nothing is left behind: the destructor ends the script, wherever it is.

#include "executorundertest.h"
#include "shortpatience.h"

#include <QScopeGuard>
#include <QSignalSpy>
#include <QThread>

#include <atomic>
#include <future>
#include <memory>
#include <stdexcept>
#include <thread>
#include <vector>

using Phase = QSeamstressExecutor::Phase;

class TestExecutorLifetime : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void destroyedInPhase_data();
    void destroyedInPhase();
    void bodyThrows();
    void destructorEmitsNothing();
    void destroyedInAnotherThread();
    void movedToAnotherThread();
    void ownedByAThreadWithoutEventLoop();
    void callableLivesAsLongAsTheScript();
    void twoHundredAtOnce();
    void scriptThatEntersAnotherExecutor();
    void deletedByItsParent();
};

// Counts what has been set up and not torn down, over there.
static std::atomic<int> alive = 0;

class Guard
{
public:
    Guard() { ++alive; }
    Guard(const Guard &) { ++alive; }
    Guard &operator=(const Guard &) = default;
    ~Guard() { --alive; }
};

void TestExecutorLifetime::destroyedInPhase_data()
{
    QTest::addColumn<Phase>("phase");
    QTest::addColumn<QSeamstressExecutor::WaitMode>("mode");
    using enum QSeamstressExecutor::Phase;
    for (const auto mode : { QSeamstressExecutor::Blocking, QSeamstressExecutor::ProcessEvents }) {
        for (const Phase phase : { Idle, SettingUp, Paused, Running, TearingDown, Finished, Failed })
            QTest::addRow("%s-then-destroyed%s", QMetaEnum::fromType<Phase>().valueToKey(phase), mode == QSeamstressExecutor::Blocking ? "" : "-processing-events") << phase << mode;
    }
}

// Holds a script that is on its way until the destructor of its executor is at work: that lets the event loop run, and asks a thread
// to stop.
static void holdUntilTheDestructor()
{
    while (!runsOnTheEventLoop && !QThread::currentThread()->isInterruptionRequested())
        QThread::yieldCurrentThread();
}

void TestExecutorLifetime::destroyedInPhase()
{
    QFETCH(Phase, phase);
    QFETCH(QSeamstressExecutor::WaitMode, mode);
    const bool isOnItsWay = phase == QSeamstressExecutor::SettingUp || phase == QSeamstressExecutor::Running || phase == QSeamstressExecutor::TearingDown;
    alive = 0;
    std::atomic<bool> wentOn = false;
    bool isOver = false;
    {
        Executor executor([&]() -> QSeamstressScript {
            const Guard guard;
            const auto over = qScopeGuard([&isOver] { isOver = true; });
            const auto hold = [&wentOn] {
                holdUntilTheDestructor();
                wentOn = true;
            };
            if (phase == QSeamstressExecutor::SettingUp)
                hold();
            co_yield "a";
            if (phase == QSeamstressExecutor::Running || phase == QSeamstressExecutor::TearingDown)
                hold();
            if (phase == QSeamstressExecutor::Failed)
                throw std::runtime_error("on purpose");
            co_yield "b";
        });
        executor.setWaitMode(mode);
        if (isOnItsWay)
            executor.setTimeout(0); // how long the destructor waits before it interrupts
        if (phase == QSeamstressExecutor::SettingUp)
            executor.start();
        else if (phase != QSeamstressExecutor::Idle)
            QVERIFY(executor.enter());
        if (phase == QSeamstressExecutor::Running)
            executor.resume();
        if (phase == QSeamstressExecutor::TearingDown)
            executor.finish();
        if (phase == QSeamstressExecutor::Finished || phase == QSeamstressExecutor::Failed)
            QCOMPARE(executor.exit(), phase == QSeamstressExecutor::Finished);
        QCOMPARE(executor.phase(), phase);
        QVERIFY(!wentOn);
    }
    QCOMPARE(alive, 0);
    QCOMPARE(wentOn, isOnItsWay);
    QCOMPARE(isOver, phase != QSeamstressExecutor::Idle);
}

void TestExecutorLifetime::bodyThrows()
{
    alive = 0;
    const auto body = [] {
        Executor executor([] { return Guard(); });
        if (!executor.enter())
            qFatal("%s", qPrintable(executor.errorString()));
        QCOMPARE(alive, 1);
        throw std::runtime_error("of the body");
    };
    QVERIFY_THROWS_EXCEPTION(std::runtime_error, body());
    QCOMPARE(alive, 0);
}

void TestExecutorLifetime::destructorEmitsNothing()
{
    QStringList heard;
    {
        Executor executor([] { return Guard(); });
        QVERIFY(executor.enter());
        connect(&executor, &QSeamstressExecutor::phaseChanged, this, [&heard] { heard += "phaseChanged"; });
        connect(&executor, &QSeamstressExecutor::finished, this, [&heard] { heard += "finished"; });
    }
    QCOMPARE(heard, QStringList());
}

void TestExecutorLifetime::destroyedInAnotherThread()
{
    alive = 0;
    auto executor = std::make_unique<Executor>([] { return Guard(); });
    QVERIFY(executor->enter());
    QTest::ignoreMessage(QtWarningMsg, QRegularExpression(": destroyed in a thread that does not own it\\. Delete it in its own thread, for example by deleteLater\\(\\)\\."));
    RecordedFailures failures;
    const ShortPatience shortPatience;
    std::thread([&executor] { executor.reset(); }).join();
    if (runsOnTheEventLoop) {
        // Which stood still meanwhile. The script ends as soon as it runs.
        const QStringList messages = failures.take();
        QCOMPARE(messages.size(), 1);
        QVERIFY2(messages.first().contains("goes on to its end, without halting, as soon as that loop runs. Destroy the executor in its own thread"), qPrintable(messages.first()));
        QCOMPARE(alive, 1);
        QTRY_COMPARE(alive, 0);
    }
    QCOMPARE(alive, 0);
    QCOMPARE(failures.take(), QStringList());
}

void TestExecutorLifetime::movedToAnotherThread()
{
    // Its owner is then the other thread: verbs and signals belong there.
    std::promise<QThread *> threadPromise;
    std::promise<std::unique_ptr<Executor>> executorPromise;
    std::promise<bool> entered;
    QThread *heardIn = nullptr;
    const std::unique_ptr<QThread> other(QThread::create([&] {
        threadPromise.set_value(QThread::currentThread());
        std::unique_ptr<Executor> executor = executorPromise.get_future().get();
        const bool succeeded = executor->enter();
        executor.reset();
        entered.set_value(succeeded);
    }));
    other->start();
    QThread *const otherThread = threadPromise.get_future().get();
    auto executor = std::make_unique<Executor>([]() -> QSeamstressScript { co_yield "a"; });
    connect(
        executor.get(), &QSeamstressExecutor::paused, executor.get(), [&heardIn] { heardIn = QThread::currentThread(); }, Qt::DirectConnection);
    executor->moveToThread(otherThread);
    executorPromise.set_value(std::move(executor));
    const bool succeeded = entered.get_future().get();
    other->wait();
    QVERIFY(succeeded);
    QCOMPARE(heardIn, otherThread);
}

void TestExecutorLifetime::ownedByAThreadWithoutEventLoop()
{
    bool succeeded = false;
    QSeamstressError error;
    std::thread([&] {
        Executor executor([]() -> QSeamstressScript { co_yield "a"; });
        executor.start();
        error = executor.error();
        succeeded = !error && executor.waitForPaused() && executor.exit() && executor.enter() && executor.exit();
    }).join();
    QCOMPARE(succeeded, !runsOnTheEventLoop);
    QCOMPARE(error.code(), runsOnTheEventLoop ? QSeamstressError::NoRunningEventLoop : QSeamstressError::NoError);
}

void TestExecutorLifetime::callableLivesAsLongAsTheScript()
{
    const auto captured = std::make_shared<int>(7);
    {
        Executor executor([captured]() -> QSeamstressScript {
            co_yield "a";
            co_yield QSeamstress::Pause("b", *captured);
        });
        QVERIFY(executor.enter());
        QCOMPARE(captured.use_count(), 2);
        QVERIFY(executor.advance());
        QCOMPARE(executor.pauseValue().toInt(), 7);
        QVERIFY(executor.exit());
        QCOMPARE(captured.use_count(), 2); // it can be entered again
    }
    QCOMPARE(captured.use_count(), 1);
}

void TestExecutorLifetime::twoHundredAtOnce()
{
    alive = 0;
    std::vector<std::unique_ptr<Executor>> executors;
    for (int i = 0; i < 200; ++i)
        executors.push_back(std::make_unique<Executor>([] { return Guard(); }));
    for (const auto &executor : executors)
        executor->start();
    for (const auto &executor : executors)
        QVERIFY2(executor->waitForPaused(), qPrintable(executor->errorString()));
    QCOMPARE(alive, 200);
    for (std::size_t i = 0; i < executors.size(); i += 2)
        executors[i]->finish();
    for (std::size_t i = 0; i < executors.size(); i += 2)
        QVERIFY2(executors[i]->waitForFinished(), qPrintable(executors[i]->errorString()));
    QCOMPARE(alive, 100);
    executors.clear();
    QCOMPARE(alive, 0);
}

void TestExecutorLifetime::scriptThatEntersAnotherExecutor()
{
    Executor outer([]() -> QSeamstressScript {
        Executor inner([]() -> QSeamstressScript { co_yield "inner"; });
        if (!inner.enter())
            inner.error().raise();
        co_yield QSeamstress::Pause("outer", inner.pausePoint());
        if (!inner.exit())
            inner.error().raise();
    });
    QVERIFY2(outer.enter(), qPrintable(outer.errorString()));
    QCOMPARE(outer.pausePoint(), "outer");
    QCOMPARE(outer.pauseValue().toString(), "inner");
    QVERIFY2(outer.exit(), qPrintable(outer.errorString()));
}

void TestExecutorLifetime::deletedByItsParent()
{
    alive = 0;
    {
        QObject parent;
        auto *executor = new Executor([] { return Guard(); }, &parent);
        QVERIFY(executor->enter());
        QCOMPARE(alive, 1);
    }
    QCOMPARE(alive, 0);
}

QTEST_GUILESS_MAIN(TestExecutorLifetime)
#include "tst_executorlifetime.moc"
