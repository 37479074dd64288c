// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

// What a report says about decisions that the operating system makes instead of the explorer.

#include <QSeamstressExplorer>
#include <QSeamstressTest>

#include <QtConcurrent/QtConcurrentRun>
#include <QtTest/QTest>

#include <QMutex>
#include <QPromise>
#include <QSemaphore>
#include <QThread>
#include <QWaitCondition>

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <functional>
#include <memory>
#include <mutex>
#include <thread>

using namespace std::chrono_literals;

class TestSystemsChoices : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void saysWhatWasLeftToTheSystem_data();
    void saysWhatWasLeftToTheSystem();
    void saysItOfAFailure();
    void countsAreStable();
};

void TestSystemsChoices::initTestCase()
{
    if (!QSeamstressThread::isActivityAvailable())
        QSKIP("This system does not report what a thread does.");
}

static constexpr char first[] = "which of several woken scripts continues first";
static constexpr char timeout[] = "whether a wait times out";
static constexpr char await[] = "when a co_await becomes ready";
static constexpr char threads[] = "what threads that run no script do";

// Adds scripts to an explorer, and returns the owner of what they share.
using Scene = std::function<std::shared_ptr<void>(QSeamstressExplorer &)>;
Q_DECLARE_METATYPE(Scene)

template <class Lock>
static QSeamstressScript hold(Lock &lock)
{
    const std::lock_guard guard(lock);
    co_yield "locked";
}

static std::shared_ptr<void> tasks(QSeamstressExplorer &explorer)
{
    for (const QString name : { "A", "B" })
        explorer.addTask(name, []() -> QSeamstressScript { co_yield "begun"; });
    return {};
}

template <int scripts>
static std::shared_ptr<void> oneLock(QSeamstressExplorer &explorer)
{
    const auto mutex = std::make_shared<QMutex>();
    for (const QString &name : QStringList{ "A", "B", "C" }.first(scripts))
        explorer.addThread(name, [mutex] { return hold(*mutex); });
    return mutex;
}

static std::shared_ptr<void> timedLock(QSeamstressExplorer &explorer)
{
    const auto mutex = std::make_shared<std::timed_mutex>();
    explorer.addThread("A", [mutex] { return hold(*mutex); });
    explorer.addThread("B", [mutex] {
        if (mutex->try_lock_until(std::chrono::system_clock::now() + 10s)) // ThreadSanitizer of g++ 12 does not know how try_lock_for() locks
            mutex->unlock();
    });
    return mutex;
}

static std::shared_ptr<void> timedSemaphore(QSeamstressExplorer &explorer)
{
    const auto semaphore = std::make_shared<QSemaphore>();
    explorer.addThread("A", [semaphore] { semaphore->release(); });
    explorer.addThread("B", [semaphore] { semaphore->tryAcquire(1, 10'000); });
    return semaphore;
}

static std::shared_ptr<void> notifiedTogether(QSeamstressExplorer &explorer)
{
    struct Shared
    {
        std::mutex mutex;
        std::condition_variable condition;
        bool isOpen = false;
    };
    const auto shared = std::make_shared<Shared>();
    for (const QString name : { "A", "B" }) {
        explorer.addThread(name, [shared] {
            std::unique_lock lock(shared->mutex);
            shared->condition.wait(lock, [shared] { return shared->isOpen; });
        });
    }
    explorer.addThread("C", [shared] {
        const std::lock_guard lock(shared->mutex);
        shared->isOpen = true;
        shared->condition.notify_all();
    });
    explorer.setReset([shared] { shared->isOpen = false; });
    return shared;
}

static std::shared_ptr<void> awaiting(QSeamstressExplorer &explorer)
{
    const auto promise = std::make_shared<std::unique_ptr<QPromise<int>>>();
    explorer.addTask("A", [promise]() -> QSeamstressScript { co_await (*promise)->future(); });
    explorer.addTask("B", [promise]() -> QSeamstressScript {
        co_yield "before";
        (*promise)->addResult(7);
        (*promise)->finish();
    });
    explorer.setReset([promise] {
        *promise = std::make_unique<QPromise<int>>();
        (*promise)->start();
    });
    return promise;
}

static std::shared_ptr<void> threadThatIsWaitedFor(QSeamstressExplorer &explorer)
{
    explorer.addThread("A", []() -> QSeamstressScript {
        co_yield "begun";
        std::thread([] { std::this_thread::sleep_for(20ms); }).join();
    });
    explorer.addThread("B", []() -> QSeamstressScript { co_yield "begun"; });
    return {};
}

static std::shared_ptr<void> threadThatGoesOn(QSeamstressExplorer &explorer)
{
    const auto thread = std::make_shared<std::unique_ptr<QThread>>();
    explorer.addThread("A", [thread]() -> QSeamstressScript {
        thread->reset(QThread::create([] { QThread::msleep(20); }));
        (*thread)->start();
        co_yield "begun";
    });
    explorer.setReset([thread] {
        if (*thread)
            (*thread)->wait();
    });
    return std::shared_ptr<void>(nullptr, [thread](void *) { (*thread)->wait(); });
}

static std::shared_ptr<void> jobOfAPool(QSeamstressExplorer &explorer)
{
    const auto pool = std::make_shared<QThreadPool>();
    explorer.addThread("A", [pool] { QtConcurrent::run(pool.get(), [] { QThread::msleep(20); }).waitForFinished(); });
    return pool;
}

void TestSystemsChoices::saysWhatWasLeftToTheSystem_data()
{
    QTest::addColumn<Scene>("scene");
    QTest::addColumn<QString>("choice");
    QTest::newRow("tasks") << Scene(&tasks) << "";
    QTest::newRow("one-waits-for-a-lock") << Scene(&oneLock<2>) << "";
    QTest::newRow("two-wait-for-a-lock") << Scene(&oneLock<3>) << first;
    QTest::newRow("notify_all") << Scene(&notifiedTogether) << first;
    QTest::newRow("try_lock_until") << Scene(&timedLock) << timeout;
    QTest::newRow("tryAcquire") << Scene(&timedSemaphore) << timeout;
    QTest::newRow("co_await") << Scene(&awaiting) << await;
    QTest::newRow("std-thread") << Scene(&threadThatIsWaitedFor) << threads;
    QTest::newRow("QThread-that-goes-on") << Scene(&threadThatGoesOn) << threads;
    QTest::newRow("QtConcurrent") << Scene(&jobOfAPool) << threads;
}

void TestSystemsChoices::saysWhatWasLeftToTheSystem()
{
    QFETCH(const Scene, scene);
    QFETCH(const QString, choice);

    QSeamstressExplorer explorer;
    const std::shared_ptr<void> shared = scene(explorer);
    QVERIFY2(explorer.explore(), qPrintable(explorer.report()));
    const QString line = explorer.report().section('\n', 1);
    QCOMPARE(line, choice.isEmpty() ? QString() : QString("Left to the operating system, so another run may try other orders: %1.").arg(choice));

    QVERIFY2(explorer.explore(), qPrintable(explorer.report()));
    QCOMPARE(explorer.report().section('\n', 1), line); // nothing is left of the previous exploration
}

void TestSystemsChoices::saysItOfAFailure()
{
    QSeamstressExplorer explorer;
    const std::shared_ptr<void> shared = timedLock(explorer);
    explorer.setCheck([] { return false; });
    QVERIFY(!explorer.explore());
    QVERIFY2(!explorer.report().contains("Left to the operating system"), qPrintable(explorer.report())); // no script waits in the first order
    int orders = 0;
    explorer.setCheck([&orders] { return ++orders < 4; });
    QVERIFY(!explorer.explore());
    QVERIFY2(explorer.report().contains(QString("\nLeft to the operating system, so another run may try other orders: %1.\nRun it again").arg(timeout)), qPrintable(explorer.report()));
}

// A bounded buffer for one item.
class Buffer
{
public:
    void put()
    {
        std::unique_lock lock(m_mutex);
        m_hasPlace.wait(lock, [this] { return m_count == 0; });
        QSeamstress::pause("puts");
        ++m_count;
        m_hasSomething.notify_one();
    }
    void take()
    {
        std::unique_lock lock(m_mutex);
        m_hasSomething.wait(lock, [this] { return m_count == 1; });
        QSeamstress::pause("takes");
        --m_count;
        m_hasPlace.notify_one();
    }
    int count() const { return m_count; }

private:
    std::mutex m_mutex;
    std::condition_variable m_hasPlace;
    std::condition_variable m_hasSomething;
    int m_count = 0;
};

// If another run of the same test may try a different number of orders, the report says why.
void TestSystemsChoices::countsAreStable()
{
    std::shared_ptr<Buffer> buffer;
    QSeamstressExplorer explorer;
    for (const QString name : { "P", "Q" })
        explorer.addThread(name, [&buffer] { buffer->put(); });
    for (const QString name : { "C", "D" })
        explorer.addThread(name, [&buffer] { buffer->take(); });
    explorer.setReset([&buffer] { buffer = std::make_shared<Buffer>(); });
    explorer.setCheck([&buffer] { return buffer->count() == 0; });
    for (int time = 0; time < 3; ++time) {
        QVERIFY2(explorer.explore(), qPrintable(explorer.report()));
        QVERIFY2(explorer.report().contains(QString("\nLeft to the operating system, so another run may try other orders: %1.").arg(first)), qPrintable(explorer.report()));
    }
}

QTEST_GUILESS_MAIN(TestSystemsChoices)
#include "tst_systemschoices.moc"
