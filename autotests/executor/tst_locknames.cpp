// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

// How messages refer to locks: by the name set with QSeamstress::setLockName(), or by the script that consists of the lock.

#include <QSeamstressExplorer>
#include <QSeamstressTest>

#include <QMutex>
#include <QScopeGuard>
#include <QSemaphore>
#include <QTest>

#include <condition_variable>
#include <functional>
#include <memory>
#include <mutex>
#include <semaphore>
#include <shared_mutex>

class TestLockNames : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void nameOfALock_data();
    void nameOfALock();
    void nameOfTheExecutor();
    void nameInAReport();
    void nameThatIsTakenBack();
    void nameOfANeighbour();
    void nullPointer();
};

void TestLockNames::initTestCase()
{
    if (!QSeamstressThread::isActivityAvailable())
        QSKIP("This system does not report what a thread does.");
}

// A lock, a function that waits for it, and one that releases it.
struct Wait
{
    std::shared_ptr<void> lock;
    std::function<void()> wait;
    std::function<void()> free;
};
using MakeWait = Wait (*)();
Q_DECLARE_METATYPE(MakeWait)

template <class Lock>
static Wait waitForALock()
{
    const auto lock = std::make_shared<Lock>();
    lock->lock();
    return { lock, [lock] { const std::lock_guard guard(*lock); }, [lock] { lock->unlock(); } };
}

static Wait waitForASharedMutex()
{
    const auto lock = std::make_shared<std::shared_mutex>();
    lock->lock();
    return { lock, [lock] { const std::shared_lock guard(*lock); }, [lock] { lock->unlock(); } };
}

template <class Semaphore, auto... arguments>
static Wait waitForASemaphore()
{
    const auto semaphore = std::make_shared<Semaphore>(arguments...);
    return { semaphore, [semaphore] { semaphore->acquire(); }, [semaphore] { semaphore->release(); } };
}

static Wait waitForACondition()
{
    const auto condition = std::make_shared<std::condition_variable>();
    const auto mutex = std::make_shared<std::mutex>();
    const auto isOver = std::make_shared<bool>(false);
    return { condition,
             [=] {
                 std::unique_lock lock(*mutex);
                 condition->wait(lock, [isOver] { return *isOver; });
             },
             [=] {
                 const std::lock_guard lock(*mutex);
                 *isOver = true;
                 condition->notify_all();
             } };
}

void TestLockNames::nameOfALock_data()
{
    QTest::addColumn<MakeWait>("make");
    QTest::newRow("QMutex") << MakeWait(&waitForALock<QMutex>);
    QTest::newRow("std-mutex") << MakeWait(&waitForALock<std::mutex>);
    QTest::newRow("shared_mutex") << MakeWait(&waitForASharedMutex);
    QTest::newRow("QSemaphore") << MakeWait(&waitForASemaphore<QSemaphore>);
    QTest::newRow("binary_semaphore") << MakeWait(&waitForASemaphore<std::binary_semaphore, 0>);
    QTest::newRow("condition_variable") << MakeWait(&waitForACondition);
}

void TestLockNames::nameOfALock()
{
    QFETCH(const MakeWait, make);

    const Wait wait = make();
    QSeamstress::setLockName(wait.lock.get(), "accounts");
    const auto takeBack = qScopeGuard([&wait] { QSeamstress::setLockName(wait.lock.get(), {}); });
    QSeamstressThread thread([&wait] { wait.wait(); });
    thread.setObjectName("payer");
    thread.start();
    QVERIFY2(thread.waitForBlocked(), qPrintable(thread.errorString()));
    QVERIFY(!thread.waitForPaused(QDeadlineTimer(1)));
    QVERIFY2(thread.errorString().contains(" Now it is blocked on \"accounts\", in futex."), qPrintable(thread.errorString()));
    wait.free();
    QVERIFY2(thread.waitForFinished(), qPrintable(thread.errorString()));
}

// A lock that is passed as the script needs no name.
void TestLockNames::nameOfTheExecutor()
{
    QMutex mutex;
    QSeamstressThread hogger(&mutex);
    hogger.setObjectName("hogger");
    QVERIFY(hogger.enter());
    QSeamstressThread payer([&mutex] { const QMutexLocker locker(&mutex); });
    payer.setObjectName("payer");
    payer.start();
    QVERIFY2(payer.waitForBlockedOn(&mutex), qPrintable(payer.errorString()));
    QVERIFY(!payer.waitForPaused(QDeadlineTimer(1)));
    QVERIFY2(payer.errorString().contains(" Now it is blocked on the lock of \"hogger\", in futex."), qPrintable(payer.errorString()));
    QSeamstress::setLockName(&mutex, "accounts"); // takes precedence
    QVERIFY(!payer.waitForPaused(QDeadlineTimer(1)));
    QVERIFY2(payer.errorString().contains(" Now it is blocked on \"accounts\", in futex."), qPrintable(payer.errorString()));
    QSeamstress::setLockName(&mutex, {});
    QVERIFY(hogger.exit());
    QVERIFY2(payer.waitForFinished(), qPrintable(payer.errorString()));
}

void TestLockNames::nameInAReport()
{
    struct Locks
    {
        std::mutex first;
        std::mutex second;
    };
    std::shared_ptr<Locks> locks;
    QSeamstressExplorer explorer;
    const auto add = [&](const char *name, std::mutex Locks::*one, std::mutex Locks::*other) {
        explorer.addThread(name, [&locks, one, other]() -> QSeamstressScript {
            const std::shared_ptr<Locks> own = locks;
            const std::lock_guard guard(*own.*one);
            co_yield "has one";
            const std::lock_guard both(*own.*other);
        });
    };
    add("A", &Locks::first, &Locks::second);
    add("B", &Locks::second, &Locks::first);
    explorer.setReset([&locks] {
        locks = std::make_shared<Locks>();
        QSeamstress::setLockName(&locks->first, "accounts");
        QSeamstress::setLockName(&locks->second, "journal");
    });
    QVERIFY(!explorer.explore());
    QCOMPARE(explorer.verdict(), QSeamstressExplorer::Deadlock);
    QVERIFY2(explorer.report().startsWith("Deadlock: No script can continue:\n"
                                          "A is blocked on \"journal\", in futex, after its pause point \"has one\"; B holds it.\n"
                                          "B is blocked on \"accounts\", in futex, after its pause point \"has one\"; A holds it.\n"),
             qPrintable(explorer.report()));
    QVERIFY2(explorer.report().contains("blocked on \"accounts\"\n"), qPrintable(explorer.report())); // in the timeline
    QVERIFY2(!explorer.report().contains("0x"), qPrintable(explorer.report()));
    QSeamstress::setLockName(&locks->first, {});
    QSeamstress::setLockName(&locks->second, {});
}

void TestLockNames::nameThatIsTakenBack()
{
    QMutex mutex;
    QSeamstress::setLockName(&mutex, "accounts");
    QSeamstress::setLockName(&mutex, {});
    QSeamstress::setLockName(&mutex, {});
    QMutexLocker locker(&mutex);
    QSeamstressThread thread([&mutex] { const QMutexLocker own(&mutex); });
    thread.start();
    QVERIFY2(thread.waitForBlocked(), qPrintable(thread.errorString()));
    QVERIFY(!thread.waitForPaused(QDeadlineTimer(1)));
    QVERIFY2(thread.errorString().contains("the lock, condition or semaphore at 0x"), qPrintable(thread.errorString()));
    locker.unlock();
    QVERIFY2(thread.waitForFinished(), qPrintable(thread.errorString()));
}

// Two adjacent locks each have a name, and what follows them in memory has none.
void TestLockNames::nameOfANeighbour()
{
    struct Locks
    {
        QMutex first;
        QMutex second;
        char between[64];
        QMutex third;
    } locks;
    QSeamstress::setLockName(&locks.first, "first");
    QSeamstress::setLockName(&locks.second, "second");
    const std::pair<QMutex *, QString> cases[] = { { &locks.first, "\"first\"" }, { &locks.second, "\"second\"" }, { &locks.third, "the lock, condition or semaphore at 0x" } };
    for (const auto &[mutex, text] : cases) {
        QMutexLocker locker(mutex);
        QSeamstressThread thread([mutex = mutex] { const QMutexLocker own(mutex); });
        thread.start();
        QVERIFY2(thread.waitForBlocked(), qPrintable(thread.errorString()));
        QVERIFY(!thread.waitForPaused(QDeadlineTimer(1)));
        QVERIFY2(thread.errorString().contains("is blocked on " + text), qPrintable(thread.errorString()));
        locker.unlock();
        QVERIFY2(thread.waitForFinished(), qPrintable(thread.errorString()));
    }
    QSeamstress::setLockName(&locks.first, {});
    QSeamstress::setLockName(&locks.second, {});
}

void TestLockNames::nullPointer()
{
    QTest::ignoreMessage(QtWarningMsg, "QSeamstress::setLockName: a null pointer cannot be named \"accounts\"; pass the address of a lock.");
    QSeamstress::setLockName(nullptr, "accounts");
}

QTEST_GUILESS_MAIN(TestLockNames)
#include "tst_locknames.moc"
