// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

// However often a script runs, it leaks no thread, file descriptor or memory. QSEAMSTRESS_TEST_CYCLES sets the number of runs. QTest aborts
// a test function after five minutes; QTEST_FUNCTION_TIMEOUT raises this limit, in milliseconds.

#include <QSeamstressTask>
#include <QSeamstressThread>

#include <QDebug>
#include <QDir>
#include <QMutex>
#include <QTest>
#include <QThreadPool>

#include <malloc.h>

class TestManyCycles : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void leaveNothing_data();
    void leaveNothing();
};

struct Resources
{
    qsizetype threads;
    qsizetype descriptors;
    qint64 memory; // bytes; 0 if a sanitizer replaces the heap
};

static qsizetype entriesOf(const char *folder)
{
    return QDir(QString::fromLatin1(folder)).entryList(QDir::AllEntries | QDir::System | QDir::NoDotAndDotDot).size();
}

static Resources resources()
{
    const qint64 memory = static_cast<qint64>(mallinfo2().uordblks + mallinfo2().hblkhd);
    return { entriesOf("/proc/self/task"), entriesOf("/proc/self/fd"), memory };
}

// Runs a script once. If that goes wrong, fails the test and returns false.
template <class Executor>
static bool cycle(Executor &hogger, QMutex &mutex, bool exits)
{
    hogger.setObjectName("hogger");
    if (!hogger.enter() || mutex.tryLock() || (exits && !hogger.exit())) {
        QTest::qFail(qPrintable(QStringLiteral("not entered, not locked or not ended: ") + hogger.errorString()), __FILE__, __LINE__);
        return false;
    }
    return true;
}

// Each run waits until the script is blocked.
static bool blockedCycle()
{
    QMutex mutex;
    QMutexLocker locker(&mutex);
    QSeamstressThread waiter(&mutex);
    waiter.setObjectName("waiter");
    waiter.start();
    const bool blocked = waiter.waitForBlockedOn(&mutex);
    locker.unlock();
    if (!blocked || !waiter.waitForPaused() || !waiter.exit()) {
        QTest::qFail(qPrintable(QStringLiteral("not blocked, not paused or not ended: ") + waiter.errorString()), __FILE__, __LINE__);
        return false;
    }
    return true;
}

static bool cycle(const QString &kind, QThreadPool &pool)
{
    if (kind == "blocked")
        return blockedCycle();
    const bool exits = !kind.endsWith("destroyed-while-halted");
    QMutex mutex;
    if (kind.startsWith("task")) {
        QSeamstressTask hogger(&mutex);
        return cycle(hogger, mutex, exits);
    }
    QSeamstressThread hogger(&mutex);
    if (kind == "pool")
        hogger.setThreadPool(&pool);
    if (kind == "event-loop")
        hogger.setPauseMode(QSeamstressThread::RunEventLoop);
    return cycle(hogger, mutex, exits);
}

static bool cycles(int count, const QString &kind, QThreadPool &pool)
{
    for (int i = 0; i < count; ++i) {
        if (!cycle(kind, pool))
            return false;
    }
    return pool.waitForDone();
}

void TestManyCycles::leaveNothing_data()
{
    QTest::addColumn<QString>("kind");
    for (const char *kind : { "own-thread", "pool", "event-loop", "destroyed-while-halted", "blocked", "task", "task-destroyed-while-halted" })
        QTest::newRow(kind) << kind;
}

void TestManyCycles::leaveNothing()
{
    QFETCH(const QString, kind);
    if (kind == "blocked" && !QSeamstressThread::isActivityAvailable())
        QSKIP("This system does not report what a thread does.");

    const int count = qEnvironmentVariableIsSet("QSEAMSTRESS_TEST_CYCLES") ? qEnvironmentVariableIntValue("QSEAMSTRESS_TEST_CYCLES") : 2000;
    QVERIFY(count > 0);
    QThreadPool pool;
    pool.setMaxThreadCount(1);
    pool.setExpiryTimeout(-1);
    QVERIFY(cycles(200, kind, pool)); // what is created only once
    const Resources before = resources();
    QVERIFY(cycles(count, kind, pool));
    const Resources after = resources();
    // The kernel needs a moment to remove a joined thread, so such a thread may also have been counted before.
    QTRY_VERIFY(entriesOf("/proc/self/task") <= before.threads);
    const qint64 growth = after.memory - before.memory;
    qInfo() << count << "cycles; threads before and after:" << before.threads << entriesOf("/proc/self/task") << "descriptors:" << before.descriptors << after.descriptors
            << "bytes more:" << growth;
    QVERIFY(after.descriptors <= before.descriptors);
    // The caches of the heap count as used memory and vary by some blocks, however many cycles there are.
    static constexpr qint64 caches = 64 * 1024;
    QVERIFY2(growth <= caches, qPrintable(QStringLiteral("%1 bytes more").arg(growth)));
}

QTEST_GUILESS_MAIN(TestManyCycles)
#include "tst_manycycles.moc"
