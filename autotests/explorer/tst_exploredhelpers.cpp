// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

// Scripts of an explorer that wait for something other than scripts: helper threads that wait themselves, timers, other processes.

#include <QSeamstressExplorer>
#include <QSeamstressTest>

#include <QtConcurrent/QtConcurrentRun>
#include <QtTest/QTest>

#include <QEventLoop>
#include <QMutex>
#include <QRegularExpression>
#include <QScopeGuard>
#include <QSemaphore>
#include <QThread>
#include <QThreadPool>
#include <QTimer>
#include <QWaitCondition>

#include <array>
#include <chrono>
#include <condition_variable>
#include <functional>
#include <memory>
#include <mutex>
#include <semaphore>
#include <thread>
#include <vector>

#ifdef Q_OS_LINUX
#include <csignal>
#include <ctime>
#endif

#include "../shared/shortpatience.h"
#include "endingwaits.h"

using namespace std::chrono_literals;

class TestExploredHelpers : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void helperStillWaits_data();
    void helperStillWaits();
    void scriptStillWaits_data();
    void scriptStillWaits();
    void processStillWaits_data();
    void processStillWaits();
    void jobsStillWait();
    void helpersHandOver();
    void helperThatNeverComes_data();
    void helperThatNeverComes();
    void helperThatWaitsForOthers_data();
    void helperThatWaitsForOthers();
};

void TestExploredHelpers::initTestCase()
{
    if (!QSeamstressThread::isActivityAvailable())
        QSKIP("This system does not report what a thread does.");
}

using Begin = decltype(EndingWait::begin);
Q_DECLARE_METATYPE(Begin)
Q_DECLARE_METATYPE(std::chrono::milliseconds)

static std::function<void()> timeoutOfACondition()
{
    const auto mutex = std::make_shared<QMutex>();
    const auto condition = std::make_shared<QWaitCondition>();
    return [=] {
        const QMutexLocker locker(mutex.get());
        condition->wait(mutex.get(), 100);
    };
}

static std::function<void()> timeoutOfASemaphore()
{
    return [semaphore = std::make_shared<QSemaphore>()] { semaphore->tryAcquire(1, 100); };
}

template <class Clock>
static std::function<void()> timeoutOfAStandardCondition()
{
    const auto mutex = std::make_shared<std::mutex>();
    const auto condition = std::make_shared<std::condition_variable>();
    return [=] {
        std::unique_lock lock(*mutex);
        condition->wait_until(lock, Clock::now() + 100ms);
    };
}

static std::function<void()> timeoutOfALock()
{
    const auto mutex = std::make_shared<std::timed_mutex>();
    std::thread([mutex] { mutex->lock(); }).join(); // forever
    return [mutex] { static_cast<void>(mutex->try_lock_for(100ms)); };
}

template <class Clock>
static std::function<void()> sleep()
{
    return [] { std::this_thread::sleep_until(Clock::now() + 100ms); };
}

static std::function<void()> timerOfAnEventLoop()
{
    return [] {
        QEventLoop loop;
        QTimer::singleShot(100, &loop, &QEventLoop::quit);
        loop.exec();
    };
}

static void addWaits()
{
    QTest::addColumn<Begin>("begin");
    QList<EndingWait> waits{
        { "QWaitCondition", &timeoutOfACondition },
        { "QSemaphore", &timeoutOfASemaphore },
        { "condition_variable", &timeoutOfAStandardCondition<std::chrono::steady_clock> },
        { "condition_variable-wall-clock", &timeoutOfAStandardCondition<std::chrono::system_clock> },
        { "timed_mutex", &timeoutOfALock },
        { "sleep", &sleep<std::chrono::steady_clock> },
        { "sleep-wall-clock", &sleep<std::chrono::system_clock> },
        { "timer-of-its-event-loop", &timerOfAnEventLoop },
    };
    waits += waitsOfTheSystem();
    for (const EndingWait &wait : std::as_const(waits))
        QTest::newRow(wait.name.constData()) << wait.begin;
}

void TestExploredHelpers::helperStillWaits_data()
{
    addWaits();
}

// Only the helper can free the script.
void TestExploredHelpers::helperStillWaits()
{
    QFETCH(const Begin, begin);

    std::thread helper; // not QThread, since ThreadSanitizer does not see that QThread::wait() synchronises
    const auto join = [&helper] {
        if (helper.joinable())
            helper.join();
    };
    const auto joinAtTheEnd = qScopeGuard(join);
    std::shared_ptr<QSemaphore> semaphore;
    QSeamstressExplorer explorer;
    explorer.addThread("A", [&semaphore]() -> QSeamstressScript {
        co_yield "begun";
        semaphore->acquire();
    });
    explorer.setReset([&] {
        join();
        semaphore = std::make_shared<QSemaphore>();
        helper = std::thread([wait = begin(), own = semaphore] {
            wait();
            own->release();
        });
    });
    QVERIFY2(explorer.explore(), qPrintable(explorer.report()));
}

void TestExploredHelpers::scriptStillWaits_data()
{
    addWaits();
}

void TestExploredHelpers::scriptStillWaits()
{
    QFETCH(const Begin, begin);

    std::function<void()> wait;
    QSeamstressExplorer explorer;
    explorer.addThread("A", [&wait]() -> QSeamstressScript {
        co_yield "begun";
        wait();
    });
    explorer.setReset([&] {
        wait = {};
        wait = begin();
    });
    QVERIFY2(explorer.explore(), qPrintable(explorer.report()));
}

// Called in the process of the script.
static void waitForAThread()
{
    std::thread([] { std::this_thread::sleep_for(100ms); }).join();
}

static void waitForAComputation()
{
    std::thread([] {
        for (const QDeadlineTimer end(100); !end.hasExpired();) { }
    }).join();
}

static void waitForAJob()
{
    QtConcurrent::run([] { QThread::msleep(100); }).waitForFinished();
}

using Function = void (*)();
Q_DECLARE_METATYPE(Function)

void TestExploredHelpers::processStillWaits_data()
{
    QTest::addColumn<Function>("wait");
    QTest::addColumn<bool>("ends");
    QTest::newRow("thread") << Function(&waitForAThread) << true;
    QTest::newRow("thread-that-computes") << Function(&waitForAComputation) << true;
    QTest::newRow("job") << Function(&waitForAJob) << true;
#ifdef Q_OS_LINUX
    QTest::newRow("alarm") << Function(&waitForAnAlarm) << true;
#endif
    QTest::newRow("nobody") << Function([] { QSemaphore().acquire(); }) << false;
}

void TestExploredHelpers::processStillWaits()
{
    QFETCH(const Function, wait);
    QFETCH(const bool, ends);
    QSeamstressExplorer explorer;
    explorer.addProcess("P", wait);
    QCOMPARE(explorer.explore(), ends);
    QVERIFY2(explorer.verdict() == (ends ? QSeamstressExplorer::Passed : QSeamstressExplorer::Deadlock), qPrintable(explorer.report()));
}

// Waits with a longer time-out than in the tests above, like that of an idle thread of a pool: in a job, in a job that has released its
// thread to the pool, and in a thread that a job has created, which inherits the name of the pool's thread.
void TestExploredHelpers::jobsStillWait()
{
    QSemaphore never;
    QSemaphore semaphore;
    const auto wait = [&] {
        never.tryAcquire(1, 4500);
        semaphore.release();
    };
    QThreadPool pool;
    static_cast<void>(QtConcurrent::run(wait));
    static_cast<void>(QtConcurrent::run([wait] {
        QThreadPool::globalInstance()->releaseThread();
        wait();
        QThreadPool::globalInstance()->reserveThread();
    }));
    static_cast<void>(QtConcurrent::run(&pool, [wait] { std::thread(wait).join(); }));
    QSeamstressExplorer explorer;
    explorer.setTimeout(60s);
    explorer.addThread("A", [&semaphore] { semaphore.acquire(3); });
    const bool passed = explorer.run({});
    QThreadPool::globalInstance()->waitForDone();
    QVERIFY2(passed, qPrintable(explorer.report()));
}

// Two helpers pass a token back and forth, so that each of them may be found waiting whenever the explorer checks it. The explorer checks
// them first and last, with many threads in between that wait forever.
void TestExploredHelpers::helpersHandOver()
{
    struct Shared
    {
        std::array<QSemaphore, 2> turns;
        std::atomic<bool> isOver = false;
        QSemaphore leave;
        QSemaphore freed;
    };
    static constexpr int idlers = 40;
    const auto shared = std::make_shared<Shared>();
    std::thread first([shared] {
        while (!shared->isOver) {
            shared->turns[0].acquire();
            shared->turns[1].release();
        }
    });
    std::vector<std::thread> idle;
    for (int number = 0; number < idlers; ++number)
        idle.emplace_back([shared] { shared->leave.acquire(); });
    std::thread last([shared] {
        shared->turns[0].release();
        const QDeadlineTimer end(500);
        while (!end.hasExpired()) {
            shared->turns[1].acquire();
            shared->turns[0].release();
        }
        shared->isOver = true;
        shared->turns[0].release();
        shared->freed.release();
    });

    QSeamstressExplorer explorer;
    explorer.setTimeout(60s);
    explorer.addThread("A", [shared] { shared->freed.acquire(); });
    const bool passed = explorer.run({});
    shared->leave.release(idlers);
    for (std::thread *const thread : { &first, &last })
        thread->join();
    for (std::thread &thread : idle)
        thread.join();
    QVERIFY2(passed, qPrintable(explorer.report()));
}

void TestExploredHelpers::helperThatNeverComes_data()
{
    QTest::addColumn<std::chrono::milliseconds>("sleep");
    QTest::newRow("short-sleeps") << 5ms;
    QTest::newRow("long-sleeps") << 200ms;
}

// The report names the helper.
void TestExploredHelpers::helperThatNeverComes()
{
    QFETCH(const std::chrono::milliseconds, sleep);

    std::atomic<bool> isOver = false;
    const std::unique_ptr<QThread> helper(QThread::create([&isOver, sleep] {
        while (!isOver)
            std::this_thread::sleep_for(sleep);
    }));
    const auto end = qScopeGuard([&] {
        isOver = true;
        helper->wait();
    });
    helper->setObjectName("the helper");
    helper->start();
    const auto semaphore = std::make_shared<QSemaphore>();
    const ShortPatience patience; // otherwise, the explorer waits 5 s for the script to end
    QSeamstressExplorer explorer;
    explorer.addThread("A", [semaphore] { semaphore->acquire(); });
    QVERIFY(!explorer.run({}));
    QVERIFY2(explorer.verdict() == QSeamstressExplorer::TimedOut, qPrintable(explorer.report()));
    const QRegularExpression named("\nThe thread \\d+ \\(the helper\\), which runs no script, is (sleeping in clock_nanosleep|computing)");
    QVERIFY2(explorer.report().contains(named), qPrintable(explorer.report()));
    semaphore->release();
}

void TestExploredHelpers::helperThatWaitsForOthers_data()
{
    QTest::addColumn<QString>("kind");
    QTest::newRow("semaphore") << "semaphore";
    QTest::newRow("event-loop") << "event-loop";
    QTest::newRow("pool") << "pool";
#ifdef Q_OS_LINUX
    QTest::newRow("timer-that-does-not-run") << "timer-that-does-not-run";
    QTest::newRow("timer-without-a-signal") << "timer-without-a-signal";
#endif
}

// Nothing can free the script, which is reported at once.
void TestExploredHelpers::helperThatWaitsForOthers()
{
    QFETCH(const QString, kind);

    QSemaphore leave;
    QSemaphore begun;
    std::unique_ptr<QThread> helper;
#ifdef Q_OS_LINUX
    sigevent event{};
    event.sigev_notify = kind == "timer-without-a-signal" ? SIGEV_NONE : SIGEV_SIGNAL;
    event.sigev_signo = SIGUSR2;
    timer_t timer{};
    const itimerspec hour{ {}, { 3600, 0 } };
    const bool hasTimer = kind.startsWith("timer");
    QVERIFY(!hasTimer || ::timer_create(CLOCK_MONOTONIC, &event, &timer) == 0);
    const auto deleteTimer = qScopeGuard([&] {
        if (hasTimer)
            ::timer_delete(timer);
    });
    if (kind == "timer-without-a-signal")
        QCOMPARE(::timer_settime(timer, 0, &hour, nullptr), 0);
#endif
    if (kind == "pool") {
        QThreadPool::globalInstance()->start([] {}); // leaves an idle thread in the pool for a while
        QThreadPool::globalInstance()->waitForDone();
        QThreadPool::globalInstance()->start([] {});
        QTest::qWait(10);
    } else {
        helper.reset(QThread::create([&] {
            begun.release();
            if (kind == "event-loop")
                QEventLoop().exec();
            else
                leave.acquire();
        }));
        helper->start();
        begun.acquire();
    }
    const auto semaphore = std::make_shared<QSemaphore>();
    QSeamstressExplorer explorer;
    explorer.addThread("A", [semaphore] { semaphore->acquire(); });
    QVERIFY(!explorer.run({}));
    QVERIFY2(explorer.verdict() == QSeamstressExplorer::Deadlock, qPrintable(explorer.report()));
    semaphore->release();
    leave.release();
    if (helper) {
        helper->quit();
        helper->wait();
    }
}

QTEST_MAIN(TestExploredHelpers)
#include "tst_exploredhelpers.moc"
