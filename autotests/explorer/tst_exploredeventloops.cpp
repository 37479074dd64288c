// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

// Scripts of an explorer that wait for event loops: that of the explorer's thread, their own, or those of other scripts.

#include <QSeamstressExplorer>
#include <QSeamstressTest>

#include <QtConcurrent/QtConcurrentRun>
#include <QtTest/QTest>

#include <QAbstractEventDispatcher>
#include <QCoreApplication>
#include <QEvent>
#include <QEventLoop>
#include <QFile>
#include <QPromise>
#include <QRegularExpression>
#include <QSemaphore>
#include <QSocketNotifier>
#include <QTemporaryDir>
#include <QThread>
#include <QTimer>

#include <atomic>
#include <chrono>
#include <functional>
#include <memory>
#include <stdexcept>
#include <thread>
#include <vector>

#ifdef Q_OS_UNIX
#include <fcntl.h>
#include <sys/file.h>
#include <sys/socket.h>
#include <unistd.h>
#endif

#include "../shared/overheardmessage.h"

using namespace std::chrono_literals;

class TestExploredEventLoops : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void callsTheExplorersThread_data();
    void callsTheExplorersThread();
    void looksAgainAndAgain_data();
    void looksAgainAndAgain();
    void callThatBlocks();
    void endsBeforeTheCheck_data();
    void endsBeforeTheCheck();
    void tasksAwaitEachOther_data();
    void tasksAwaitEachOther();
    void somethingComesToTheEventLoop_data();
    void somethingComesToTheEventLoop();
    void timerOfTheExplorersThread_data();
    void timerOfTheExplorersThread();
    void timerBesideAProcess_data();
    void timerBesideAProcess();
};

void TestExploredEventLoops::initTestCase()
{
    if (!QSeamstressThread::isActivityAvailable())
        QSKIP("This system does not report what a thread does.");
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

void TestExploredEventLoops::callsTheExplorersThread_data()
{
    QTest::addColumn<QString>("kind");
    for (const char *kind : { "blocking-call", "blocking-signal", "call-that-is-waited-for", "event-that-is-waited-for", "future-of-a-call" })
        QTest::addRow("%s", kind) << QString(kind);
}

// The script waits for a call to the explorer's thread. The call is served at once, so that no other script takes a step in between.
void TestExploredEventLoops::callsTheExplorersThread()
{
    QFETCH(const QString, kind);

    Receiver receiver;
    Receiver sender;
    QSemaphore isServed;
    // Created in advance, since ThreadSanitizer does not see that posting an event synchronises.
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
    QCOMPARE(explorer.triedOrders(), 20); // no script was blocked
    QCOMPARE(explorer.infeasibleOrders(), 0);
}

// A paused script holds what the call waits for. Nothing could free it, except the handler of the warning in this test.
void TestExploredEventLoops::callThatBlocks()
{
    QSemaphore semaphore(1);
    Receiver receiver;
    QSeamstressExplorer explorer;
    explorer.addThread("A", [&]() -> QSeamstressScript {
        semaphore.acquire();
        co_yield "taken";
    });
    explorer.addThread("B", [&] { QMetaObject::invokeMethod(&receiver, [&] { semaphore.acquire(); }, Qt::BlockingQueuedConnection); });
    explorer.setTimeout(1s);
    OverheardMessage warning("a call that a script queued", [&semaphore] { semaphore.release(); });
    QVERIFY(!explorer.run("A>taken B>done A>done"));
    QCOMPARE(explorer.verdict(), QSeamstressExplorer::TimedOut);
    QVERIFY2(!explorer.report().contains("was abandoned"), qPrintable(explorer.report()));
    const QRegularExpression text("^QSeamstressExplorer: a call that a script queued to an object in the explorer's thread has blocked the explorer's thread, and the test with it, for \\d+ ms"
                                  "\\. Now it is blocked on .*, in futex\\. Do not let it wait for something that a paused script holds");
    QVERIFY2(text.match(warning.text()).hasMatch(), qPrintable(warning.text()));
}

void TestExploredEventLoops::endsBeforeTheCheck_data()
{
    QTest::addColumn<QString>("kind");
    QTest::addColumn<bool>("byTasks");
    for (const char *kind : { "queued-call", "call-that-queues-calls", "deleteLater" }) {
        QTest::addRow("%s", kind) << QString(kind) << false;
        QTest::addRow("%s-by-tasks", kind) << QString(kind) << true;
    }
}

// Calls that the scripts have queued to the explorer's thread are part of their order.
void TestExploredEventLoops::endsBeforeTheCheck()
{
    QFETCH(const QString, kind);
    QFETCH(const bool, byTasks);

    Receiver receiver;
    const auto countDown = [&receiver](const auto &self, int left) -> void {
        if (left == 0)
            receiver.add();
        else
            QMetaObject::invokeMethod(&receiver, [self, left] { self(self, left - 1); }, Qt::QueuedConnection);
    };
    std::vector<Receiver *> toDelete;
    const auto ask = [&](std::size_t script) {
        if (kind == "queued-call")
            QMetaObject::invokeMethod(&receiver, &Receiver::add, Qt::QueuedConnection);
        else if (kind == "deleteLater")
            toDelete.at(script)->deleteLater();
        else
            countDown(countDown, 5);
    };
    QSeamstressExplorer explorer;
    for (const std::size_t script : { 0U, 1U }) {
        const auto source = [&ask, script]() -> QSeamstressScript {
            ask(script);
            co_yield "asked";
        };
        const QString name(QLatin1Char(script == 0 ? 'A' : 'B'));
        byTasks ? explorer.addTask(name, source) : explorer.addThread(name, source);
    }
    explorer.setReset([&] {
        receiver.calls = 0;
        toDelete = { new Receiver, new Receiver };
        for (const Receiver *const object : toDelete)
            connect(object, &QObject::destroyed, &receiver, &Receiver::add);
    });
    explorer.setCheck([&] {
        const bool areServed = receiver.calls == 2;
        if (kind != "deleteLater")
            qDeleteAll(toDelete);
        return areServed;
    });
    QVERIFY2(explorer.explore(), qPrintable(explorer.report()));
    QCOMPARE(explorer.triedOrders(), 6);
}

void TestExploredEventLoops::looksAgainAndAgain_data()
{
    QTest::addColumn<QString>("way");
    for (const char *way : { "sleeps", "processes-events", "runs-an-event-loop", "waits-with-a-time-out" })
        QTest::addRow("%s", way) << QString(way);
}

// A script that polls whether its call to the explorer's thread has been served.
void TestExploredEventLoops::looksAgainAndAgain()
{
    QFETCH(const QString, way);

    Receiver receiver;
    std::atomic<bool> isServed = false;
    const auto wait = [&] {
        if (way == "runs-an-event-loop") {
            QEventLoop loop;
            QTimer timer;
            connect(&timer, &QTimer::timeout, &loop, [&] {
                if (isServed)
                    loop.quit();
            });
            timer.start(1);
            loop.exec();
            return;
        }
        QSemaphore never;
        while (!isServed) {
            if (way == "sleeps")
                QThread::msleep(1);
            else if (way == "processes-events")
                QCoreApplication::processEvents();
            else
                never.tryAcquire(1, 1);
        }
    };
    QSeamstressExplorer explorer;
    explorer.addThread("A", [&]() -> QSeamstressScript {
        QMetaObject::invokeMethod(&receiver, [&isServed] { isServed = true; }, Qt::QueuedConnection);
        wait();
        co_yield "served";
    });
    explorer.addThread("B", []() -> QSeamstressScript { co_yield "between"; });
    explorer.setReset([&isServed] { isServed = false; });
    QVERIFY2(explorer.explore(), qPrintable(explorer.report()));
}

struct TwoPromises
{
    QPromise<int> first;
    QPromise<int> second;
};

void TestExploredEventLoops::tasksAwaitEachOther_data()
{
    QTest::addColumn<bool>("areThreads");
    QTest::addColumn<bool>("isOneAThread");
    QTest::newRow("tasks") << false << false;
    QTest::newRow("threads") << true << true;
    QTest::newRow("task-and-thread") << false << true;
}

void TestExploredEventLoops::tasksAwaitEachOther()
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
    QVERIFY2(explorer.report().startsWith("Deadlock: No script can continue:\n"
                                          "A is waiting in co_await for a QFuture, after its pause point \"begun\".\n"
                                          "B is waiting in co_await for a QFuture, before its first pause point.\n"),
             qPrintable(explorer.report()));
}

#ifdef Q_OS_UNIX
// A pair of sockets: data that is written to one end can be read from the other.
class Ends
{
public:
    Ends()
    {
        if (::socketpair(AF_UNIX, SOCK_STREAM, 0, m_ends) != 0)
            qFatal("no socket");
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
#endif

void TestExploredEventLoops::somethingComesToTheEventLoop_data()
{
    QTest::addColumn<QString>("kind");
    QTest::addColumn<bool>("isTask");
    for (const char *kind : { "timer", "socket", "thread-that-sleeps", "pool", "event-loop-with-a-timer" }) {
#ifdef __SANITIZE_THREAD__ // which does not see that posting an event synchronises
        if (qstrcmp(kind, "event-loop-with-a-timer") == 0)
            continue;
#endif
        QTest::addRow("%s", kind) << QString(kind) << true;
        QTest::addRow("%s-for-a-thread", kind) << QString(kind) << false;
    }
}

// All scripts wait, but this is not a deadlock.
void TestExploredEventLoops::somethingComesToTheEventLoop()
{
    QFETCH(const QString, kind);
    QFETCH(const bool, isTask);

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
    const Ends ends;
    QSocketNotifier notifier(ends.readEnd(), QSocketNotifier::Read);
    connect(&notifier, &QSocketNotifier::activated, &notifier, [&] {
        ends.read();
        fulfil(promise);
    });
    notifier.setEnabled(kind == "socket");
#endif
    QSeamstressExplorer explorer;
    if (isTask) {
        explorer.addTask("A", [&promise]() -> QSeamstressScript {
            if (co_await promise->future() != 7)
                throw std::runtime_error("not 7");
        });
    } else {
        explorer.addThread("A", [&promise] {
            if (promise->future().result() != 7)
                throw std::runtime_error("not 7");
        });
    }
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

void TestExploredEventLoops::timerOfTheExplorersThread_data()
{
    QTest::addColumn<QString>("kind");
    for (const char *kind : { "alone", "beside-a-thread-that-sleeps", "wait-with-a-time-out", "read" })
        QTest::addRow("%s", kind) << QString(kind);
}

// Only the timer frees the script, whatever other threads do.
void TestExploredEventLoops::timerOfTheExplorersThread()
{
    QFETCH(const QString, kind);

    std::atomic<bool> isOver = false;
    std::thread heartbeat;
    if (kind == "beside-a-thread-that-sleeps") {
        heartbeat = std::thread([&isOver] {
            while (!isOver)
                std::this_thread::sleep_for(20ms);
        });
    }
#ifdef Q_OS_UNIX
    const Ends ends;
#endif
    QSemaphore semaphore;
    QTimer timer;
    timer.setSingleShot(true);
    connect(&timer, &QTimer::timeout, &timer, [&] {
#ifdef Q_OS_UNIX
        if (kind == "read")
            return ends.write();
#endif
        semaphore.release();
    });
    QSeamstressExplorer explorer;
    explorer.addThread("A", [&] {
#ifdef Q_OS_UNIX
        if (kind == "read")
            return ends.read();
#endif
        if (kind != "wait-with-a-time-out")
            semaphore.acquire();
        else if (!semaphore.tryAcquire(1, 60'000))
            throw std::runtime_error("the timer did not fire");
    });
    explorer.setReset([&timer] { timer.start(100); });
    const bool passed = explorer.explore();
    isOver = true;
    if (heartbeat.joinable())
        heartbeat.join();
    QVERIFY2(passed, qPrintable(explorer.report()));
}

void TestExploredEventLoops::timerBesideAProcess_data()
{
    QTest::addColumn<bool>("isSlow");
    QTest::newRow("in-its-wait") << false;
    QTest::newRow("on-its-way-into-its-wait") << true;
}

#ifdef Q_OS_UNIX
static int lockedFile(const QString &path)
{
    const int file = ::open(QFile::encodeName(path).constData(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    while (::flock(file, LOCK_EX) != 0) { }
    return file;
}

// A process is blocked on a lock of a task that waits for the timer.
void TestExploredEventLoops::timerBesideAProcess()
{
    QFETCH(const bool, isSlow);

    const QTemporaryDir directory;
    std::unique_ptr<QPromise<void>> promise;
    QObject slowness;
    if (isSlow) {
        connect(QAbstractEventDispatcher::instance(), &QAbstractEventDispatcher::aboutToBlock, &slowness, [] {
            for (const QDeadlineTimer end(30); !end.hasExpired();) { }
        });
    }
    QTimer timer;
    timer.setSingleShot(true);
    connect(&timer, &QTimer::timeout, &timer, [&promise] { promise->finish(); });
    QSeamstressExplorer explorer;
    explorer.addTask("T", [&]() -> QSeamstressScript {
        const int file = lockedFile(directory.filePath("file"));
        co_yield "has the lock";
        co_await promise->future();
        ::close(file);
    });
    explorer.addProcess("P", [](QString path) { ::close(lockedFile(path)); }, directory.filePath("file"));
    explorer.setReset([&] {
        promise = std::make_unique<QPromise<void>>();
        promise->start();
        timer.start(1000);
    });
    QVERIFY2(explorer.run("T>has the lock P>blocked"), qPrintable(explorer.report()));
}
#else
void TestExploredEventLoops::timerBesideAProcess()
{
    QSKIP("This system has no flock().");
}
#endif

QTEST_MAIN(TestExploredEventLoops)
#include "tst_exploredeventloops.moc"
