// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

// What is specific to tasks: the iterations of the event loop. ../executor tests what holds for every executor.

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

#include "../shared/recordedfailures.h"
#include "../shared/shortpatience.h"

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
    // What a step posts is delivered before the next step, but not before the end of this one.
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
    // Each of these needs the event loop, which runs only in enter().
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
        QSKIP("requires a POSIX pipe");
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

    std::promise<bool> result; // not a plain bool: this synchronises the threads
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
    QCOMPARE(error.message(), "\"task\" cannot run: a task runs on the event loop of its thread, and this thread has none. Create a QCoreApplication in main(), and create the "
                              "task in that thread or in a QThread; or run the script in a QSeamstressThread.");
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
    // A coroutine is suspended between two iterations of the event loop, so it can be destroyed without its cooperation.
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
