// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

// However often a script is run: no thread, no descriptor and no memory stays behind. QSEAMSTRESS_TEST_CYCLES says how often.

#include <QSeamstressTask>
#include <QSeamstressThread>

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

template <class Executor, class Prepare>
static void cycle(bool exits, Prepare prepare)
{
    QMutex mutex;
    Executor hogger(&mutex);
    hogger.setObjectName("hogger");
    prepare(hogger);
    QVERIFY2(hogger.enter(), qPrintable(hogger.errorString()));
    QVERIFY(!mutex.tryLock());
    if (exits)
        QVERIFY2(hogger.exit(), qPrintable(hogger.errorString()));
}

static void cycle(const QString &kind, QThreadPool &pool)
{
    const bool exits = !kind.endsWith("destroyed-while-halted");
    if (kind.startsWith("task"))
        return cycle<QSeamstressTask>(exits, [](QSeamstressTask &) {});
    cycle<QSeamstressThread>(exits, [&](QSeamstressThread &thread) {
        if (kind == "pool")
            thread.setThreadPool(&pool);
        if (kind == "event-loop")
            thread.setPauseMode(QSeamstressThread::RunEventLoop);
    });
}

void TestManyCycles::leaveNothing_data()
{
    QTest::addColumn<QString>("kind");
    for (const char *kind : { "own-thread", "pool", "event-loop", "destroyed-while-halted", "task", "task-destroyed-while-halted" })
        QTest::newRow(kind) << kind;
}

void TestManyCycles::leaveNothing()
{
    QFETCH(const QString, kind);

    const int cycles = qEnvironmentVariableIsSet("QSEAMSTRESS_TEST_CYCLES") ? qEnvironmentVariableIntValue("QSEAMSTRESS_TEST_CYCLES") : 2000;
    QVERIFY(cycles > 0);
    QThreadPool pool;
    pool.setMaxThreadCount(1);
    pool.setExpiryTimeout(-1);
    for (int i = 0; i < 200; ++i) // what is made once
        cycle(kind, pool);
    QVERIFY(pool.waitForDone());
    const Resources before = resources();
    for (int i = 0; i < cycles; ++i)
        cycle(kind, pool);
    QVERIFY(pool.waitForDone());
    const Resources after = resources();
    // The system needs a moment to remove a thread that has been joined, which may have been counted before, too.
    QTRY_VERIFY(entriesOf("/proc/self/task") <= before.threads);
    QVERIFY(after.descriptors <= before.descriptors);
    // Some blocks more or less lie in the caches of the heap, which count as used. The smallest block that stays behind each time
    // would be more.
    static constexpr qint64 smallestBlock = 32;
    QVERIFY2(after.memory - before.memory < smallestBlock * cycles, qPrintable(QStringLiteral("%1 bytes more after %2 cycles").arg(after.memory - before.memory).arg(cycles)));
}

QTEST_GUILESS_MAIN(TestManyCycles)
#include "tst_manycycles.moc"
