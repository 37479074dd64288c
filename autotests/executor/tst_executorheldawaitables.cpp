// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

// co_await of awaitables of other libraries, when the test itself decides when to resume them.

#include "executorundertest.h"

#include <coroutine>
#include <memory>
#include <mutex>
#include <thread>
#include <utility>

#include "../shared/shortpatience.h"

class TestExecutorHeldAwaitables : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void lazyTask();
    void mayPauseMeanwhile();
    void timesOutThenGoesOn();
    void neverResumed_data();
    void neverResumed();
    void resumedAfterItWasGivenUp();
};

// Keeps the awaiting coroutine suspended until the test resumes it, at any time and in any thread.
class Switch
{
public:
    void suspend(std::coroutine_handle<> coroutine)
    {
        const std::lock_guard lock(m_mutex);
        m_coroutine = coroutine;
    }
    bool isAwaited() const
    {
        const std::lock_guard lock(m_mutex);
        return bool(m_coroutine);
    }
    void resume()
    {
        std::coroutine_handle<> coroutine;
        {
            const std::lock_guard lock(m_mutex);
            coroutine = std::exchange(m_coroutine, {});
        }
        coroutine.resume();
    }

private:
    mutable std::mutex m_mutex;
    std::coroutine_handle<> m_coroutine;
};

class AwaitSwitch
{
public:
    explicit AwaitSwitch(Switch *aSwitch)
        : m_switch(aSwitch)
    {
    }
    bool await_ready() const { return false; }
    void await_suspend(std::coroutine_handle<> coroutine) { m_switch->suspend(coroutine); }
    void await_resume() const { }

private:
    Switch *m_switch;
};

// A lazy coroutine type, as other libraries have: it begins when it is awaited, by an operator co_await for rvalues only.
class Task
{
public:
    struct promise_type
    {
        Task get_return_object() { return Task(std::coroutine_handle<promise_type>::from_promise(*this)); }
        std::suspend_always initial_suspend() const noexcept { return {}; }
        auto final_suspend() const noexcept
        {
            struct Awaiter
            {
                bool await_ready() const noexcept { return false; }
                std::coroutine_handle<> await_suspend(std::coroutine_handle<promise_type> ended) const noexcept { return ended.promise().continuation; }
                void await_resume() const noexcept { }
            };
            return Awaiter();
        }
        void return_value(int value) { result = value; }
        void unhandled_exception() { std::terminate(); }
        int result = 0;
        std::coroutine_handle<> continuation;
    };

    Task(Task &&other) noexcept
        : m_coroutine(std::exchange(other.m_coroutine, {}))
    {
    }
    ~Task()
    {
        if (m_coroutine)
            m_coroutine.destroy();
    }
    auto operator co_await() &&
    {
        class Awaiter
        {
        public:
            explicit Awaiter(std::coroutine_handle<promise_type> task)
                : m_task(task)
            {
            }
            bool await_ready() const { return false; }
            std::coroutine_handle<> await_suspend(std::coroutine_handle<> awaiting) const
            {
                m_task.promise().continuation = awaiting;
                return m_task;
            }
            int await_resume() const { return m_task.promise().result; }

        private:
            std::coroutine_handle<promise_type> m_task;
        };
        return Awaiter(m_coroutine);
    }

private:
    explicit Task(std::coroutine_handle<promise_type> coroutine)
        : m_coroutine(coroutine)
    {
    }
    std::coroutine_handle<promise_type> m_coroutine;
};

static Task half(Switch *door)
{
    AwaitSwitch awaitable(door);
    co_await awaitable;
    co_return 21;
}

void TestExecutorHeldAwaitables::lazyTask()
{
    Switch door;
    Executor executor([&]() -> QSeamstressScript {
        const int result = 2 * co_await half(&door);
        co_yield QSeamstress::Pause("resumed", result);
    });
    executor.start();
    waitUntil([&] { return door.isAwaited(); });
    door.resume(); // in the thread of the test
    QVERIFY2(executor.waitForPaused(), qPrintable(executor.errorString()));
    QCOMPARE(executor.pauseValue().toInt(), 42);
    QVERIFY(executor.exit());
}

void TestExecutorHeldAwaitables::mayPauseMeanwhile()
{
    // What runs before the awaitable suspends is part of the script.
    Switch door;
    Executor executor([&]() -> QSeamstressScript {
        auto pausing = [&]() -> Task {
            QSeamstress::pause("in the task");
            AwaitSwitch awaitable(&door);
            co_await awaitable;
            co_return 1;
        };
        const int one = co_await pausing();
        co_yield QSeamstress::Pause("after the task", one);
    });
    if (runsOnTheEventLoop) {
        executor.start(); // plain code cannot pause in a task
    } else {
        QVERIFY(executor.enter());
        QCOMPARE(executor.pausePoint(), "in the task");
        executor.resume();
    }
    waitUntil([&] { return door.isAwaited(); });
    door.resume();
    QVERIFY(executor.waitForPaused());
    QCOMPARE(executor.pausePoint(), "after the task");
    QVERIFY(executor.exit());
}

void TestExecutorHeldAwaitables::timesOutThenGoesOn()
{
    Switch door;
    Executor executor([&]() -> QSeamstressScript {
        AwaitSwitch awaitable(&door);
        co_await awaitable;
        co_yield "a";
    });
    executor.start();
    letItAwait(executor);
    QVERIFY(!executor.waitForPaused(QDeadlineTimer(1)));
    QVERIFY2(executor.errorString().contains("Now it is waiting in co_await for AwaitSwitch."), qPrintable(executor.errorString()));
    door.resume();
    QVERIFY(executor.waitForPaused());
    QVERIFY(executor.exit());
}

class Local
{
public:
    explicit Local(bool *destroyed)
        : m_destroyed(destroyed)
    {
    }
    Q_DISABLE_COPY_MOVE(Local)
    ~Local() { *m_destroyed = true; }

private:
    bool *const m_destroyed;
};

static QSeamstressScript awaitForEver(Switch *door, bool *destroyed, bool *wentOn, int depth)
{
    const Local local(destroyed);
    if (depth > 0) {
        co_await awaitForEver(door, destroyed, wentOn, depth - 1);
    } else {
        AwaitSwitch awaitable(door);
        co_await awaitable;
    }
    *wentOn = true;
}

void TestExecutorHeldAwaitables::neverResumed_data()
{
    QTest::addColumn<int>("depth");

    QTest::newRow("in-the-script") << 0;
    QTest::newRow("in-a-sub-script") << 1;
}

void TestExecutorHeldAwaitables::neverResumed()
{
    QFETCH(const int, depth);

    RecordedFailures recorded;
    const ShortPatience shortPatience(0.2);
    static Switch door;
    static bool destroyed = false;
    static bool wentOn = false;
    {
        Executor executor([depth] { return awaitForEver(&door, &destroyed, &wentOn, depth); });
        executor.setObjectName("waiter");
        executor.start();
        waitUntil([&] { return door.isAwaited(); });
    }
    QVERIFY(!destroyed);
    const QStringList failures = recorded.take();
    QCOMPARE(failures.size(), 1);
    QVERIFY2(failures.first().startsWith("\"waiter\" did not end within "), qPrintable(failures.first()));
    QVERIFY2(failures.first().contains("Its coroutine was therefore leaked, with its local variables: AwaitSwitch, which it awaits, might still resume it."), qPrintable(failures.first()));
    // It does, but the script is gone.
    door.resume();
    QVERIFY(!wentOn);
    QVERIFY(!destroyed);
}

void TestExecutorHeldAwaitables::resumedAfterItWasGivenUp()
{
    RecordedFailures recorded;
    const ShortPatience shortPatience(0.2);
    // The awaitable resumes at about the time at which the destructor gives up. Either may come first, and both are harmless.
    for (int i = 0; i < 100; ++i) {
        Switch door;
        auto destroyed = std::make_unique<bool>(false);
        auto wentOn = std::make_unique<bool>(false);
        std::thread other;
        {
            Executor executor([&] { return awaitForEver(&door, destroyed.get(), wentOn.get(), 0); });
            executor.start();
            waitUntil([&] { return door.isAwaited(); });
            other = std::thread([&] { door.resume(); });
        }
        other.join();
        QCOMPARE(*wentOn, *destroyed);
        QCOMPARE(recorded.take().isEmpty(), *wentOn);
    }
}

QTEST_GUILESS_MAIN(TestExecutorHeldAwaitables)
#include "tst_executorheldawaitables.moc"
