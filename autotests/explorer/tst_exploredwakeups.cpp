// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

// Scripts of an explorer that wake up at the same time: the system chooses which one continues first, and the report says what it chose.

#include <QSeamstressExplorer>
#include <QSeamstressTest>

#include <QtTest/QTest>

#include <QFile>
#include <QMutex>
#include <QRegularExpression>
#include <QSemaphore>
#include <QTemporaryDir>
#include <QWaitCondition>

#include <array>
#include <atomic>
#include <condition_variable>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>

#ifdef Q_OS_UNIX
#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>
#endif
#ifdef Q_OS_LINUX
#include <sys/syscall.h>
#endif

class TestExploredWakeUps : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void orderAsItHappened_data();
    void orderAsItHappened();
    void orderOfProcesses();
    void runOfAnotherOrder_data();
    void runOfAnotherOrder();
    void runOfAnOrderThatComesAbout();
};

void TestExploredWakeUps::initTestCase()
{
    if (!QSeamstressThread::isActivityAvailable())
        QSKIP("This system does not report what a thread does.");
}

// ThreadSanitizer does not see that QWaitCondition and QSemaphore synchronise.
#ifdef __SANITIZE_THREAD__
static constexpr bool isQtInvisible = true;
#else
static constexpr bool isQtInvisible = false;
#endif

static int cycles()
{
    return qEnvironmentVariable("QSEAMSTRESS_TEST_CYCLES", "25").toInt();
}

// A thread announces that it is about to pause or to end; another thread waits until it has done so.
class Halt
{
public:
    void isNear()
    {
#ifdef Q_OS_LINUX
        m_thread = ::syscall(SYS_gettid);
#else
        m_thread = 1;
#endif
    }
    void wait() const
    {
        while (m_thread == 0) { }
#ifdef Q_OS_LINUX
        QFile state(QStringLiteral("/proc/self/task/%1/stat").arg(m_thread.load()));
        for (QByteArray line; !line.contains(") S"); state.close())
            line = state.open(QIODevice::ReadOnly) ? state.readLine() : QByteArray();
#endif
        for (const QDeadlineTimer end(10, Qt::PreciseTimer); !end.hasExpired();) { }
    }

private:
    std::atomic<long> m_thread = 0;
};

// Wakes up all waiting scripts at once. They record under a lock that they continue; after that, each script waits until the one before
// it has paused or ended.
class Gathering
{
public:
    virtual ~Gathering() = default;
    void pass(const QString &name)
    {
        int before = 0;
        waitAnd([&] {
            before = static_cast<int>(went.size());
            went.append(name);
        });
        if (before > 0)
            m_halts[static_cast<std::size_t>(before) - 1].wait();
        m_halts[static_cast<std::size_t>(before)].isNear();
    }
    virtual void waitAnd(const std::function<void()> &note) = 0;
    virtual void letAllGo() = 0;
    QStringList went;

private:
    std::array<Halt, 3> m_halts;
};

class StandardGathering final : public Gathering
{
public:
    void waitAnd(const std::function<void()> &note) override
    {
        std::unique_lock lock(m_mutex);
        m_condition.wait(lock, [this] { return m_isOpen; });
        note();
    }
    void letAllGo() override
    {
        const std::lock_guard lock(m_mutex);
        m_isOpen = true;
        m_condition.notify_all();
    }

private:
    std::mutex m_mutex;
    std::condition_variable m_condition;
    bool m_isOpen = false;
};

class QtGathering final : public Gathering
{
public:
    void waitAnd(const std::function<void()> &note) override
    {
        const QMutexLocker locker(&m_mutex);
        while (!m_isOpen)
            m_condition.wait(&m_mutex);
        note();
    }
    void letAllGo() override
    {
        const QMutexLocker locker(&m_mutex);
        m_isOpen = true;
        m_condition.wakeAll();
    }

private:
    QMutex m_mutex;
    QWaitCondition m_condition;
    bool m_isOpen = false;
};

class LockedDoor final : public Gathering
{
public:
    LockedDoor() { m_semaphore.release(); }
    void waitAnd(const std::function<void()> &note) override
    {
        m_semaphore.acquire();
        {
            const QMutexLocker locker(&m_mutex);
            note();
        }
        m_semaphore.release();
    }
    void letAllGo() override { m_semaphore.release(); }
    void close() { m_semaphore.acquire(); }

private:
    QSemaphore m_semaphore;
    QMutex m_mutex;
};

static std::unique_ptr<Gathering> makeGathering(const QString &kind)
{
    if (kind == "standard")
        return std::make_unique<StandardGathering>();
    if (kind == "Qt")
        return std::make_unique<QtGathering>();
    auto door = std::make_unique<LockedDoor>();
    door->close();
    return door;
}

static void addWaiters(QSeamstressExplorer &explorer, std::unique_ptr<Gathering> &gathering, const QStringList &waiters, bool haltsThen)
{
    for (const QString &name : waiters) {
        explorer.addThread(name, [&gathering, name, haltsThen] {
            gathering->pass(name);
            if (haltsThen)
                QSeamstress::pause("went");
        });
    }
    explorer.addThread("caller", [&gathering] { gathering->letAllGo(); });
}

void TestExploredWakeUps::orderAsItHappened_data()
{
    QTest::addColumn<QString>("kind");
    QTest::addColumn<int>("waiters");
    QTest::addColumn<bool>("haltsThen");
    for (const char *kind : { "standard", "Qt", "semaphore" }) {
        if (isQtInvisible && kind != QLatin1String("standard"))
            continue;
        QTest::addRow("%s-two-that-end", kind) << kind << 2 << false;
        QTest::addRow("%s-two-that-halt", kind) << kind << 2 << true;
        QTest::addRow("%s-three-that-halt", kind) << kind << 3 << true;
    }
}

void TestExploredWakeUps::orderAsItHappened()
{
    QFETCH(const QString, kind);
    QFETCH(const int, waiters);
    QFETCH(const bool, haltsThen);

    const QStringList names = QStringList{ "A", "B", "C" }.first(waiters);
    std::unique_ptr<Gathering> gathering;
    QSeamstressExplorer explorer;
    addWaiters(explorer, gathering, names, haltsThen);
    explorer.setReset([&] { gathering = makeGathering(kind); });
    for (int cycle = 0; cycle < cycles(); ++cycle) {
        QVERIFY2(explorer.run("A>blocked B>blocked" + QString(waiters == 3 ? " C>blocked" : "") + " caller>done"), qPrintable(explorer.report()));
        const QStringList steps = explorer.report().split(' ').filter(QRegularExpression(haltsThen ? ">went$" : "^[ABC]>done$"));
        QStringList told;
        for (const QString &step : steps)
            told.append(step.left(1));
        QCOMPARE(told, gathering->went);
    }
}

#ifdef Q_OS_UNIX
// Both processes wait for a shared lock, which both get at the same time. They record which one continues first; the second one is slow.
static void readTogether(const QString &directory, const QString &name)
{
    const QByteArray path = QFile::encodeName(directory + "/lock");
    const int lock = ::open(path.constData(), O_RDWR | O_CLOEXEC);
    while (::flock(lock, LOCK_SH) != 0) { }
    const QByteArray log = QFile::encodeName(directory + "/log");
    const int file = ::open(log.constData(), O_RDWR | O_APPEND | O_CREAT | O_CLOEXEC, 0600);
    const char own = name.at(0).toLatin1();
    char first = 0;
    const bool isFirst = ::write(file, &own, 1) == 1 && ::pread(file, &first, 1, 0) == 1 && first == own;
    for (const QDeadlineTimer end(isFirst ? 0 : 50, Qt::PreciseTimer); !end.hasExpired();) { }
    QSeamstress::pause("went");
}

static void unlockForAll(const QString &directory)
{
    const QByteArray path = QFile::encodeName(directory + "/lock");
    const int lock = ::open(path.constData(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    while (::flock(lock, LOCK_EX) != 0) { }
    QSeamstress::pause("locked");
    ::flock(lock, LOCK_UN);
}

void TestExploredWakeUps::orderOfProcesses()
{
    const QTemporaryDir directory;
    QVERIFY(directory.isValid());
    QSeamstressExplorer explorer;
    explorer.addProcess("A", &readTogether, directory.path(), QString("A"));
    explorer.addProcess("B", &readTogether, directory.path(), QString("B"));
    explorer.addProcess("caller", &unlockForAll, directory.path());
    explorer.setReset([&] { QFile::remove(directory.filePath("log")); });
    for (int cycle = 0; cycle < std::max(1, cycles() / 5); ++cycle) {
        QVERIFY2(explorer.run("caller>locked A>blocked B>blocked caller>done"), qPrintable(explorer.report()));
        QFile log(directory.filePath("log"));
        QVERIFY(log.open(QIODevice::ReadOnly));
        const QString went = QString::fromLatin1(log.readAll());
        QCOMPARE(went.size(), 2);
        const QStringList steps = explorer.report().split(' ').filter(">went");
        QCOMPARE(steps.first().left(1) + steps.last().left(1), went);
    }
}
#else
void TestExploredWakeUps::orderOfProcesses()
{
    QSKIP("This system has no flock().");
}
#endif

void TestExploredWakeUps::runOfAnotherOrder_data()
{
    QTest::addColumn<QString>("kind");
    QTest::newRow("mutex") << "mutex";
    QTest::newRow("condition") << "standard";
    if (!isQtInvisible)
        QTest::newRow("Qt-condition") << "Qt";
}

// An order that cannot happen, since something else decides which script comes first.
void TestExploredWakeUps::runOfAnotherOrder()
{
    QFETCH(const QString, kind);

    // After it wakes up, "late" waits for "early".
    std::unique_ptr<Gathering> gathering;
    std::optional<QMutex> mutex;
    std::optional<Halt> haltOfEarly;
    int runs = 0;
    QSeamstressExplorer explorer;
    for (const QString name : { "late", "early" }) {
        explorer.addThread(name, [&, name] {
            if (kind == "mutex") {
                mutex->lock();
                mutex->unlock();
            } else {
                gathering->waitAnd([] {});
            }
            name == "early" ? haltOfEarly->isNear() : haltOfEarly->wait();
            QSeamstress::pause("went");
        });
    }
    explorer.addThread("caller", [&] {
        if (kind != "mutex")
            return gathering->letAllGo();
        mutex->lock();
        QSeamstress::pause("locked");
        mutex->unlock();
    });
    explorer.setReset([&] {
        ++runs;
        mutex.emplace();
        haltOfEarly.emplace();
        if (kind != "mutex")
            gathering = makeGathering(kind);
    });
    const QString begin = kind == "mutex" ? "caller>locked late>blocked early>blocked caller>done" : "late>blocked early>blocked caller>done";
    QVERIFY2(explorer.run(begin + " early>went late>went"), qPrintable(explorer.report()));
    QCOMPARE(runs, 1);

    runs = 0;
    QVERIFY(!explorer.run(begin + " late>went early>went"));
    QCOMPARE(runs, 3);
    QCOMPARE(explorer.verdict(), QSeamstressExplorer::InvalidOrder);
    const int step = kind == "mutex" ? 5 : 4;
    const QString text = QString("InvalidOrder: The run departed from the order at step %1: the order says late>went, but early>went happened. The steps were \"%2 early>went late>went ").arg(step).arg(begin);
    QVERIFY2(explorer.report().startsWith(text), qPrintable(explorer.report()));
}

// An order may need more than one attempt.
void TestExploredWakeUps::runOfAnOrderThatComesAbout()
{
    std::unique_ptr<Gathering> gathering;
    std::optional<Halt> halt;
    int runs = 0;
    QSeamstressExplorer explorer;
    for (const QString name : { "A", "B" }) {
        explorer.addThread(name, [&, name] {
            gathering->waitAnd([] {});
            const bool isFirst = (name == "A") == (runs == 2); // not in the first run
            isFirst ? halt->isNear() : halt->wait();
            QSeamstress::pause("went");
        });
    }
    explorer.addThread("caller", [&gathering] { gathering->letAllGo(); });
    explorer.setReset([&] {
        ++runs;
        halt.emplace();
        gathering = makeGathering("standard");
    });
    QVERIFY2(explorer.run("A>blocked B>blocked caller>done A>went B>went"), qPrintable(explorer.report()));
    QCOMPARE(runs, 2);
    QCOMPARE(explorer.report(), "Passed: A>blocked B>blocked caller>done A>went B>went A>done B>done");
}

QTEST_MAIN(TestExploredWakeUps)
#include "tst_exploredwakeups.moc"
