// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

// What is concluded from the files in /proc that show what a thread is doing: from two looks at them, and from missing files. The test
// fakes the files, or the thread does something just when they are opened. Also, looking allocates no memory, so that the other thread is
// never blocked on the heap because of it.

#include <QSeamstressThread>

#include <QEventLoop>
#include <QMutex>
#include <QScopeGuard>
#include <QSignalSpy>
#include <QTest>

#include <atomic>
#include <cerrno>
#include <cstdarg>
#include <cstdlib>
#include <cstring>
#include <functional>
#include <semaphore>

#include <dlfcn.h>
#include <fcntl.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <unistd.h>

// The text of a file in /proc, or the error of opening it. With neither, the real file is opened.
struct FakeFile
{
    const char *text = nullptr;
    int error = 0;
};

// What the next look of this thread finds, when it opens a file the first and the second time.
struct FakeLooks
{
    FakeFile call[2]; // "syscall"
    FakeFile cpuTime[2] = { { "1 2 3\n" }, { "1 2 3\n" } }; // "schedstat"
    FakeFile own = { "running\n" }; // "syscall" of the thread that looks
    FakeFile state = { "1 (a name) S 1 1\n" }; // "stat", opened between the two
    std::function<void()> beforeFirst = {};
    int opened = 0; // how often call and cpuTime have been opened
};
static thread_local FakeLooks *fakeLooks = nullptr;

static int openReally(int directory, const char *path, int flags, mode_t mode = 0)
{
    return static_cast<int>(::syscall(SYS_openat, directory, path, flags, mode));
}

static int openFake(const char *path, int flags)
{
    const bool isOwn = QByteArray(path).contains("/" + QByteArray::number(qint64(::syscall(SYS_gettid))) + "/");
    const bool isState = QByteArray(path).endsWith("/stat");
    FakeLooks &looks = *fakeLooks;
    const int number = isOwn || isState ? 0 : looks.opened++;
    if (!isState && number == 0 && looks.beforeFirst)
        std::exchange(looks.beforeFirst, {})();
    const FakeFile *const files = number % 2 ? looks.cpuTime : looks.call;
    const FakeFile &file = isOwn ? looks.own : isState ? looks.state : files[number / 2 % 2];
    if (file.error != 0) {
        errno = file.error;
        return -1;
    }
    if (!file.text)
        return openReally(AT_FDCWD, path, flags);
    const int descriptor = ::memfd_create("fake", MFD_CLOEXEC);
    if (::write(descriptor, file.text, std::strlen(file.text)) < 0 || ::lseek(descriptor, 0, SEEK_SET) != 0)
        qFatal("cannot write a fake file");
    return descriptor;
}

// Replaces the function of the C library, also for QSeamstress.
extern "C" int openat(int directory, const char *path, int flags, ...)
{
    if (fakeLooks && std::strncmp(path, "/proc/self/task/", 16) == 0)
        return openFake(path, flags);
    va_list rest;
    va_start(rest, flags);
    const mode_t mode = flags & O_CREAT ? va_arg(rest, mode_t) : 0;
    va_end(rest);
    return openReally(directory, path, flags, mode);
}

// How often this thread has allocated memory. Not counted with a sanitizer, which replaces the heap.
static thread_local int allocations = 0;
#ifndef QSEAMSTRESS_SANITIZER
extern "C" void *malloc(std::size_t size) noexcept
{
    static auto *const next = reinterpret_cast<void *(*)(std::size_t)>(::dlsym(RTLD_NEXT, "malloc"));
    ++allocations;
    return next(size);
}
#endif

class TestLooks : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void verdict_data();
    void verdict();
    void comesToItsEventLoop();
    void comesToItsPausePoint();
    void haltsAndIsBlockedInASlot();
    void allocatesNothing();
};

// A script that computes from its first line until the end of the test.
class Computing
{
public:
    Computing()
    {
        thread.start();
        m_begun.acquire();
    }
    ~Computing() { m_stop = true; }
    Q_DISABLE_COPY_MOVE(Computing)

private:
    std::binary_semaphore m_begun{ 0 };
    std::atomic<bool> m_stop = false;

public:
    QSeamstressThread thread{ [this] {
        m_begun.release();
        while (!m_stop) { }
    } };
};

void TestLooks::initTestCase()
{
    if (!QSeamstressThread::isActivityAvailable())
        QSKIP("This system does not report what a thread does.");
}

Q_DECLARE_METATYPE(FakeLooks)

void TestLooks::verdict_data()
{
    QTest::addColumn<FakeLooks>("looks");
    QTest::addColumn<QSeamstressExecutor::Activity>("activity");
    QTest::addColumn<QString>("text");

    using enum QSeamstressExecutor::Activity;
    const QByteArray futex = QByteArray::number(SYS_futex);
    static const QByteArray lock = futex + " 0x1000 0x80 0x2 0x0 0x0 0x0 0x7f00 0x7f00\n";
    static const QByteArray otherLock = futex + " 0x2000 0x80 0x2 0x0 0x0 0x0 0x7f00 0x7f00\n";
    static const QByteArray quickCall = QByteArray::number(SYS_read) + " 0x3 0x1000 0x1 0x0 0x0 0x0 0x7f00 0x7f00\n";
    static const QByteArray sleep = QByteArray::number(SYS_nanosleep) + " 0x1000 0x0 0x0 0x0 0x0 0x0 0x7f00 0x7f00\n";
    const FakeFile waits{ lock };
    const FakeFile runs{ "running\n" };
    const FakeFile isFull{ nullptr, EMFILE };
    const FakeFile isFullForAll{ nullptr, ENFILE };
    const FakeFile isGone{ nullptr, ENOENT };
    const FakeFile pageOfMemory{ "-1 0x7f00 0x7f00\n" };
    const FakeFile moreTime{ "4 5 6\n" };
    const QString computing = QStringLiteral("Now it is computing.");
    const QString ending = QStringLiteral("Now it is ending.");
    const QString noDescriptor = QStringLiteral("Now it cannot be inspected, since no file descriptor is free;");

    QTest::newRow("waits") << FakeLooks{ { waits, waits } } << Blocked << "Now it is blocked on the lock, condition or semaphore at 0x1000, in futex.";
    QTest::newRow("sleeps") << FakeLooks{ { { sleep }, { sleep } } } << Sleeping << "Now it is sleeping in nanosleep.";
    QTest::newRow("runs") << FakeLooks{ { runs, runs } } << Computing << computing;
    QTest::newRow("waits-for-the-kernel") << FakeLooks{ { pageOfMemory, pageOfMemory } } << Computing << computing;
    QTest::newRow("waits-for-the-kernel-in-a-call") << FakeLooks{ .call = { { quickCall }, { quickCall } }, .state = { "1 (R) S) D 1 1\n" } } << Computing << computing;
    QTest::newRow("waits-for-a-processor-in-a-call") << FakeLooks{ .call = { waits, waits }, .state = { "1 (a name) R 1 1\n" } } << Computing << computing;
    QTest::newRow("is-called-as-a-state") << FakeLooks{ .call = { waits, waits }, .state = { "1 (a) R) S 1 1\n" } } << Blocked << "in futex.";
    QTest::newRow("state-that-is-not-told") << FakeLooks{ .call = { waits, waits }, .state = isGone } << Blocked << "in futex.";
    QTest::newRow("waits-no-longer") << FakeLooks{ { waits, runs } } << Computing << computing;
    QTest::newRow("waits-only-now") << FakeLooks{ { runs, waits } } << Computing << computing;
    QTest::newRow("waits-for-another-lock") << FakeLooks{ { waits, { otherLock } } } << Computing << computing;
    QTest::newRow("is-in-another-call") << FakeLooks{ { { quickCall }, waits } } << Computing << computing;
    QTest::newRow("has-run-meanwhile") << FakeLooks{ { waits, waits }, { { "1 2 3\n" }, moreTime } } << Computing << computing;
    QTest::newRow("kernel-without-schedstat") << FakeLooks{ { waits, waits }, { isGone, isGone } } << Blocked << "in futex.";
    QTest::newRow("call-that-is-not-known") << FakeLooks{ { { "99999 0x0\n" }, { "99999 0x0\n" } } } << Unknown << "Now it is in system call 99999.";
    QTest::newRow("is-gone") << FakeLooks{ { isGone, isGone } } << Computing << ending;
    QTest::newRow("goes-meanwhile") << FakeLooks{ { waits, isGone } } << Computing << ending;
    QTest::newRow("no-descriptor") << FakeLooks{ { isFull, isFull } } << Unknown << noDescriptor;
    QTest::newRow("no-descriptor-in-the-system") << FakeLooks{ { isFullForAll, isFullForAll } } << Unknown << noDescriptor;
    QTest::newRow("no-descriptor-the-second-time") << FakeLooks{ { waits, isFull } } << Unknown << noDescriptor;
    QTest::newRow("no-descriptor-for-schedstat") << FakeLooks{ { waits, waits }, { isFull, isFull } } << Unknown << noDescriptor;
    QTest::newRow("hidden") << FakeLooks{ { isGone, isGone }, { isGone, isGone }, isGone } << Unknown << "This system does not report what it is doing now.";
}

void TestLooks::verdict()
{
    QFETCH(FakeLooks, looks);
    QFETCH(const QSeamstressExecutor::Activity, activity);
    QFETCH(const QString, text);

    Computing script;
    const auto lookAsBefore = qScopeGuard([] { fakeLooks = nullptr; });
    fakeLooks = &looks;
    const QSeamstressExecutor::Activity seen = script.thread.activity();
    const int opened = looks.opened;
    const bool halted = script.thread.waitForPaused(QDeadlineTimer(0));
    fakeLooks = nullptr;
    QCOMPARE(seen, activity);
    QCOMPARE(opened, 4); // two looks
    QVERIFY(!halted);
    QVERIFY2(script.thread.errorString().contains(text), qPrintable(script.thread.errorString()));
}

// A script that computes until the test lets it continue and sees it wait.
class Computer
{
public:
    // Called in the script.
    void compute()
    {
        m_threadId = static_cast<pid_t>(::syscall(SYS_gettid));
        while (!m_goesOn) { }
    }
    // Called in the test. Returns once the script is in a system call whose text in /proc begins with one of texts.
    void goOn(const QByteArrayList &texts)
    {
        m_goesOn = true;
        const QByteArray path = "/proc/self/task/" + QByteArray::number(m_threadId) + "/syscall";
        const auto begins = [&texts](const QByteArray &call) { return std::ranges::any_of(texts, [&call](const QByteArray &text) { return call.startsWith(text); }); };
        for (QByteArray call; !begins(call);) {
            const int file = openReally(AT_FDCWD, path.constData(), O_RDONLY | O_CLOEXEC);
            call.resize(200);
            call.resize(std::max<qsizetype>(0, ::read(file, call.data(), call.size())));
            ::close(file);
        }
    }
    bool hasBegun() const { return m_threadId != 0; }

private:
    std::atomic<pid_t> m_threadId = 0;
    std::atomic<bool> m_goesOn = false;
};

void TestLooks::comesToItsEventLoop()
{
    const QByteArrayList poll{ QByteArray::number(SYS_poll) + " ", QByteArray::number(SYS_ppoll) + " " };
    Computer computer;
    QEventLoop *loop = nullptr;
    QSeamstressThread thread([&] {
        QEventLoop own;
        loop = &own;
        computer.compute();
        own.exec();
    });
    thread.start();
    while (!computer.hasBegun()) { }
    const auto quit = qScopeGuard([&] { QMetaObject::invokeMethod(loop, &QEventLoop::quit, Qt::QueuedConnection); });
    FakeLooks looks;
    looks.beforeFirst = [&] { computer.goOn(poll); };
    const auto lookAsBefore = qScopeGuard([] { fakeLooks = nullptr; });
    fakeLooks = &looks;
    QCOMPARE(thread.activity(), QSeamstressExecutor::InEventLoop);
    QCOMPARE(looks.opened, 4);
}

// There it waits in code of QSeamstress and not of the script.
void TestLooks::comesToItsPausePoint()
{
    Computer computer;
    QSeamstressThread thread([&] {
        computer.compute();
        QSeamstress::pause();
    });
    thread.start();
    while (!computer.hasBegun()) { }
    FakeLooks looks;
    looks.beforeFirst = [&] { computer.goOn({ QByteArray::number(SYS_futex) }); };
    const auto lookAsBefore = qScopeGuard([] { fakeLooks = nullptr; });
    fakeLooks = &looks;
    QVERIFY(thread.activity() != QSeamstressExecutor::Blocked);
    QCOMPARE(looks.opened, 4);
}

// The test then notices the pause, too.
void TestLooks::haltsAndIsBlockedInASlot()
{
    QMutex mutex;
    Computer computer;
    QSeamstressThread thread([&] {
        QObject object;
        QMetaObject::invokeMethod(&object, [&mutex] { const QMutexLocker locker(&mutex); }, Qt::QueuedConnection);
        computer.compute();
        QSeamstress::pause("halted");
    });
    thread.setPauseMode(QSeamstressThread::RunEventLoop);
    QSignalSpy paused(&thread, &QSeamstressExecutor::paused);
    const QMutexLocker locker(&mutex);
    thread.start();
    while (!computer.hasBegun()) { }
    const QByteArray lock = QByteArray::number(SYS_futex) + " 0x" + QByteArray::number(reinterpret_cast<quintptr>(&mutex), 16);
    FakeLooks looks;
    looks.beforeFirst = [&] { computer.goOn({ lock }); };
    const auto lookAsBefore = qScopeGuard([] { fakeLooks = nullptr; });
    fakeLooks = &looks;
    QVERIFY2(thread.waitForBlockedOn(&mutex), qPrintable(thread.errorString()));
    QCOMPARE(thread.phase(), QSeamstressExecutor::Paused);
    QCOMPARE(paused.size(), 1);
}

void TestLooks::allocatesNothing()
{
    Computing script;
    const auto allocationsOf = [](auto function) {
        const int before = allocations;
        function();
        return allocations - before;
    };
    if (allocationsOf([] { return QString(2000, QLatin1Char('x')); }) == 0)
        QSKIP("Allocations cannot be counted in this build.");
    QSeamstressExecutor::Activity activity{};
    QCOMPARE(allocationsOf([&] { activity = script.thread.activity(); }), 0);
    QCOMPARE(activity, QSeamstressExecutor::Computing);
}

QTEST_GUILESS_MAIN(TestLooks)
#include "tst_looks.moc"
