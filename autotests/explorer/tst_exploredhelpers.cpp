// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

// Scripts of an explorer that wait for threads that run no script: those that wait themselves, the explorer's own, each other's event loops.

#include <QSeamstressExplorer>
#include <QSeamstressTest>

#include <QtConcurrent/QtConcurrentRun>
#include <QtTest/QTest>

#include <QCoreApplication>
#include <QEvent>
#include <QMutex>
#include <QPromise>
#include <QScopeGuard>
#include <QSemaphore>
#include <QSocketNotifier>
#include <QThread>
#include <QThreadPool>
#include <QTimer>
#include <QWaitCondition>

#include <chrono>
#include <condition_variable>
#include <functional>
#include <memory>
#include <mutex>
#include <thread>

#ifdef Q_OS_UNIX
#include <poll.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>
#endif

#include "../shared/overheardmessage.h"
#include "../shared/shortpatience.h"

using namespace std::chrono_literals;

class TestExploredHelpers : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void helperStillWaits_data();
    void helperStillWaits();
    void helperThatNeverComes_data();
    void helperThatNeverComes();
    void helperThatWaitsForOthers_data();
    void helperThatWaitsForOthers();
    void waitsForAChildProcess();
    void callsTheExplorersThread_data();
    void callsTheExplorersThread();
    void callThatBlocks();
    void queuedCallsBelongToTheirOrder();
    void tasksAwaitEachOther_data();
    void tasksAwaitEachOther();
    void somethingComesToTheEventLoop_data();
    void somethingComesToTheEventLoop();
};

void TestExploredHelpers::initTestCase()
{
    if (!QSeamstressThread::isActivityAvailable())
        QSKIP("This system does not tell what a thread does.");
}

#ifdef Q_OS_UNIX
// Two ends; what is written to one can be read from the other.
class Ends
{
public:
    explicit Ends(bool areSockets)
    {
        if ((areSockets ? ::socketpair(AF_UNIX, SOCK_STREAM, 0, m_ends) : ::pipe(m_ends)) != 0)
            qFatal("no pipe");
    }
    ~Ends()
    {
        ::close(m_ends[0]);
        ::close(m_ends[1]);
    }
    Q_DISABLE_COPY_MOVE(Ends)
    int readEnd() const { return m_ends[0]; }
    void read() const
    {
        char character;
        while (::read(m_ends[0], &character, 1) < 0) { }
    }
    void write() const
    {
        while (::write(m_ends[1], "x", 1) < 0) { }
    }

private:
    int m_ends[2]{ -1, -1 };
};

static void waitForPoll(int descriptor, int milliseconds)
{
    pollfd polled{ descriptor, POLLIN, 0 };
    while (::poll(&polled, 1, milliseconds) < 0) { }
}

// A process that ends after a while, and does nothing else.
static pid_t startSleeper()
{
    const pid_t child = ::fork();
    if (child == 0) {
        ::usleep(200'000);
        ::_exit(0);
    }
    return child;
}

static void waitForProcess(pid_t child)
{
    int status = 0;
    while (::waitpid(child, &status, 0) < 0 && errno == EINTR) { }
}
#endif

// What a helper waits for, and who makes it come: after a while, from a thread that sleeps, if it is not null.
struct Wait
{
    std::function<void()> wait;
    std::function<void()> end = {};
};

using MakeWait = Wait (*)();
Q_DECLARE_METATYPE(MakeWait)
Q_DECLARE_METATYPE(std::chrono::milliseconds)

template <int milliseconds>
static Wait waitOfACondition()
{
    const auto mutex = std::make_shared<QMutex>();
    const auto condition = std::make_shared<QWaitCondition>();
    return { [=] {
        const QMutexLocker locker(mutex.get());
        condition->wait(mutex.get(), milliseconds);
    } };
}

void TestExploredHelpers::helperStillWaits_data()
{
    QTest::addColumn<MakeWait>("make");
    QTest::newRow("QWaitCondition") << MakeWait(&waitOfACondition<200>);
    QTest::newRow("QSemaphore") << MakeWait([]() -> Wait { return { [semaphore = std::make_shared<QSemaphore>()] { semaphore->tryAcquire(1, 200); } }; });
    QTest::newRow("condition_variable") << MakeWait([]() -> Wait {
        const auto mutex = std::make_shared<std::mutex>();
        const auto condition = std::make_shared<std::condition_variable>();
        return { [=] {
            std::unique_lock lock(*mutex);
            condition->wait_for(lock, 200ms);
        } };
    });
    QTest::newRow("condition_variable-wall-clock") << MakeWait([]() -> Wait {
        const auto mutex = std::make_shared<std::mutex>();
        const auto condition = std::make_shared<std::condition_variable>();
        return { [=] {
            std::unique_lock lock(*mutex);
            condition->wait_until(lock, std::chrono::system_clock::now() + 200ms);
        } };
    });
    QTest::newRow("timed_mutex") << MakeWait([]() -> Wait {
        const auto mutex = std::make_shared<std::timed_mutex>();
        std::thread([mutex] { mutex->lock(); }).join(); // for ever
        return { [mutex] { static_cast<void>(mutex->try_lock_for(200ms)); } };
    });
    QTest::newRow("sleep") << MakeWait([]() -> Wait { return { [] { std::this_thread::sleep_for(200ms); } }; });
    QTest::newRow("sleep-until") << MakeWait([]() -> Wait { return { [] { std::this_thread::sleep_until(std::chrono::system_clock::now() + 200ms); } }; });
    QTest::newRow("timer-of-its-event-loop") << MakeWait([]() -> Wait {
        return { [] {
            QEventLoop loop;
            QTimer::singleShot(200, &loop, &QEventLoop::quit);
            loop.exec();
        } };
    });
#ifdef Q_OS_UNIX
    QTest::newRow("pipe") << MakeWait([]() -> Wait {
        const auto ends = std::make_shared<Ends>(false);
        return { [ends] { ends->read(); }, [ends] { ends->write(); } };
    });
    QTest::newRow("socket") << MakeWait([]() -> Wait {
        const auto ends = std::make_shared<Ends>(true);
        return { [ends] { ends->read(); }, [ends] { ends->write(); } };
    });
    QTest::newRow("poll") << MakeWait([]() -> Wait {
        const auto ends = std::make_shared<Ends>(false);
        return { [ends] { waitForPoll(ends->readEnd(), -1); }, [ends] { ends->write(); } };
    });
    QTest::newRow("poll-with-a-time-out") << MakeWait([]() -> Wait {
        const auto ends = std::make_shared<Ends>(false);
        return { [ends] { waitForPoll(ends->readEnd(), 200); } };
    });
    QTest::newRow("child-process") << MakeWait([]() -> Wait { return { [child = startSleeper()] { waitForProcess(child); } }; });
#endif
}

// The script waits for the helper, which is the only one to free it.
void TestExploredHelpers::helperStillWaits()
{
    QFETCH(const MakeWait, make);

    // Not QThread, of which ThreadSanitizer does not see that it is waited for.
    std::thread helper;
    std::thread waker;
    const auto joinAll = [&] {
        for (std::thread *thread : { &helper, &waker }) {
            if (thread->joinable())
                thread->join();
        }
    };
    std::shared_ptr<QSemaphore> semaphore;
    QSeamstressExplorer explorer;
    explorer.addThread("A", [&semaphore]() -> QSeamstressScript {
        co_yield "begun";
        semaphore->acquire();
    });
    explorer.setReset([&] {
        joinAll();
        const Wait wait = make();
        semaphore = std::make_shared<QSemaphore>();
        helper = std::thread([wait, own = semaphore] {
            wait.wait();
            own->release();
        });
        if (wait.end) {
            waker = std::thread([end = wait.end] {
                std::this_thread::sleep_for(200ms);
                end();
            });
        }
    });
    QVERIFY2(explorer.run("A>begun"), qPrintable(explorer.report()));
    QVERIFY2(explorer.explore(), qPrintable(explorer.report()));
    joinAll();
}

void TestExploredHelpers::helperThatNeverComes_data()
{
    QTest::addColumn<std::chrono::milliseconds>("sleep");
    QTest::newRow("short-sleeps") << 5ms;
    QTest::newRow("long-sleeps") << 200ms;
}

// The report names it.
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
    const ShortPatience patience; // else it waits for the end of the script, for 5 s
    QSeamstressExplorer explorer;
    explorer.addThread("A", [semaphore] { semaphore->acquire(); });
    QVERIFY(!explorer.run({}));
    QVERIFY2(explorer.verdict() == QSeamstressExplorer::TimedOut, qPrintable(explorer.report()));
    const QRegularExpression named("\nThe thread \\d+ \\(the helper\\), which runs no script, is (asleep in clock_nanosleep|computing)");
    QVERIFY2(explorer.report().contains(named), qPrintable(explorer.report()));
    semaphore->release();
}

void TestExploredHelpers::helperThatWaitsForOthers_data()
{
    QTest::addColumn<QString>("kind");
    QTest::newRow("semaphore") << "semaphore";
    QTest::newRow("event-loop") << "event-loop";
    QTest::newRow("pool") << "pool";
}

// Nobody can free the script, and that is told at once.
void TestExploredHelpers::helperThatWaitsForOthers()
{
    QFETCH(const QString, kind);

    QSemaphore leave;
    QSemaphore begun;
    std::unique_ptr<QThread> helper;
    if (kind == "pool") {
        QThreadPool::globalInstance()->start([] {}); // a thread that is idle for a while then
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

// A script that does so itself.
void TestExploredHelpers::waitsForAChildProcess()
{
#ifdef Q_OS_UNIX
    QSeamstressExplorer explorer;
    explorer.addThread("A", [] { waitForProcess(startSleeper()); });
    QVERIFY2(explorer.run({}), qPrintable(explorer.report()));
#else
    QSKIP("This system has no fork().");
#endif
}

class Receiver : public QObject
{
    Q_OBJECT

public:
    int calls = 0;
    void add() { ++calls; }

Q_SIGNALS:
    void asked();

protected:
    void customEvent(QEvent *) override { ++calls; }
};

void TestExploredHelpers::callsTheExplorersThread_data()
{
    QTest::addColumn<QString>("kind");
    QTest::addColumn<bool>("isProcessed");
    for (const char *kind : { "blocking-call", "blocking-signal", "call-that-is-waited-for", "event-that-is-waited-for", "future-of-a-call" })
        QTest::addRow("%s", kind) << QString(kind);
}

// The thread of the explorer is what the script waits for: it is served at once, so that others cannot come in between.
void TestExploredHelpers::callsTheExplorersThread()
{
    QFETCH(const QString, kind);

    Receiver receiver;
    Receiver sender;
    QSemaphore isServed;
    // Made before, since ThreadSanitizer does not see what the posting of an event orders.
    std::vector<std::shared_ptr<QPromise<void>>> promises;
    std::atomic<int> made = 0;
    connect(&sender, &Receiver::asked, &receiver, &Receiver::add, Qt::BlockingQueuedConnection);
    QSeamstressExplorer explorer;
    const auto call = [&] {
        if (kind == "blocking-call") {
            QMetaObject::invokeMethod(&receiver, &Receiver::add, Qt::BlockingQueuedConnection);
        } else if (kind == "blocking-signal") {
            Q_EMIT sender.asked();
        } else if (kind == "call-that-is-waited-for") {
            QMetaObject::invokeMethod(&receiver, [&] { receiver.add(); isServed.release(); }, Qt::QueuedConnection);
            isServed.acquire();
        } else if (kind == "event-that-is-waited-for") {
            QCoreApplication::postEvent(&receiver, new QEvent(QEvent::User));
            QMetaObject::invokeMethod(&receiver, [&] { isServed.release(); }, Qt::QueuedConnection);
            while (!isServed.tryAcquire(1, 60'000)) { }
        } else {
            const std::shared_ptr<QPromise<void>> promise = promises.at(static_cast<std::size_t>(made++));
            QFuture<void> future = promise->future();
            QMetaObject::invokeMethod(&receiver, [&receiver, promise] { receiver.add(); promise->start(); promise->finish(); }, Qt::QueuedConnection);
            future.waitForFinished();
        }
    };
    for (const QString name : { "A", "B" }) {
        explorer.addThread(name, [&]() -> QSeamstressScript {
            co_yield "begun";
            call();
            co_yield "called";
            call();
        });
    }
    explorer.setReset([&] {
        receiver.calls = 0;
        made = 0;
        promises.clear();
        for (int call = 0; call < 4; ++call)
            promises.push_back(std::make_shared<QPromise<void>>());
    });
    explorer.setCheck([&receiver] { return receiver.calls == 4; });
    QVERIFY2(explorer.explore(), qPrintable(explorer.report()));
    QCOMPARE(explorer.triedOrders(), 20); // nobody was blocked
    QCOMPARE(explorer.infeasibleOrders(), 0);
}

// A halted script has what the call waits for. Nobody can help, but here the warning does.
void TestExploredHelpers::callThatBlocks()
{
    QSemaphore semaphore(1);
    Receiver receiver;
    QSeamstressExplorer explorer;
    explorer.addThread("A", [&]() -> QSeamstressScript {
        semaphore.acquire();
        co_yield "taken";
    });
    explorer.addThread("B", [&] { QMetaObject::invokeMethod(&receiver, [&] { semaphore.acquire(); }, Qt::BlockingQueuedConnection); });
    explorer.setTimeout(100ms);
    OverheardMessage warning("a call that a script queued", [&semaphore] { semaphore.release(); });
    QVERIFY(!explorer.run("A>taken B>done A>done"));
    QCOMPARE(explorer.verdict(), QSeamstressExplorer::TimedOut);
    QVERIFY2(!explorer.report().contains("left alone"), qPrintable(explorer.report()));
    const QRegularExpression text("^QSeamstressExplorer: a call that a script queued to an object of the explorer's thread has kept the thread of the explorer from running for \\d+ ms, "
                                  "and the test with it\\. Now it is blocked on .*, in futex\\. Let it not wait for what a script has that is halted");
    QVERIFY2(text.match(warning.text()).hasMatch(), qPrintable(warning.text()));
}

void TestExploredHelpers::queuedCallsBelongToTheirOrder()
{
    Receiver receiver;
    QSeamstressExplorer explorer;
    for (const QString name : { "A", "B" }) {
        explorer.addThread(name, [&]() -> QSeamstressScript {
            QMetaObject::invokeMethod(&receiver, &Receiver::add, Qt::QueuedConnection);
            co_yield "asked";
        });
    }
    explorer.setReset([&receiver] { receiver.calls = 0; });
    explorer.setCheck([&receiver] { return receiver.calls == 2; });
    QVERIFY2(explorer.explore(), qPrintable(explorer.report()));
}

struct TwoPromises
{
    QPromise<int> first;
    QPromise<int> second;
};

void TestExploredHelpers::tasksAwaitEachOther_data()
{
    QTest::addColumn<bool>("areThreads");
    QTest::addColumn<bool>("isOneAThread");
    QTest::newRow("tasks") << false << false;
    QTest::newRow("threads") << true << true;
    QTest::newRow("task-and-thread") << false << true;
}

void TestExploredHelpers::tasksAwaitEachOther()
{
    QFETCH(const bool, areThreads);
    QFETCH(const bool, isOneAThread);

    std::shared_ptr<TwoPromises> promises;
    const auto add = [](QSeamstressExplorer &explorer, bool isThread, const char *name, auto script) { isThread ? explorer.addThread(name, script) : explorer.addTask(name, script); };
    QSeamstressExplorer explorer;
    add(explorer, areThreads, "A", [&promises]() -> QSeamstressScript {
        const std::shared_ptr<TwoPromises> own = promises;
        co_yield "begun";
        own->second.addResult(co_await own->first.future());
        own->second.finish();
    });
    add(explorer, isOneAThread, "B", [&promises]() -> QSeamstressScript {
        const std::shared_ptr<TwoPromises> own = promises;
        own->first.addResult(co_await own->second.future());
        own->first.finish();
    });
    explorer.setReset([&promises] {
        promises = std::make_shared<TwoPromises>();
        promises->first.start();
        promises->second.start();
    });
    QElapsedTimer time;
    time.start();
    QVERIFY(!explorer.explore());
    QVERIFY2(explorer.verdict() == QSeamstressExplorer::Deadlock, qPrintable(explorer.report()));
    QVERIFY2(explorer.report().startsWith("Deadlock: Nobody can go on:\n"
                                          "A waits in co_await for a QFuture, after its pause point \"begun\".\n"
                                          "B waits in co_await for a QFuture, before its first pause point.\n"),
             qPrintable(explorer.report()));
}

void TestExploredHelpers::somethingComesToTheEventLoop_data()
{
    QTest::addColumn<QString>("kind");
    for (const char *kind : { "timer", "socket", "thread-that-sleeps", "pool" })
        QTest::addRow("%s", kind) << QString(kind);
#ifndef __SANITIZE_THREAD__ // which does not see what the posting of an event orders
    QTest::newRow("event-loop-with-a-timer") << "event-loop-with-a-timer";
#endif
}

// All scripts await, and yet it is no deadlock.
void TestExploredHelpers::somethingComesToTheEventLoop()
{
    QFETCH(const QString, kind);

    std::shared_ptr<QPromise<int>> promise;
    const auto fulfil = [](const std::shared_ptr<QPromise<int>> &own) {
        own->addResult(7);
        own->finish();
    };
    QThread other;
    QObject inOther;
    inOther.moveToThread(&other);
    other.start();
    std::thread helper;
    QTimer timer;
    timer.setSingleShot(true);
    connect(&timer, &QTimer::timeout, &timer, [&] { fulfil(promise); });
#ifdef Q_OS_UNIX
    const Ends ends(true);
    QSocketNotifier notifier(ends.readEnd(), QSocketNotifier::Read);
    connect(&notifier, &QSocketNotifier::activated, &notifier, [&] {
        ends.read();
        fulfil(promise);
    });
    notifier.setEnabled(kind == "socket");
#endif
    QSeamstressExplorer explorer;
    explorer.addTask("A", [&promise]() -> QSeamstressScript {
        if (co_await promise->future() != 7)
            throw std::runtime_error("not 7");
    });
    explorer.setReset([&] {
        promise = std::make_shared<QPromise<int>>();
        promise->start();
        if (helper.joinable())
            helper.join();
        if (kind == "timer") {
            timer.start(300);
        } else if (kind == "pool") {
            static_cast<void>(QtConcurrent::run([fulfil, own = promise] {
                QThread::msleep(300);
                fulfil(own);
            }));
        } else if (kind == "event-loop-with-a-timer") {
            QMetaObject::invokeMethod(&inOther, [&, own = promise] { QTimer::singleShot(300, &inOther, [fulfil, own] { fulfil(own); }); }, Qt::BlockingQueuedConnection);
        } else {
            helper = std::thread([&, own = promise] {
                std::this_thread::sleep_for(300ms);
#ifdef Q_OS_UNIX
                if (kind == "socket")
                    return ends.write();
#endif
                fulfil(own);
            });
        }
    });
    QVERIFY2(explorer.run({}), qPrintable(explorer.report()));
    QVERIFY2(explorer.run({}), qPrintable(explorer.report()));
    if (helper.joinable())
        helper.join();
    other.quit();
    other.wait();
}

QTEST_MAIN(TestExploredHelpers)
#include "tst_exploredhelpers.moc"
