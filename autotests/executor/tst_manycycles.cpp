// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

// However often a script is run: no thread, no descriptor and no memory stays behind. QSEAMSTRESS_TEST_CYCLES says how often. QTest ends a
// function after five minutes; QTEST_FUNCTION_TIMEOUT gives it longer, in milliseconds.

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
    qint64 memory; // bytes; 0 where a sanitizer has its own heap
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

// One run of a script. False, and the test has failed, if it did not do as it is told.
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

// Waits until it is blocked, each time.
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
        QTest::qFail(qPrintable(QStringLiteral("not blocked, not halted or not ended: ") + waiter.errorString()), __FILE__, __LINE__);
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
        QSKIP("This system does not tell what a thread does.");

    const int count = qEnvironmentVariableIsSet("QSEAMSTRESS_TEST_CYCLES") ? qEnvironmentVariableIntValue("QSEAMSTRESS_TEST_CYCLES") : 2000;
    QVERIFY(count > 0);
    QThreadPool pool;
    pool.setMaxThreadCount(1);
    pool.setExpiryTimeout(-1);
    QVERIFY(cycles(200, kind, pool)); // what is made once
    const Resources before = resources();
    QVERIFY(cycles(count, kind, pool));
    const Resources after = resources();
    // The system needs a moment to remove a thread that has been joined, which may have been counted before, too.
    QTRY_VERIFY(entriesOf("/proc/self/task") <= before.threads);
    const qint64 growth = after.memory - before.memory;
    qInfo() << count << "cycles; threads before and after:" << before.threads << entriesOf("/proc/self/task") << "descriptors:" << before.descriptors << after.descriptors
            << "bytes more:" << growth;
    QVERIFY(after.descriptors <= before.descriptors);
    // However many cycles: some blocks more or less lie in the caches of the heap, which count as used.
    static constexpr qint64 caches = 64 * 1024;
    QVERIFY2(growth <= caches, qPrintable(QStringLiteral("%1 bytes more").arg(growth)));
}

QTEST_GUILESS_MAIN(TestManyCycles)
#include "tst_manycycles.moc"
