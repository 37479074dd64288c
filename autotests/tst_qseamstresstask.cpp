// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

// What is special to tasks: the turns of the event loop. What holds for every executor is tested in shared/.

#include <QSeamstress/QSeamstressTask>
#include <QSeamstressTest>

#include <QPromise>
#include <QScopeGuard>
#include <QSignalSpy>
#include <QSocketNotifier>
#include <QTest>
#include <QThread>
#include <QTimer>

#include <array>
#include <future>
#include <memory>
#include <thread>

#ifdef Q_OS_UNIX
#include <unistd.h>
#endif

#include "shared/recordedfailures.h"
#include "shared/shortpatience.h"

static_assert(!std::is_copy_constructible_v<QSeamstressTask>);
static_assert(std::is_base_of_v<QSeamstressExecutor, QSeamstressTask>);
static_assert(!std::is_convertible_v<QMutex *, QSeamstressTask>, "constructors are explicit");

class TestQSeamstressTask : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void eachStepIsATurnOfTheEventLoop_data();
    void eachStepIsATurnOfTheEventLoop();
    void otherEventsComeMeanwhile_data();
    void otherEventsComeMeanwhile();
    void runs_data();
    void runs();
    void needsAnEventLoop();
    void processesEventsInEachMode();
    void doesNothingBeforeTheEventLoopRuns();
    void macroDeclaresAndEnters();
    void verbInItsOwnStep_data();
    void verbInItsOwnStep();
    void destroyedInItsOwnStep();
    void nestsAndCrosses();
    void slotsThatCallEachOther();
    void startedByEachOtherWithoutRecursion();
    void setUpOfAConfigAwaits();
    void scriptThatLoopsForEver();
    void abandonedRunsAreFreed();

private:
    static QSeamstressScript twoPoints();
};

QSeamstressScript TestQSeamstressTask::twoPoints()
{
    co_yield "a";
    co_yield "b";
}

void TestQSeamstressTask::eachStepIsATurnOfTheEventLoop_data()
{
    QTest::addColumn<QString>("verb");
    for (const char *verb : { "advance", "runTo", "exit", "destroyed", "event-loop" })
        QTest::newRow(verb) << verb;
}

void TestQSeamstressTask::eachStepIsATurnOfTheEventLoop()
{
    QFETCH(const QString, verb);

    QStringList log;
    // What it posts comes before its next step, but not before the end of this one.
    const auto part = [&](const QString &name) {
        QMetaObject::invokeMethod(this, [&log, name] { log += "event after " + name; }, Qt::QueuedConnection);
        log += name;
    };
    {
        QSeamstressTask task([&]() -> QSeamstressScript {
            part("set-up");
            co_yield "a";
            part("step");
            co_yield "b";
            part("tear-down");
        });
        if (verb == "advance") {
            QVERIFY(task.enter());
            QVERIFY(task.advance());
            QVERIFY(task.exit());
        } else if (verb == "runTo") {
            QVERIFY(task.runTo("b"));
            QVERIFY(task.exit());
        } else if (verb == "exit") {
            task.start();
            QVERIFY(task.exit());
        } else if (verb == "event-loop") {
            QSignalSpy finished(&task, &QSeamstressExecutor::finished);
            connect(&task, &QSeamstressExecutor::paused, &task, &QSeamstressExecutor::resume);
            task.start();
            QVERIFY(finished.wait());
        } else {
            QVERIFY(task.enter());
        }
    }
    QTRY_COMPARE(log, QStringList({ "set-up", "event after set-up", "step", "event after step", "tear-down", "event after tear-down" }));
}

void TestQSeamstressTask::otherEventsComeMeanwhile_data()
{
    QTest::addColumn<QString>("kind");
    for (const char *kind : { "task", "timer", "socket" })
        QTest::newRow(kind) << kind;
}

void TestQSeamstressTask::otherEventsComeMeanwhile()
{
    QFETCH(const QString, kind);

    QPromise<void> promise;
    promise.start();
    QSeamstressTask task([future = promise.future()]() -> QSeamstressScript {
        co_await future;
        co_yield "a";
    });
    // Each of these comes only by the event loop, which runs only in enter().
    QSeamstressTask other([&promise]() -> QSeamstressScript {
        co_yield "other";
        promise.finish();
    });
    QTimer timer;
    connect(&timer, &QTimer::timeout, this, [&promise] { promise.finish(); });
    timer.setSingleShot(true);
    if (kind == "task") {
        QVERIFY(other.enter());
        other.finish();
    } else if (kind == "timer") {
        timer.start(1);
    }
#ifdef Q_OS_UNIX
    std::array<int, 2> pipe{ -1, -1 };
    QCOMPARE(::pipe(pipe.data()), 0);
    const auto close = qScopeGuard([&pipe] {
        ::close(pipe[0]);
        ::close(pipe[1]);
    });
    QSocketNotifier notifier(pipe[0], QSocketNotifier::Read);
    connect(&notifier, &QSocketNotifier::activated, this, [&] {
        notifier.setEnabled(false);
        promise.finish();
    });
    if (kind == "socket")
        QCOMPARE(::write(pipe[1], "x", 1), 1);
#else
    if (kind == "socket")
        QSKIP("needs a pipe of POSIX");
#endif
    QVERIFY2(task.enter(), qPrintable(task.errorString()));
    QVERIFY(task.exit());
}

void TestQSeamstressTask::runs_data()
{
    QTest::addColumn<QString>("where");
    for (const char *where : { "in-a-test-function", "while-exec-runs", "in-a-slot", "in-a-thread-with-an-event-loop", "in-a-thread-that-never-calls-exec", "after-quit" })
        QTest::newRow(where) << where;
}

void TestQSeamstressTask::runs()
{
    QFETCH(const QString, where);

    std::promise<bool> result; // not a variable: threads hand it over
    const auto run = [&result] {
        QThread *inSetUp = nullptr;
        QSeamstressTask task([&inSetUp]() -> QSeamstressScript {
            inSetUp = QThread::currentThread();
            co_yield "a";
        });
        result.set_value(task.enter() && task.pausePoint() == "a" && inSetUp == QThread::currentThread() && task.exit() && task.enter() && task.exit());
    };
    std::future<bool> done = result.get_future();
    if (where == "after-quit")
        QCoreApplication::quit();
    if (where == "while-exec-runs") {
        QTimer::singleShot(0, this, [&run] {
            run();
            QCoreApplication::exit();
        });
        QCoreApplication::exec();
    } else if (where == "in-a-slot") {
        QEventLoop loop;
        QTimer::singleShot(0, &loop, [&] {
            run();
            loop.quit();
        });
        loop.exec();
    } else if (where == "in-a-thread-with-an-event-loop") {
        const std::unique_ptr<QThread> thread(QThread::create([&run] {
            QEventLoop loop;
            QTimer::singleShot(0, &loop, [&] {
                run();
                loop.quit();
            });
            loop.exec();
        }));
        thread->start();
        thread->wait();
    } else if (where == "in-a-thread-that-never-calls-exec") {
        const std::unique_ptr<QThread> thread(QThread::create(run));
        thread->start();
        thread->wait();
    } else {
        run();
    }
    QVERIFY(done.get());
}

void TestQSeamstressTask::needsAnEventLoop()
{
    QSeamstressError error;
    QSeamstressExecutor::Phase phase{};
    bool isEmpty = false;
    std::thread([&] {
        QSeamstressTask task(&TestQSeamstressTask::twoPoints);
        task.setObjectName("task");
        if (!task.enter())
            error = task.error();
        phase = task.phase();
        isEmpty = task.errors().isEmpty();
    }).join();
    QCOMPARE(error.code(), QSeamstressError::NoRunningEventLoop);
    QCOMPARE(error.message(), "\"task\" cannot run, since a task runs on the event loop of its thread, and this thread has none. Make a QCoreApplication in main(), and own the "
                              "task in its thread or in a QThread; or run the script by QSeamstressThread.");
    QCOMPARE(phase, QSeamstressExecutor::Idle);
    QVERIFY(isEmpty);
}

void TestQSeamstressTask::processesEventsInEachMode()
{
    QSeamstressTask task(&TestQSeamstressTask::twoPoints);
    QCOMPARE(task.waitMode(), QSeamstressExecutor::ProcessEvents);
    task.setWaitMode(QSeamstressExecutor::Blocking);
    QCOMPARE(task.waitMode(), QSeamstressExecutor::ProcessEvents);
    QVERIFY(task.enter());
}

void TestQSeamstressTask::doesNothingBeforeTheEventLoopRuns()
{
    bool began = false;
    QSeamstressTask task([&began]() -> QSeamstressScript {
        began = true;
        co_yield "a";
    });
    task.start();
    QCOMPARE(task.phase(), QSeamstressExecutor::SettingUp);
    QVERIFY(!began);
    QCOMPARE(task.activity(), QSeamstressExecutor::InEventLoop);
    QCoreApplication::processEvents();
    QVERIFY(began);
    QCOMPARE(task.phase(), QSeamstressExecutor::Paused);
    QCOMPARE(task.activity(), QSeamstressExecutor::Halted);
}

void TestQSeamstressTask::macroDeclaresAndEnters()
{
    int number = 1;
    int other = 2;
    QSEAMSTRESS_TASK(adder, [&number, &other]() -> QSeamstressScript {
        number += other;
        co_yield "added";
    });
    QCOMPARE(adder.objectName(), "adder");
    QCOMPARE(adder.pausePoint(), "added");
    QCOMPARE(number, 3);
}

void TestQSeamstressTask::verbInItsOwnStep_data()
{
    QTest::addColumn<bool>("byAVerb");
    QTest::newRow("driven-by-a-verb") << true;
    QTest::newRow("driven-by-the-event-loop") << false;
}

void TestQSeamstressTask::verbInItsOwnStep()
{
    QFETCH(const bool, byAVerb);

    QSeamstressTask *self = nullptr;
    bool exited = true;
    QSeamstressError error;
    QSeamstressTask task([&]() -> QSeamstressScript {
        exited = self->exit();
        error = self->error();
        self->finish(); // does not wait
        co_yield "passed";
    });
    task.setObjectName("task");
    self = &task;
    QTest::ignoreMessage(QtWarningMsg, "QSeamstressTask::exit: \"task\" is in a step of its script, which called this and would wait for itself; call it from outside, or use finish().");
    if (byAVerb) {
        QTest::ignoreMessage(QtWarningMsg, "QSeamstressTask::finish: \"task\" is waiting in a verb, which called this slot; call it after that one has returned.");
        QVERIFY(task.enter());
        QVERIFY(task.exit());
    } else {
        task.start();
        QTRY_COMPARE(task.phase(), QSeamstressExecutor::Finished);
    }
    QVERIFY(!exited);
    QCOMPARE(error.code(), QSeamstressError::InvalidUse);
}

void TestQSeamstressTask::destroyedInItsOwnStep()
{
    RecordedFailures failures;
    bool ended = false;
    std::unique_ptr<QSeamstressTask> task;
    task = std::make_unique<QSeamstressTask>([&]() -> QSeamstressScript {
        // Kept by the coroutine, since the callable may go with the executor.
        bool *const hasEnded = &ended;
        std::unique_ptr<QSeamstressTask> *const owner = &task;
        co_yield "a";
        owner->reset();
        co_yield "passed";
        *hasEnded = true;
    });
    task->setObjectName("task");
    QVERIFY(task->enter());
    task->resume();
    QTRY_VERIFY(!task);
    const QStringList messages = failures.take();
    QCOMPARE(messages.size(), 1);
    QVERIFY2(messages.first().startsWith("\"task\" did not end within "), qPrintable(messages.first()));
    QVERIFY2(messages.first().contains("Its executor was destroyed by a step of the script itself"), qPrintable(messages.first()));
    QTRY_VERIFY(ended); // by itself
}

void TestQSeamstressTask::nestsAndCrosses()
{
    QStringList log;
    const auto script = [&log](QString name) -> QSeamstressScript {
        log += name + " set-up";
        co_yield "a";
        log += name + " tear-down";
    };
    // The step of one runs the other: that one is wholly within it.
    QSeamstressTask outer([&]() -> QSeamstressScript {
        QSeamstressTask inner([&] { return script("inner"); });
        if (!inner.enter() || !inner.exit())
            inner.error().raise();
        co_yield "a";
    });
    QVERIFY2(outer.enter(), qPrintable(outer.errorString()));
    QCOMPARE(std::exchange(log, {}), QStringList({ "inner set-up", "inner tear-down" }));

    // Both are on their way, and a slot in the wait for one waits for the other.
    QSeamstressTask first([&] { return script("first"); });
    QSeamstressTask second([&] { return script("second"); });
    bool entered = false;
    QMetaObject::invokeMethod(this, [&] { entered = second.enter(); }, Qt::QueuedConnection);
    QVERIFY(first.enter());
    QTRY_VERIFY(entered);
    QMetaObject::invokeMethod(this, [&] { entered = !first.exit(); }, Qt::QueuedConnection);
    QVERIFY(second.exit());
    QTRY_VERIFY(!entered);
    QCOMPARE(log.size(), 4);
}

void TestQSeamstressTask::slotsThatCallEachOther()
{
    // Each halt of one asks the other to go on, within a verb: that ends where it would come back to a verb that waits.
    QSeamstressTask ping(&TestQSeamstressTask::twoPoints);
    QSeamstressTask pong(&TestQSeamstressTask::twoPoints);
    ping.setObjectName("ping");
    pong.setObjectName("pong");
    QList<bool> results;
    connect(&ping, &QSeamstressExecutor::paused, this, [&] { results += pong.enter(); });
    connect(&pong, &QSeamstressExecutor::paused, this, [&] { results += ping.advance(); });
    QTest::ignoreMessage(QtWarningMsg, "QSeamstressTask::advance: \"ping\" is waiting in another verb, which called this slot; call it after that one has returned.");
    QVERIFY(ping.enter());
    QCOMPARE(results, QList<bool>({ false, true }));
    ping.disconnect(this);
    pong.disconnect(this);
    QVERIFY(ping.exit());
    QVERIFY(pong.exit());
}

void TestQSeamstressTask::startedByEachOtherWithoutRecursion()
{
    static constexpr int rounds = 20'000;
    QSeamstressTask ping([] { return true; });
    QSeamstressTask pong([] { return true; });
    int left = rounds;
    int depth = 0;
    int deepest = 0;
    const auto play = [&](QSeamstressTask &other) {
        return [&] {
            deepest = std::max(deepest, ++depth);
            if (--left > 0)
                other.start();
            --depth;
        };
    };
    connect(&ping, &QSeamstressExecutor::paused, &ping, &QSeamstressExecutor::finish);
    connect(&pong, &QSeamstressExecutor::paused, &pong, &QSeamstressExecutor::finish);
    connect(&ping, &QSeamstressExecutor::finished, this, play(pong));
    connect(&pong, &QSeamstressExecutor::finished, this, play(ping));
    ping.start();
    QTRY_VERIFY_WITH_TIMEOUT(left == 0, 300'000);
    QCOMPARE(deepest, 1);
}

void TestQSeamstressTask::setUpOfAConfigAwaits()
{
    class Config : public QSeamstressConfig
    {
    public:
        explicit Config(const QFuture<QString> &connected)
            : m_connected(connected)
        {
        }
        QSeamstressScript script() override
        {
            name = co_await m_connected;
            co_yield "connected";
            name.clear();
        }
        QString name;

    private:
        const QFuture<QString> m_connected;
    };

    QPromise<QString> promise;
    promise.start();
    Config config(promise.future());
    QSeamstressTask task(&config);
    QVERIFY(!task.enter(QDeadlineTimer(1)));
    QCOMPARE(task.error().code(), QSeamstressError::PauseTimedOut);
    QCOMPARE(config.thread(), QThread::currentThread());
    promise.addResult("server");
    promise.finish();
    QVERIFY(task.waitForPaused());
    QCOMPARE(config.name, "server");
    QVERIFY(task.exit());
    QCOMPARE(config.name, "");
}

void TestQSeamstressTask::scriptThatLoopsForEver()
{
    RecordedFailures failures;
    bool destroyed = false;
    {
        const ShortPatience shortPatience;
        QSeamstressTask task([&destroyed]() -> QSeamstressScript {
            const auto end = qScopeGuard([&destroyed] { destroyed = true; });
            for (;;)
                co_yield "again";
        });
        task.setObjectName("task");
        QVERIFY(task.enter());
        QVERIFY(!task.exit(QDeadlineTimer(1)));
        QCOMPARE(task.error().code(), QSeamstressError::TaskStillExecuting);
        QCOMPARE(task.phase(), QSeamstressExecutor::TearingDown);
        QVERIFY(!destroyed);
    }
    // It is a coroutine that stands still between two turns, so it can be ended without its help.
    QVERIFY(destroyed);
    const QStringList messages = failures.take();
    QCOMPARE(messages.size(), 1);
    QVERIFY2(messages.first().contains("did not end within"), qPrintable(messages.first()));
}

void TestQSeamstressTask::abandonedRunsAreFreed()
{
    RecordedFailures failures;
    const ShortPatience shortPatience;
    const auto captured = std::make_shared<int>(1);
    auto task = std::make_unique<QSeamstressTask>([captured]() -> QSeamstressScript {
        const std::shared_ptr<int> kept = captured;
        co_yield "a";
    });
    QVERIFY(task->enter());
    QTest::ignoreMessage(QtWarningMsg, QRegularExpression("destroyed in a thread that does not own it"));
    std::thread([&task] { task.reset(); }).join();
    QCOMPARE(failures.take().size(), 1);
    QVERIFY(captured.use_count() > 1);
    QTRY_COMPARE(captured.use_count(), 1);
}

QTEST_GUILESS_MAIN(TestQSeamstressTask)
#include "tst_qseamstresstask.moc"
