// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

// The kinds of script of an explorer: threads, tasks, processes and mixtures of them, with everything that they may await.

#include <QSeamstressExplorer>
#include <QSeamstressTest>

#include <QtTest/QTest>

#include <QThreadStorage>

#include <atomic>
#include <csignal>

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include "../shared/shortpatience.h"

class TestExploredScripts : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void forms();
    void mixture();
    void processes();
    void processThatThrows();
    void processThatDies();
    void deadlockOfProcesses();
    void awaitsAnotherScript();
    void stepThatDoesNotEnd_data();
    void stepThatDoesNotEnd();
    void waitsInALoop_data();
    void waitsInALoop();
    void hasNoEnd_data();
    void hasNoEnd();
    void boundedMemory();
    void everyWaitHasADeadline_data();
    void everyWaitHasADeadline();
};

void TestExploredScripts::forms()
{
    QStringList log;
    QSeamstressExplorer explorer;
    explorer.addThread("plain", [&log] {
        QSeamstress::pause("half way");
        log.append("plain");
    });
    explorer.addThread("guard", [&log] { return qScopeGuard([&log] { log.append("guard"); }); });
    explorer.addThread("truth", [] { return true; });
    explorer.addTask("coroutine", [&log]() -> QSeamstressScript {
        co_yield QSeamstress::Pause("here", 7);
        log.append("coroutine");
    });
    explorer.setReset([&log] { log.clear(); });
    explorer.setCheck([&log] {
        log.sort();
        return log == QStringList{ "coroutine", "guard", "plain" };
    });
    QVERIFY2(explorer.run("guard>#1 plain>half way coroutine>here"), qPrintable(explorer.report()));
    QCOMPARE(explorer.report(), "Passed: guard>#1 plain>half way coroutine>here plain>done guard>done truth>#1 truth>done coroutine>done");
    QVERIFY2(explorer.explore(), qPrintable(explorer.report()));
    QCOMPARE(explorer.triedOrders(), 2520); // 8! / 2!^4
}

static QSeamstressScript append(QString path, char letter)
{
    const auto write = [&path, letter] {
        QFile file(path);
        if (!file.open(QIODevice::Append) || !file.putChar(letter))
            throw std::runtime_error("cannot write");
    };
    write();
    co_yield "written";
    write();
}

static QString contentOf(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? QString::fromLatin1(file.readAll()) : QString();
}

void TestExploredScripts::mixture()
{
    const QTemporaryDir folder;
    const QString path = folder.filePath("log");
    QStringList orders;
    QSeamstressExplorer explorer;
    explorer.addTask("task", [&path] { return append(path, 'A'); });
    explorer.addThread("thread", [&path] { return append(path, 'B'); });
    explorer.addProcess(
        "process", [](QString file) { return append(file, 'C'); }, path);
    explorer.setReset([&path] { QFile::remove(path); });
    explorer.setCheck([&] {
        orders.append(contentOf(path));
        return true;
    });
    QVERIFY2(explorer.explore(), qPrintable(explorer.report()));
    QCOMPARE(explorer.triedOrders(), 90);
    orders.removeFirst(); // the trial run
    orders.sort();
    QCOMPARE(orders.removeDuplicates(), 0);
    QCOMPARE(orders.size(), 90);
}

void TestExploredScripts::processes()
{
    const QTemporaryDir folder;
    const QString path = folder.filePath("counter");
    const auto increment = [](QString file) -> QSeamstressScript {
        const int value = contentOf(file).toInt();
        co_yield "read";
        QFile counter(file);
        if (!counter.open(QIODevice::WriteOnly))
            throw std::runtime_error("cannot write");
        counter.write(QByteArray::number(value + 1));
    };
    QSeamstressExplorer explorer;
    explorer.addProcess("A", increment, path);
    explorer.addProcess("B", increment, path);
    explorer.setReset([&path] { QFile::remove(path); });
    explorer.setCheck([&path] { return contentOf(path) == "2"; });
    QVERIFY(!explorer.explore());
    QCOMPARE(explorer.verdict(), QSeamstressExplorer::CheckFailed);
    QCOMPARE(explorer.failingOrder(), "A>read B>read B>done A>done");
    QVERIFY2(explorer.run("A>done B>done"), qPrintable(explorer.report()));
}

void TestExploredScripts::processThatThrows()
{
    QSeamstressExplorer explorer;
    explorer.addProcess("A", [] { throw std::runtime_error("over there"); });
    QVERIFY(!explorer.explore());
    QCOMPARE(explorer.verdict(), QSeamstressExplorer::ExceptionThrown);
    QVERIFY2(explorer.report().contains("\"A\" threw std::runtime_error before its first pause point: over there"), qPrintable(explorer.report()));
}

void TestExploredScripts::processThatDies()
{
    QSeamstressExplorer explorer;
    explorer.addProcess("A", []() -> QSeamstressScript {
        co_yield "here";
        ::kill(::getpid(), SIGKILL);
    });
    QVERIFY(!explorer.explore());
    QCOMPARE(explorer.verdict(), QSeamstressExplorer::ExceptionThrown);
    QVERIFY2(explorer.report().contains("SIGKILL"), qPrintable(explorer.report()));
}

class FileLock
{
public:
    explicit FileLock(const QString &path)
        : m_file(::open(QFile::encodeName(path).constData(), O_RDWR | O_CREAT | O_CLOEXEC, 0600))
    {
        ::flock(m_file, LOCK_EX);
    }
    Q_DISABLE_COPY_MOVE(FileLock)
    ~FileLock() { ::close(m_file); }

private:
    const int m_file;
};

void TestExploredScripts::deadlockOfProcesses()
{
    if (!QSeamstressThread::isActivityAvailable())
        QSKIP("This system does not report what a process does.");
    const auto lockBoth = [](QString first, QString second) -> QSeamstressScript {
        const FileLock one(first);
        co_yield "has one";
        const FileLock both(second);
    };
    const QTemporaryDir folder;
    QSeamstressExplorer explorer;
    explorer.addProcess("A", lockBoth, folder.filePath("one"), folder.filePath("other"));
    explorer.addProcess("B", lockBoth, folder.filePath("other"), folder.filePath("one"));
    QVERIFY(!explorer.explore());
    QVERIFY2(explorer.verdict() == QSeamstressExplorer::Deadlock, qPrintable(explorer.report()));
    QCOMPARE(explorer.failingOrder(), "A>has one B>has one B>blocked A>blocked");
    QVERIFY2(explorer.report().contains(folder.filePath("one") + ", in flock"), qPrintable(explorer.report()));
    QVERIFY2(explorer.report().contains("The process of A was killed."), qPrintable(explorer.report()));
    QVERIFY2(explorer.run("A>done B>done"), qPrintable(explorer.report())); // they have left no lock behind
}

void TestExploredScripts::awaitsAnotherScript()
{
    QString log;
    const auto inner = [&log](char letter) -> QSeamstressScript {
        log += QLatin1Char(letter);
        co_yield "inside";
        log += QLatin1Char(letter);
    };
    QSeamstressExplorer explorer;
    explorer.addTask("A", [&inner]() -> QSeamstressScript {
        co_await inner('a');
        co_await inner('b');
    });
    QVERIFY2(explorer.explore(), qPrintable(explorer.report()));
    QCOMPARE(log, "aabbaabb"); // the trial run, and the only order
    QVERIFY2(explorer.run("A>inside#2"), qPrintable(explorer.report()));
}

void TestExploredScripts::stepThatDoesNotEnd_data()
{
    QTest::addColumn<bool>("heeds");
    QTest::newRow("heeds-its-interruption") << true;
    QTest::newRow("does-not") << false;
}

void TestExploredScripts::stepThatDoesNotEnd()
{
    QFETCH(const bool, heeds);

    static std::atomic<bool> isOver = false;
    isOver = false;
    QSeamstressExplorer explorer;
    explorer.addThread("A", [heeds] {
        while (!isOver && !(heeds && QThread::currentThread()->isInterruptionRequested()))
            QThread::msleep(1);
    });
    explorer.setTimeout(std::chrono::milliseconds(50));
    {
        // Otherwise, the explorer waits 5 s for the script to end.
        const ShortPatience shortPatience(0.2);
        QVERIFY(!explorer.run("A>done"));
    }
    QCOMPARE(explorer.verdict(), QSeamstressExplorer::TimedOut);
    QCOMPARE(explorer.failingOrder(), "A>blocked");
    QVERIFY2(explorer.report().startsWith("TimedOut: The step of A did not finish within "), qPrintable(explorer.report()));
    QCOMPARE(explorer.report().contains("The thread of A was abandoned, along with everything that its script captured."), !heeds);
    isOver = true;
    explorer.setTimeout(std::chrono::seconds(5));
    QVERIFY2(explorer.run("A>done"), qPrintable(explorer.report())); // in a thread that is not interrupted
}

void TestExploredScripts::waitsInALoop_data()
{
    QTest::addColumn<bool>("inThreads");
    QTest::newRow("tasks") << false;
    QTest::newRow("threads") << true;
}

// With a pause point in the loop, the script is never blocked, and takes steps forever.
void TestExploredScripts::waitsInALoop()
{
    QFETCH(const bool, inThreads);

    std::atomic_flag isTaken;
    const auto holder = [&isTaken]() -> QSeamstressScript {
        while (isTaken.test_and_set())
            co_yield "looks again";
        co_yield "has it";
        isTaken.clear();
    };
    QSeamstressExplorer explorer;
    for (const char *name : { "A", "B" })
        inThreads ? explorer.addThread(name, holder) : explorer.addTask(name, holder);
    explorer.setReset([&isTaken] { isTaken.clear(); });
    QVERIFY(!explorer.explore());
    QCOMPARE(explorer.verdict(), QSeamstressExplorer::TimedOut);
    QVERIFY2(explorer.report().startsWith("TimedOut: B keeps taking steps: the order has more than 100000 steps, the last one after its pause point \"looks again\". "), qPrintable(explorer.report()));
    QVERIFY2(explorer.report().contains("\nOrder: A>has it B>looks again#99999\n"), qPrintable(explorer.report()));
    QVERIFY(explorer.report().size() < 10'000);
    QVERIFY(!explorer.run("A>has it B>looks again#99999"));
    QCOMPARE(explorer.verdict(), QSeamstressExplorer::TimedOut);
    QVERIFY2(explorer.run("A>done B>done"), qPrintable(explorer.report()));
}

void TestExploredScripts::hasNoEnd_data()
{
    QTest::addColumn<bool>("inThreads");
    QTest::addColumn<QString>("end");
    QTest::newRow("task") << false << "A was abandoned at a pause point, because it does not end.";
    QTest::newRow("thread") << true << "The thread of A was abandoned, along with everything that its script captured.";
}

void TestExploredScripts::hasNoEnd()
{
    QFETCH(const bool, inThreads);
    QFETCH(const QString, end);

    static std::atomic<bool> isOver = false;
    isOver = false;
    static std::atomic<qint64> threadThatIsLeft = 0;
    const auto script = []() -> QSeamstressScript {
        if (!isOver)
            threadThatIsLeft = ::gettid();
        while (!isOver)
            co_yield "again";
    };
    QSeamstressExplorer explorer;
    inThreads ? explorer.addThread("A", script) : explorer.addTask("A", script);
    {
        // Otherwise, the explorer waits 5 s for the script to end.
        const ShortPatience shortPatience(0.2);
        QVERIFY(!explorer.run({}));
    }
    QVERIFY2(explorer.report().startsWith("TimedOut: A keeps taking steps: "), qPrintable(explorer.report()));
    QVERIFY2(explorer.report().contains(end), qPrintable(explorer.report()));
    isOver = true;
    QVERIFY2(explorer.run("A>done"), qPrintable(explorer.report()));
    // The next explorer would still find the thread running.
    if (inThreads)
        QTRY_VERIFY_WITH_TIMEOUT(!QFile::exists(QStringLiteral("/proc/self/task/%1").arg(threadThatIsLeft)), 60'000);
}

// A script with very many pause points uses the memory of a few runs, not of all orders.
void TestExploredScripts::boundedMemory()
{
    QSeamstressExplorer explorer;
    explorer.addTask("long", []() -> QSeamstressScript {
        for (int point = 0; point < 10000; ++point)
            co_yield "turn";
    });
    explorer.addTask("short", []() -> QSeamstressScript { co_return; });
    explorer.setMaximumOrders(20);
    QVERIFY2(explorer.explore(), qPrintable(explorer.report()));
    QCOMPARE(explorer.totalOrders(), 10002);
    QCOMPARE(explorer.report(), "Passed: all orders with at most 0 preemptions (2), and 18 drawn of 10,002 with seed 1; scripts: long (10,001 steps), short (1 step).");
}

void TestExploredScripts::everyWaitHasADeadline_data()
{
    QTest::addColumn<QString>("kind");
    QTest::newRow("killed-process-that-is-not-heard-of") << "process";
    QTest::newRow("thread-that-stores-what-does-not-end") << "thread";
}

// Stops the fork server that has started this process, so that its end is not reported to the test.
static void stopItsServer(qint64 test)
{
    if (::getppid() != test)
        ::kill(::getppid(), SIGSTOP);
    for (;;)
        ::sleep(1);
}

// Thread-local data that keeps its thread from ending before open().
class Stored
{
public:
    ~Stored() { s_isOpen.wait(false); }
    static void open()
    {
        s_isOpen = true;
        s_isOpen.notify_all();
    }
    static void storeHere()
    {
        s_isOpen = false;
        s_storage.setLocalData(new Stored);
    }

private:
    static inline std::atomic<bool> s_isOpen = false;
    static inline QThreadStorage<Stored *> s_storage;
};

void TestExploredScripts::everyWaitHasADeadline()
{
    QFETCH(const QString, kind);

    const auto openAtTheEnd = qScopeGuard([] { Stored::open(); });
    const ShortPatience patience;
    QSeamstressExplorer explorer;
    if (kind == "process") {
        explorer.addProcess("A", &stopItsServer, QCoreApplication::applicationPid());
        explorer.setTimeout(std::chrono::milliseconds(5000));
        QVERIFY(!explorer.run({}));
        QCOMPARE(explorer.verdict(), QSeamstressExplorer::TimedOut);
        QVERIFY2(explorer.report().contains("The process of A was killed."), qPrintable(explorer.report()));
    } else {
        explorer.addThread("A", &Stored::storeHere);
        QVERIFY2(explorer.run({}), qPrintable(explorer.report()));
        QTest::ignoreMessage(QtWarningMsg, "QSeamstressExplorer: the thread of \"A\" did not end within 5000 ms after its script. It is abandoned; check its thread-local objects, whose destructors run when the thread ends.");
    }
    // The explorer's destructor also waits with a deadline.
}

QTEST_MAIN(TestExploredScripts)
#include "tst_exploredscripts.moc"
