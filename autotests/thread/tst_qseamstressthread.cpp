// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

// What is specific to threads. ../executor tests what holds for every executor.

#include <QSeamstress/QSeamstressThread>
#include <QSeamstressTest>

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QScopeGuard>
#include <QSemaphore>
#include <QTest>
#include <QThread>
#include <QTimer>

#include <atomic>
#include <mutex>

static_assert(!std::is_copy_constructible_v<QSeamstressThread>);
static_assert(std::is_base_of_v<QSeamstressExecutor, QSeamstressThread>);
static_assert(!std::is_convertible_v<QMutex *, QSeamstressThread>, "constructors are explicit");

class TestQSeamstressThread : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void runsInItsOwnThread();
    void isGoneWhenItHasEnded();
    void isNamedAfterTheObject();
    void canUseAnEventLoop();
    void activity();
    void isHaltedWheneverItIsPaused();
    void activityInTheMessage_data();
    void activityInTheMessage();
    void notBegunInTheMessage();
};

void TestQSeamstressThread::runsInItsOwnThread()
{
    QThread *inSetUp = nullptr;
    QThread *inTearDown = nullptr;
    QSeamstressThread thread([&] {
        inSetUp = QThread::currentThread();
        return qScopeGuard([&] { inTearDown = QThread::currentThread(); });
    });
    QCOMPARE(thread.workerThread(), nullptr);
    QVERIFY(thread.enter());
    QVERIFY(inSetUp);
    QVERIFY(inSetUp != QThread::currentThread());
    QCOMPARE(thread.workerThread(), inSetUp);
    QVERIFY(thread.exit());
    QCOMPARE(inTearDown, inSetUp);
    QCOMPARE(thread.workerThread(), nullptr);
}

// QThread::wait() may return before the thread is gone.
void TestQSeamstressThread::isGoneWhenItHasEnded()
{
#ifdef Q_OS_LINUX
    if (!QSeamstressThread::isActivityAvailable())
        QSKIP("This system does not list the threads of a process.");
    for (int round = 0; round < 500; ++round) {
        QByteArray place;
        QSeamstressThread thread([&place] { place = QFile::symLinkTarget("/proc/thread-self").toUtf8(); });
        QVERIFY(!thread.enter()); // NeverPaused
        QVERIFY2(!QFileInfo::exists(place), place);
    }
#else
    QSKIP("This system does not list the threads of a process.");
#endif
}

void TestQSeamstressThread::isNamedAfterTheObject()
{
#ifdef Q_OS_LINUX
    const auto names = [] {
        QStringList names;
        const QDir tasks("/proc/self/task");
        for (const QString &id : tasks.entryList(QDir::Dirs | QDir::NoDotAndDotDot)) {
            QFile file(tasks.filePath(id + "/comm"));
            if (file.open(QIODevice::ReadOnly))
                names += QString::fromUtf8(file.readAll().trimmed());
        }
        return names;
    };
    QSeamstressThread thread([]() -> QSeamstressScript { co_yield "a"; });
    thread.setObjectName("hogger");
    QVERIFY(!names().contains("hogger"));
    QVERIFY(thread.enter());
    QVERIFY2(names().contains("hogger"), qPrintable(names().join(' ')));
    QCOMPARE(thread.workerThread()->objectName(), "hogger");
#else
    QSKIP("Thread names are read only on Linux.");
#endif
}

void TestQSeamstressThread::canUseAnEventLoop()
{
    QSeamstressThread thread([] {
        QEventLoop loop;
        QMetaObject::invokeMethod(&loop, &QEventLoop::quit, Qt::QueuedConnection);
        loop.exec();
        QSeamstress::pause("after the loop");
    });
    QVERIFY(thread.enter());
    QCOMPARE(thread.pausePoint(), "after the loop");
}

void TestQSeamstressThread::activity()
{
    std::atomic<bool> stop = false;
    std::mutex mutex;
    QSeamstressThread thread([&] {
        QSeamstress::pause("a");
        while (!stop) { }
        QSeamstress::pause("b");
        const std::lock_guard lock(mutex);
    });
    QCOMPARE(thread.activity(), QSeamstressExecutor::NotRunning);
    QVERIFY(thread.enter());
    QCOMPARE(thread.activity(), QSeamstressExecutor::Halted);
    thread.resume();
    if (QSeamstressThread::isActivityAvailable())
        QTRY_COMPARE(thread.activity(), QSeamstressExecutor::Computing);
    stop = true;
    QVERIFY(thread.waitForPaused());
    {
        const std::lock_guard lock(mutex);
        thread.finish();
        if (QSeamstressThread::isActivityAvailable())
            QTRY_COMPARE(thread.activity(), QSeamstressExecutor::Blocked);
    }
    QVERIFY(thread.exit());
    QCOMPARE(thread.activity(), QSeamstressExecutor::NotRunning);
}

// The thread has reported the pause, but may not be sleeping yet.
void TestQSeamstressThread::isHaltedWheneverItIsPaused()
{
    static constexpr int steps = 1000;
    QSeamstressThread thread([]() -> QSeamstressScript {
        for (int i = 0; i <= steps; ++i)
            co_yield "a";
    });
    QVERIFY(thread.enter());
    for (int i = 0; i < steps; ++i) {
        QVERIFY(thread.advance());
        QCOMPARE(thread.activity(), QSeamstressExecutor::Halted);
    }
    QVERIFY(thread.exit());
}

void TestQSeamstressThread::activityInTheMessage_data()
{
    QTest::addColumn<QString>("text");
    QTest::newRow("computing") << "Now it is computing. ";
    QTest::newRow("lock") << "Now it is blocked on the lock, condition or semaphore at 0x";
    QTest::newRow("sleep") << "Now it is sleeping in clock_nanosleep. ";
    QTest::newRow("event-loop") << "Now it is waiting in its event loop. ";
}

void TestQSeamstressThread::activityInTheMessage()
{
    if (!QSeamstressThread::isActivityAvailable())
        QSKIP("This system does not report what a thread does.");
    QFETCH(QString, text);
    const QByteArray kind = QTest::currentDataTag();
    QSemaphore door;
    QSeamstressThread thread([&] {
        QEventLoop loop;
        while (kind != "lock" && !QThread::currentThread()->isInterruptionRequested()) {
            if (kind == "sleep") {
                QThread::msleep(100);
            } else if (kind == "event-loop") {
                QTimer::singleShot(100, &loop, &QEventLoop::quit);
                loop.exec();
            }
        }
        door.acquire();
    });
    const auto openAtTheEnd = qScopeGuard([&] { door.release(); });
    thread.setTimeout(0);
    thread.start();
    // The first look may come too early, and between two sleeps the thread computes.
    bool seen = false;
    const auto look = [&] {
        seen = seen || (!thread.waitForPaused(QDeadlineTimer(1)) && thread.errorString().contains(text));
        return seen;
    };
    QTRY_VERIFY2(look(), qPrintable(thread.errorString()));
}

// Starting a thread takes the system a moment, usually longer than a look.
void TestQSeamstressThread::notBegunInTheMessage()
{
    QSeamstressThread thread([] { QSeamstress::pause(); });
    bool seen = false;
    for (int run = 0; run < 10'000 && !seen; ++run) {
        thread.start();
        const bool halted = thread.waitForPaused(QDeadlineTimer(0));
        seen = !halted && thread.errorString().contains("Now it is waiting to run, since the system has not scheduled its thread yet. ");
        QVERIFY2(thread.exit(QDeadlineTimer(QDeadlineTimer::Forever)), qPrintable(thread.errorString()));
    }
    QVERIFY(seen);
}

QTEST_GUILESS_MAIN(TestQSeamstressThread)
#include "tst_qseamstressthread.moc"
