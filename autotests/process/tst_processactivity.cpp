// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

// What a script in another process is doing, and what it is blocked on.

#include <QSeamstressTest>

#include <QEventLoop>
#include <QFile>
#include <QRegularExpression>
#include <QScopeGuard>
#include <QTemporaryDir>
#include <QTest>
#include <QThread>
#include <QTimer>

#include <array>
#include <cerrno>
#include <chrono>
#include <csignal>
#include <semaphore>
#include <stdexcept>
#include <thread>

#include <fcntl.h>
#include <poll.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "../shared/processstate.h"
#include "../shared/recordedfailures.h"
#include "../shared/shortpatience.h"

class TestProcessActivity : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void isBlocked_data();
    void isBlocked();
    void stoppedAndContinued_data();
    void stoppedAndContinued();
    void isNotBlocked_data();
    void isNotBlocked();
    void isNeverBlockedBetweenPausePoints();
    void startsItsProcess();
    void endedWhileLookedAt();
};

void TestProcessActivity::initTestCase()
{
    if (!QSeamstressThread::isActivityAvailable())
        QSKIP("This system does not report what a process does.");
}

static int openFile(const QString &path, int flags)
{
    const int file = ::open(QFile::encodeName(path).constData(), flags | O_CLOEXEC, 0600);
    if (file < 0)
        throw std::runtime_error("cannot open the file");
    return file;
}

// Blocks in the given way while the test locks the file, or keeps the other end of the pipe open.
static void block(const QString &way, const QString &path)
{
    if (way == "flock") {
        const int file = openFile(path, O_RDWR);
        while (::flock(file, LOCK_EX) != 0 && errno == EINTR) { }
        ::close(file);
    } else if (way == "fcntl") {
        const int file = openFile(path, O_RDWR);
        struct flock lock{};
        lock.l_type = F_WRLCK;
        lock.l_whence = SEEK_SET;
        while (::fcntl(file, F_SETLKW, &lock) != 0 && errno == EINTR) { }
        ::close(file);
    } else if (way == "read") {
        const int file = openFile(path + "-pipe", O_RDONLY);
        char byte = 0;
        static_cast<void>(::read(file, &byte, 1));
        ::close(file);
    } else if (way == "waitpid") {
        const pid_t child = ::fork();
        if (child == 0) {
            block("read", path);
            ::_exit(0);
        }
        ::waitpid(child, nullptr, 0);
    } else if (way == "semaphore") {
        std::binary_semaphore semaphore(0);
        std::thread releaser([&] {
            block("read", path);
            semaphore.release();
        });
        semaphore.acquire();
        releaser.join();
    }
}

void TestProcessActivity::isBlocked_data()
{
    QTest::addColumn<QString>("text"); // a regular expression; %1 is the path of the file
    QTest::newRow("flock") << "is blocked on the lock of %1, in flock";
    QTest::newRow("fcntl") << "is blocked on the lock of %1, in fcntl";
    QTest::newRow("read") << "is blocked on %1-pipe, in read";
    QTest::newRow("waitpid") << "is blocked on the end of a child process, in wait4";
    QTest::newRow("semaphore") << "is blocked on the lock, condition or semaphore at 0x[0-9a-f]+, in futex";
}

void TestProcessActivity::isBlocked()
{
    QFETCH(const QString, text);
    const QString way = QString::fromLatin1(QTest::currentDataTag());
    const QTemporaryDir directory;
    const QString path = QFileInfo(directory.path()).canonicalFilePath() + "/file";
    QCOMPARE(::mkfifo(QFile::encodeName(path + "-pipe").constData(), 0600), 0);
    const int pipe = openFile(path + "-pipe", O_RDWR);
    const int file = openFile(path, O_RDWR | O_CREAT);
    struct flock lock{};
    lock.l_type = F_WRLCK;
    lock.l_whence = SEEK_SET;
    if (way == "flock")
        QCOMPARE(::flock(file, LOCK_EX), 0);
    else if (way == "fcntl")
        QCOMPARE(::fcntl(file, F_SETLK, &lock), 0);

    QSeamstressProcess process([](QString way, QString path) -> QSeamstressScript {
        co_yield "before";
        block(way, path);
        co_yield "after";
    }, way, path);
    process.setObjectName("other");
    QVERIFY2(process.enter(), qPrintable(process.errorString()));
    QCOMPARE(process.activity(), QSeamstressExecutor::Halted);
    process.resume();
    QTRY_COMPARE(process.activity(), QSeamstressExecutor::Blocked);
    QVERIFY(!process.waitForPaused(QDeadlineTimer(1)));
    const QRegularExpression pattern("^\"other\" .* Now it " + QString(text).replace("%1", QRegularExpression::escape(path)) + "\\.");
    QVERIFY2(pattern.match(process.errorString()).hasMatch(), qPrintable(process.errorString()));

    lock.l_type = F_UNLCK;
    if (way == "flock")
        QCOMPARE(::flock(file, LOCK_UN), 0);
    else if (way == "fcntl")
        QCOMPARE(::fcntl(file, F_SETLK, &lock), 0);
    else
        QCOMPARE(::write(pipe, "x", 1), 1);
    QVERIFY2(process.waitForPaused(), qPrintable(process.errorString()));
    QCOMPARE(process.pausePoint(), "after");
    QCOMPARE(process.activity(), QSeamstressExecutor::Halted);
    ::close(file);
    ::close(pipe);
}

// Waits in the given way, at most for that time.
static void waitFor(const QString &way, int seconds)
{
    if (way == "semaphore") {
        std::counting_semaphore<> semaphore(0);
        static_cast<void>(semaphore.try_acquire_for(std::chrono::seconds(seconds)));
    } else if (way == "poll") {
        std::array<int, 2> ends;
        if (::pipe(ends.data()) != 0)
            throw std::runtime_error("no pipe");
        pollfd end{ ends[0], POLLIN, 0 };
        ::poll(&end, 1, 1000 * seconds);
    } else {
        std::this_thread::sleep_for(std::chrono::seconds(seconds));
    }
}

void TestProcessActivity::stoppedAndContinued_data()
{
    QTest::addColumn<QSeamstressExecutor::Activity>("activity");
    QTest::addColumn<QString>("text");
    QTest::newRow("semaphore") << QSeamstressExecutor::Blocked << "is blocked on the lock, condition or semaphore at 0x[0-9a-f]+, in futex";
    QTest::newRow("poll") << QSeamstressExecutor::Blocked << "is blocked in poll";
    QTest::newRow("sleep") << QSeamstressExecutor::Sleeping << "is sleeping in clock_nanosleep";
}

// After SIGCONT, the kernel resumes a wait with a time-out by another system call (restart_syscall).
void TestProcessActivity::stoppedAndContinued()
{
    QFETCH(const QSeamstressExecutor::Activity, activity);
    QFETCH(const QString, text);
    const RecordedFailures failures;
    const ShortPatience patience; // the process is killed at the end
    QSeamstressProcess process([](QString way) -> QSeamstressScript {
        co_yield "before";
        waitFor(way, 600);
    }, QString::fromLatin1(QTest::currentDataTag()));
    process.setObjectName("other");
    QVERIFY2(process.enter(), qPrintable(process.errorString()));
    process.resume();
    QTRY_COMPARE(process.activity(), activity);
    const auto pid = static_cast<pid_t>(process.processId());
    QCOMPARE(::kill(pid, SIGSTOP), 0);
    QTRY_COMPARE(stateOfProcess(pid), "T");
    QCOMPARE(::kill(pid, SIGCONT), 0);
    QTRY_COMPARE(process.activity(), activity);
    QVERIFY(!process.waitForPaused(QDeadlineTimer(1)));
    QVERIFY2(QRegularExpression("^\"other\" .* Now it " + text + "\\.").match(process.errorString()).hasMatch(), qPrintable(process.errorString()));
}

// Runs until the file exists.
static void stay(const QString &way, const QString &path)
{
    if (way == "in-its-event-loop") {
        QEventLoop loop;
        QTimer timer;
        QObject::connect(&timer, &QTimer::timeout, &loop, [&] {
            if (QFile::exists(path))
                loop.quit();
        });
        // Out of step with the test, which checks every 50 ms: Qt aligns coarse timers of that interval, so that each check would
        // find this slot running.
        timer.setTimerType(Qt::PreciseTimer);
        timer.start(17);
        loop.exec();
        return;
    }
    while (!QFile::exists(path)) {
        if (way == "sleeping")
            QThread::msleep(17); // out of step with the test's checks
    }
}

void TestProcessActivity::isNotBlocked_data()
{
    QTest::addColumn<QSeamstressExecutor::Activity>("activity");
    QTest::newRow("computing") << QSeamstressExecutor::Computing;
    QTest::newRow("sleeping") << QSeamstressExecutor::Sleeping;
    QTest::newRow("in-its-event-loop") << QSeamstressExecutor::InEventLoop;
}

void TestProcessActivity::isNotBlocked()
{
    QFETCH(const QSeamstressExecutor::Activity, activity);
    const QTemporaryDir directory;
    const QString path = directory.filePath("file");
    QSeamstressProcess process([](QString way, QString path) -> QSeamstressScript {
        co_yield "before";
        stay(way, path);
    }, QString::fromLatin1(QTest::currentDataTag()), path);
    QVERIFY2(process.enter(), qPrintable(process.errorString()));
    process.finish();
    bool wasSeen = false; // once is enough: at other moments, it checks for the file
    QTRY_VERIFY((wasSeen = wasSeen || process.activity() == activity));
    for (int i = 0; i < 1000; ++i)
        QVERIFY(process.activity() != QSeamstressExecutor::Blocked);
    QFile file(path);
    QVERIFY(file.open(QIODevice::WriteOnly));
    QVERIFY2(process.exit(), qPrintable(process.errorString()));
    QCOMPARE(process.activity(), QSeamstressExecutor::NotRunning);
}

// Between two pause points, the process waits for the test, but that is not a wait of the script.
void TestProcessActivity::isNeverBlockedBetweenPausePoints()
{
    QSeamstressProcess process([]() -> QSeamstressScript {
        for (int i = 0; i <= 500; ++i)
            co_yield "step";
    });
    QVERIFY2(process.enter(), qPrintable(process.errorString()));
    for (int i = 0; i < 500; ++i) {
        QCOMPARE(process.activity(), QSeamstressExecutor::Halted);
        process.resume();
        while (process.phase() != QSeamstressExecutor::Paused) {
            const QSeamstressExecutor::Activity activity = process.activity();
            QVERIFY2(activity == QSeamstressExecutor::Computing || activity == QSeamstressExecutor::Halted, qPrintable(QString::number(activity)));
            QCoreApplication::processEvents();
        }
    }
}

// In a process with this environment variable, main() does not start before another process opens the pipe that it names.
static constexpr char doorVariable[] = "TST_PROCESSACTIVITY_DOOR";
static const bool isThroughTheDoor = [] {
    if (qEnvironmentVariableIsSet(doorVariable))
        ::close(::open(qgetenv(doorVariable).constData(), O_RDONLY | O_CLOEXEC));
    return true;
}();

void TestProcessActivity::startsItsProcess()
{
    QVERIFY(isThroughTheDoor);
    const QTemporaryDir directory;
    const QByteArray door = QFile::encodeName(directory.filePath("door"));
    QCOMPARE(::mkfifo(door.constData(), 0600), 0);
    qputenv(doorVariable, door);
    QSeamstressProcess process([]() -> QSeamstressScript { co_yield "a"; });
    process.setObjectName("other");
    const auto open = qScopeGuard([&] {
        qunsetenv(doorVariable);
        ::close(::open(door.constData(), O_RDWR | O_CLOEXEC)); // even if no process waits there
    });
    process.start();
    QCOMPARE(process.activity(), QSeamstressExecutor::Unknown);
    QVERIFY(!process.waitForPaused(QDeadlineTimer(0)));
    QVERIFY2(process.errorString().contains("Now it is starting its process."), qPrintable(process.errorString()));
    const int opened = ::open(door.constData(), O_WRONLY | O_CLOEXEC);
    QVERIFY(process.waitForPaused());
    ::close(opened);
}

void TestProcessActivity::endedWhileLookedAt()
{
    QSeamstressProcess process([]() -> QSeamstressScript {
        co_yield "a";
        ::_exit(0);
    });
    QVERIFY2(process.enter(), qPrintable(process.errorString()));
    process.resume();
    QTRY_VERIFY2(process.activity() == QSeamstressExecutor::NotRunning, qPrintable(QString::number(process.activity())));
    QCOMPARE(process.phase(), QSeamstressExecutor::Failed);
    QVERIFY(!process.exit());
    QCOMPARE(process.error().code(), QSeamstressError::Crashed);
}

QTEST_GUILESS_MAIN(TestProcessActivity)
#include "tst_processactivity.moc"
