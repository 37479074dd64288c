// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

// Whatever the test does, the destructor ends the script, and nothing is left behind.

#include "executorundertest.h"
#include "../shared/shortpatience.h"

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
    void destroyedInAnotherThreadWhileTheEventLoopRuns();
    void movedToAnotherThread();
    void ownedByAThreadWithoutEventLoop();
    void manyAtOnce();
    void deletedByItsParent();
};

static Guard setUpAGuard(Count alive)
{
    return Guard(alive);
}

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

// Delays a running script until the destructor of its executor is at work. The destructor runs the event loop, and asks a thread to stop.
// It does not ask a process, so the test opens a door for it.
static void holdUntilTheDestructor(Door door)
{
    if (runsInAnotherProcess)
        door.pass();
    while (!runsOnTheEventLoop && !runsInAnotherProcess && !QThread::currentThread()->isInterruptionRequested())
        QThread::yieldCurrentThread();
}

static QSeamstressScript isHeldInPhase(Phase phase, Door door, Count alive, Count wentOn, Count ended)
{
    const Guard guard(alive);
    const auto over = qScopeGuard([&ended] { ended.up(); });
    const auto hold = [&] {
        holdUntilTheDestructor(door);
        wentOn.up();
    };
    if (phase == QSeamstressExecutor::SettingUp)
        hold();
    co_yield "a";
    if (phase == QSeamstressExecutor::Running || phase == QSeamstressExecutor::TearingDown)
        hold();
    if (phase == QSeamstressExecutor::Failed)
        throw std::runtime_error("on purpose");
    co_yield "b";
}

void TestExecutorLifetime::destroyedInPhase()
{
    QFETCH(Phase, phase);
    QFETCH(QSeamstressExecutor::WaitMode, mode);
    const bool isOnItsWay = phase == QSeamstressExecutor::SettingUp || phase == QSeamstressExecutor::Running || phase == QSeamstressExecutor::TearingDown;
    const Count alive;
    const Count wentOn;
    const Count ended;
    {
        Door door;
        Executor executor;
        setScript(executor, &isHeldInPhase, phase, door, alive, wentOn, ended);
        const auto openAtLast = qScopeGuard([&door] { door.open(); });
        executor.setWaitMode(mode);
        if (isOnItsWay)
            executor.setTimeout(0); // how long the destructor waits before it asks the script to stop
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
        QCOMPARE(wentOn.value(), 0);
    }
    QCOMPARE(alive.value(), 0);
    QCOMPARE(wentOn.value(), isOnItsWay ? 1 : 0);
    QCOMPARE(ended.value(), phase != QSeamstressExecutor::Idle ? 1 : 0);
}

void TestExecutorLifetime::bodyThrows()
{
    const Count alive;
    const auto body = [&alive] {
        Executor executor;
        setScript(executor, &setUpAGuard, alive);
        if (!executor.enter())
            qFatal("%s", qPrintable(executor.errorString()));
        QCOMPARE(alive.value(), 1);
        throw std::runtime_error("of the body");
    };
    QVERIFY_THROWS_EXCEPTION(std::runtime_error, body());
    QCOMPARE(alive.value(), 0);
}

void TestExecutorLifetime::destructorEmitsNothing()
{
    const Count alive;
    QStringList heard;
    {
        Executor executor;
        setScript(executor, &setUpAGuard, alive);
        QVERIFY(executor.enter());
        connect(&executor, &QSeamstressExecutor::phaseChanged, this, [&heard] { heard += "phaseChanged"; });
        connect(&executor, &QSeamstressExecutor::finished, this, [&heard] { heard += "finished"; });
    }
    QCOMPARE(heard, QStringList());
}

void TestExecutorLifetime::destroyedInAnotherThread()
{
    const Count alive;
    auto executor = std::make_unique<Executor>();
    setScript(*executor, &setUpAGuard, alive);
    QVERIFY(executor->enter());
    QTest::ignoreMessage(QtWarningMsg, QRegularExpression(": destroyed in a thread that does not own it\\. Delete it in its own thread, for example with deleteLater\\(\\)\\."));
    RecordedFailures failures;
    const ShortPatience shortPatience(0.2);
    std::thread([&executor] { executor.reset(); }).join();
    // These executors need the event loop of the test to end their scripts, and it did not run.
    static constexpr bool needsTheEventLoop = runsOnTheEventLoop || runsInAnotherProcess;
    QCOMPARE(alive.value(), needsTheEventLoop ? 1 : 0);
    const QStringList messages = failures.take();
    QCOMPARE(messages.size(), needsTheEventLoop ? 1 : 0);
    if (runsOnTheEventLoop) {
        QVERIFY2(messages.first().contains("runs to its end, without pausing, as soon as that loop runs. Destroy the executor in its own thread"), qPrintable(messages.first()));
        QTRY_COMPARE(alive.value(), 0);
    }
    if (runsInAnotherProcess)
        QVERIFY2(messages.first().contains("Its process was killed, so its tear-down did not run."), qPrintable(messages.first()));
    QCOMPARE(failures.take(), QStringList());
}

void TestExecutorLifetime::destroyedInAnotherThreadWhileTheEventLoopRuns()
{
    const Count alive;
    auto executor = std::make_unique<Executor>();
    setScript(*executor, &setUpAGuard, alive);
    QVERIFY(executor->enter());
    QTest::ignoreMessage(QtWarningMsg, QRegularExpression(": destroyed in a thread that does not own it\\."));
    RecordedFailures failures;
    std::atomic<bool> isDestroyed = false;
    std::thread other([&] {
        executor.reset();
        isDestroyed = true;
    });
    waitUntil([&isDestroyed] {
        QCoreApplication::processEvents();
        return isDestroyed.load();
    });
    other.join();
    QCOMPARE(alive.value(), 0);
    QCOMPARE(failures.take(), QStringList());
}

void TestExecutorLifetime::movedToAnotherThread()
{
    // The other thread then owns it: verbs are called and signals are emitted there.
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

void TestExecutorLifetime::manyAtOnce()
{
    const Count alive;
    static constexpr int many = runsInAnotherProcess ? 40 : 200; // this many processes fit in memory, even with a sanitizer in each
    std::vector<std::unique_ptr<Executor>> executors;
    for (int i = 0; i < many; ++i) {
        executors.push_back(std::make_unique<Executor>());
        setScript(*executors.back(), &setUpAGuard, alive);
    }
    for (const auto &executor : executors)
        executor->start();
    for (const auto &executor : executors)
        QVERIFY2(executor->waitForPaused(), qPrintable(executor->errorString()));
    QCOMPARE(alive.value(), many);
    for (std::size_t i = 0; i < executors.size(); i += 2)
        executors[i]->finish();
    for (std::size_t i = 0; i < executors.size(); i += 2)
        QVERIFY2(executors[i]->waitForFinished(), qPrintable(executors[i]->errorString()));
    QCOMPARE(alive.value(), many / 2);
    executors.clear();
    QCOMPARE(alive.value(), 0);
}

void TestExecutorLifetime::deletedByItsParent()
{
    const Count alive;
    {
        QObject parent;
        auto *executor = new Executor(&parent);
        setScript(*executor, &setUpAGuard, alive);
        QVERIFY(executor->enter());
        QCOMPARE(alive.value(), 1);
    }
    QCOMPARE(alive.value(), 0);
}

QTEST_GUILESS_MAIN(TestExecutorLifetime)
#include "tst_executorlifetime.moc"
