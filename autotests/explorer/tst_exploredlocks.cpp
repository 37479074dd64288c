// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

// Explorers whose scripts block each other.

#include <QSeamstressExplorer>
#include <QSeamstressTest>

#include <QtTest/QTest>

#include <QElapsedTimer>
#include <QMutex>
#include <QRegularExpression>
#include <QSemaphore>

#include <condition_variable>
#include <memory>
#include <mutex>
#include <optional>
#include <semaphore>
#include <thread>

#include "../shared/shortpatience.h"

class TestExploredLocks : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void waitsForALock();
    void recordsWhoGetsALock();
    void deadlock_data();
    void deadlock();
    void deadlockOfOne();
    void deadlockWithoutHolder_data();
    void deadlockWithoutHolder();
    void explorerGoesOnAfterADeadlock();
    void orderThatCannotGoOn();
    void waitWithATimeoutIsNoDeadlock();
    void threadThatIsNoScriptMayFreeThem();
    void nobodyGetsOn();
    void manyOrders();
};

void TestExploredLocks::initTestCase()
{
    if (!QSeamstressThread::isActivityAvailable())
        QSKIP("This system does not report what a thread does.");
}

template <class Lock>
static QSeamstressScript hold(Lock &lock)
{
    const std::lock_guard guard(lock);
    co_yield "locked";
}

void TestExploredLocks::waitsForALock()
{
    QMutex mutex;
    QSeamstressExplorer explorer;
    explorer.addThread("A", [&mutex] { return hold(mutex); });
    explorer.addThread("B", [&mutex] { return hold(mutex); });
    QVERIFY2(explorer.explore(), qPrintable(explorer.report()));
    QCOMPARE(explorer.totalOrders(), 6);
    QCOMPARE(explorer.triedOrders(), 2); // one after the other
    QCOMPARE(explorer.infeasibleOrders(), 2); // each script is blocked by the other one once
    QCOMPARE(explorer.report(), "Passed: 4 of 6 orders; in 2 of them a script was blocked; scripts: A (2 steps), B (2 steps).");

    QVERIFY2(explorer.run("A>locked B>blocked A>done B>locked B>done"), qPrintable(explorer.report()));
    QCOMPARE(explorer.report(), "Passed: A>locked B>blocked A>done B>locked B>done");
}

void TestExploredLocks::recordsWhoGetsALock()
{
    std::optional<QMutex> mutex;
    QStringList owners;
    QSeamstressExplorer explorer;
    for (const QString name : { "A", "B", "C" }) {
        explorer.addThread(name, [&mutex, &owners, name]() -> QSeamstressScript {
            const std::lock_guard guard(*mutex);
            owners.append(name);
            co_yield "locked";
        });
    }
    explorer.setReset([&] {
        mutex.emplace();
        owners.clear();
    });
    QVERIFY2(explorer.run("A>locked B>blocked C>blocked"), qPrintable(explorer.report()));
    QCOMPARE(owners.size(), 3);
    const QString second = owners.at(1);
    const QString third = owners.at(2);
    QCOMPARE(explorer.report(), QString("Passed: A>locked B>blocked C>blocked A>done %1>locked %1>done %2>locked %2>done").arg(second, third));
}

struct TwoLocks
{
    std::mutex first;
    std::mutex second;
    QMutex third;
    QMutex fourth;
};

template <class One, class Other>
static QSeamstressScript holdBoth(One &one, Other &other)
{
    const std::lock_guard guard(one);
    co_yield "has one";
    const std::lock_guard both(other);
    co_yield "has both";
}

void TestExploredLocks::deadlock_data()
{
    QTest::addColumn<bool>("isStandard");
    QTest::newRow("std-mutex") << true;
    QTest::newRow("QMutex") << false;
}

void TestExploredLocks::deadlock()
{
    QFETCH(const bool, isStandard);

    std::shared_ptr<TwoLocks> locks;
    QSeamstressExplorer explorer;
    explorer.addThread("A", [&locks, isStandard]() -> QSeamstressScript {
        const std::shared_ptr<TwoLocks> own = locks; // lives as long as the abandoned thread
        QSeamstressScript both = isStandard ? holdBoth(own->first, own->second) : holdBoth(own->third, own->fourth);
        co_await std::move(both);
    });
    explorer.addThread("B", [&locks, isStandard]() -> QSeamstressScript {
        const std::shared_ptr<TwoLocks> own = locks;
        QSeamstressScript both = isStandard ? holdBoth(own->second, own->first) : holdBoth(own->fourth, own->third);
        co_await std::move(both);
    });
    explorer.setReset([&locks] { locks = std::make_shared<TwoLocks>(); });
    QVERIFY(!explorer.explore());
    QCOMPARE(explorer.verdict(), QSeamstressExplorer::Deadlock);
    QCOMPARE(explorer.failingOrder(), "A>has one B>has one B>blocked A>blocked");
    const QRegularExpression text(QString("^Deadlock: No script can continue:\n"
                                          "A is blocked on the lock, condition or semaphore at 0x[0-9a-f]+, in futex, after its pause point \"has one\"; %1\\.\n"
                                          "B is blocked on the lock, condition or semaphore at 0x[0-9a-f]+, in futex, after its pause point \"has one\"; %2\\.\n"
                                          "The thread of A was abandoned, along with everything that its script captured\\.\n"
                                          "The thread of B was abandoned, along with everything that its script captured\\.\n"
                                          "Order: A>has one B>has one B>blocked A>blocked\n")
                                      .arg(isStandard ? "B holds it" : "only B can wake it up", isStandard ? "A holds it" : "only A can wake it up"));
    QVERIFY2(text.match(explorer.report()).hasMatch(), qPrintable(explorer.report()));
    QVERIFY2(explorer.report().contains("blocked in futex"), qPrintable(explorer.report()));
}

void TestExploredLocks::deadlockOfOne()
{
    std::shared_ptr<std::mutex> mutex;
    QSeamstressExplorer explorer;
    explorer.addThread("A", [&mutex]() -> QSeamstressScript {
        const std::shared_ptr<std::mutex> own = mutex;
        own->lock();
        co_yield "locked";
        own->lock();
    });
    explorer.setReset([&mutex] { mutex = std::make_shared<std::mutex>(); });
    QVERIFY(!explorer.explore());
    QCOMPARE(explorer.verdict(), QSeamstressExplorer::Deadlock);
    QVERIFY2(explorer.report().contains("; it already holds this lock."), qPrintable(explorer.report()));
}

struct Meeting
{
    std::mutex mutex;
    std::condition_variable condition;
    std::binary_semaphore leave{ 0 }; // for a thread that runs no script
};

void TestExploredLocks::deadlockWithoutHolder_data()
{
    QTest::addColumn<QString>("who");
    QTest::addColumn<QString>("text");
    QTest::newRow("held-by-the-test") << "test"
                                      << "; the explorer's thread holds it and is waiting for the scripts.";
    QTest::newRow("held-by-a-thread") << "thread"
                                      << "; a thread that runs no script holds it.";
    QTest::newRow("woken-too-early") << "nobody"
                                     << "; no script is left that can wake it up.";
}

void TestExploredLocks::deadlockWithoutHolder()
{
    QFETCH(const QString, who);
    QFETCH(const QString, text);

    const auto meeting = std::make_shared<Meeting>(); // lives as long as the abandoned thread
    std::optional<std::thread> helper;
    if (who == "thread") {
        std::binary_semaphore isThere{ 0 };
        helper.emplace([meeting, &isThere] {
            const std::lock_guard lock(meeting->mutex);
            isThere.release();
            meeting->leave.acquire();
        });
        isThere.acquire();
    } else if (who == "test") {
        meeting->mutex.lock();
    }
    QSeamstressExplorer explorer;
    explorer.addThread("A", [meeting] { meeting->condition.notify_all(); });
    explorer.addThread("B", [meeting, waits = who == "nobody"] {
        std::unique_lock lock(meeting->mutex);
        if (waits)
            meeting->condition.wait(lock);
    });
    QVERIFY(!explorer.run("A>done B>blocked"));
    QCOMPARE(explorer.verdict(), QSeamstressExplorer::Deadlock);
    QVERIFY2(explorer.report().contains(text), qPrintable(explorer.report()));
    QCOMPARE(explorer.totalOrders(), -1);

    // Let all threads end.
    if (who == "test")
        meeting->mutex.unlock();
    meeting->leave.release();
    if (helper)
        helper->join();
    meeting->condition.notify_all();
}

void TestExploredLocks::explorerGoesOnAfterADeadlock()
{
    std::shared_ptr<TwoLocks> locks;
    QSeamstressExplorer explorer;
    explorer.addThread("A", [&locks]() -> QSeamstressScript {
        const std::shared_ptr<TwoLocks> own = locks;
        co_await holdBoth(own->first, own->second);
    });
    explorer.addThread("B", [&locks]() -> QSeamstressScript {
        const std::shared_ptr<TwoLocks> own = locks;
        co_await holdBoth(own->second, own->first);
    });
    explorer.setReset([&locks] { locks = std::make_shared<TwoLocks>(); });
    QVERIFY(!explorer.run("A>has one B>has one"));
    QCOMPARE(explorer.verdict(), QSeamstressExplorer::Deadlock);
    QVERIFY2(explorer.run("A>done B>done"), qPrintable(explorer.report()));
}

// The order asks for a step that is blocked by a paused script. The explorer does not wait for that step.
void TestExploredLocks::orderThatCannotGoOn()
{
    QMutex mutex;
    QSeamstressExplorer explorer;
    explorer.setTimeout(std::chrono::seconds(100));
    explorer.addThread("A", [&mutex] { return hold(mutex); });
    explorer.addThread("B", [&mutex] { return hold(mutex); });
    QElapsedTimer time;
    time.start();
    QVERIFY(!explorer.run("A>locked B>done A>done"));
    QVERIFY2(time.elapsed() < 50'000, "the explorer waited for the step");
    QCOMPARE(explorer.verdict(), QSeamstressExplorer::InvalidOrder);
    QVERIFY2(explorer.report().contains("B is blocked where the order says B>done. The steps were \"A>locked B>blocked\"."), qPrintable(explorer.report()));
    QVERIFY2(explorer.run("A>locked B>blocked A>done B>done"), qPrintable(explorer.report())); // no thread has been abandoned
}

void TestExploredLocks::waitWithATimeoutIsNoDeadlock()
{
    QMutex mutex;
    bool gotIt = true;
    QSeamstressExplorer explorer;
    explorer.addThread("A", [&]() -> QSeamstressScript {
        co_yield "begun";
        gotIt = mutex.tryLock(200);
        if (gotIt)
            mutex.unlock();
    });
    explorer.setReset([&gotIt] { gotIt = true; });
    mutex.lock();
    QVERIFY2(explorer.explore(), qPrintable(explorer.report()));
    mutex.unlock();
    QVERIFY(!gotIt);
}

void TestExploredLocks::threadThatIsNoScriptMayFreeThem()
{
    QSemaphore semaphore;
    QSemaphore isBegun;
    QSeamstressExplorer explorer;
    explorer.addThread("A", [&]() -> QSeamstressScript {
        isBegun.release();
        semaphore.acquire();
        co_return;
    });
    const std::unique_ptr<QThread> helper(QThread::create([&] {
        for (int time = 0; time < 2; ++time) { // also in the trial run
            isBegun.acquire();
            QThread::msleep(100);
            semaphore.release();
        }
    }));
    helper->start();
    QVERIFY2(explorer.explore(), qPrintable(explorer.report()));
    helper->wait();
}

void TestExploredLocks::nobodyGetsOn()
{
    // While a thread that runs no script sleeps, the explorer cannot tell whether this is a deadlock.
    QSemaphore end;
    const std::unique_ptr<QThread> helper(QThread::create([&end] {
        while (!end.tryAcquire())
            QThread::msleep(10);
    }));
    helper->start();
    auto semaphore = std::make_shared<QSemaphore>();
    const ShortPatience patience; // otherwise, the explorer waits 5 s for the script to end
    QSeamstressExplorer explorer;
    explorer.addThread("A", [semaphore] { semaphore->acquire(); });
    QVERIFY(!explorer.run({}));
    QCOMPARE(explorer.verdict(), QSeamstressExplorer::TimedOut);
    semaphore->release();
    end.release();
    helper->wait();
}

void TestExploredLocks::manyOrders()
{
    const int rounds = qEnvironmentVariable("QSEAMSTRESS_TEST_CYCLES", "20").toInt();
    for (int round = 0; round < rounds; ++round) {
        QMutex mutex;
        int inside = 0;
        QSeamstressExplorer explorer;
        for (const QString name : { "A", "B" }) {
            explorer.addThread(name, [&]() -> QSeamstressScript {
                co_yield "begun";
                const std::lock_guard guard(mutex);
                if (++inside != 1)
                    throw std::runtime_error("not alone");
                co_yield "inside";
                --inside;
            });
        }
        QVERIFY2(explorer.explore(), qPrintable(explorer.report()));
        QCOMPARE(explorer.totalOrders(), 20);
        QVERIFY(explorer.infeasibleOrders() > 0);
    }
}

QTEST_MAIN(TestExploredLocks)
#include "tst_exploredlocks.moc"
