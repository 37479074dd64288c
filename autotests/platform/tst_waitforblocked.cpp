// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

// How waitForBlocked() waits: in each phase, for how long, and what ends the wait. tst_blocked tests what a thread is blocked on.

#include <QSeamstressThread>

#include <QMutex>
#include <QRegularExpression>
#include <QScopeGuard>
#include <QTest>
#include <QThread>
#include <QTimer>

#include <atomic>
#include <chrono>
#include <semaphore>
#include <stdexcept>

using namespace std::chrono_literals;

class TestWaitForBlocked : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void blockedInPhase_data();
    void blockedInPhase();
    void waitInPhase_data();
    void waitInPhase();
    void endsTheWaitEarly_data();
    void endsTheWaitEarly();
    void nullLock();
    void timesOut();
    void factorStretchesTheTimeout_data();
    void factorStretchesTheTimeout();
    void eventsAreProcessedMeanwhile();
    void blocksAgain();
};

#define SKIP_IF_NOT_AVAILABLE() \
    if (!QSeamstressThread::isActivityAvailable()) \
    QSKIP("This system does not report what a thread does.")

void TestWaitForBlocked::blockedInPhase_data()
{
    QTest::addColumn<QSeamstressExecutor::Phase>("phase");

    QTest::newRow("setting-up") << QSeamstressExecutor::SettingUp;
    QTest::newRow("running") << QSeamstressExecutor::Running;
    QTest::newRow("tearing-down") << QSeamstressExecutor::TearingDown;
}

void TestWaitForBlocked::blockedInPhase()
{
    SKIP_IF_NOT_AVAILABLE();
    QFETCH(const QSeamstressExecutor::Phase, phase);

    QMutex mutex;
    QSeamstressThread thread([&]() -> QSeamstressScript {
        if (phase != QSeamstressExecutor::SettingUp)
            co_yield "a";
        const QMutexLocker locker(&mutex);
    });
    QMutexLocker locker(&mutex);
    if (phase == QSeamstressExecutor::SettingUp)
        thread.start();
    else
        QVERIFY(thread.enter());
    if (phase == QSeamstressExecutor::Running)
        thread.resume();
    if (phase == QSeamstressExecutor::TearingDown)
        thread.finish();
    QVERIFY2(thread.waitForBlockedOn(&mutex), qPrintable(thread.errorString()));
    QVERIFY2(thread.waitForBlocked(), qPrintable(thread.errorString()));
    QCOMPARE(thread.phase(), phase);
    locker.unlock();
    QVERIFY2(thread.waitForFinished(), qPrintable(thread.errorString()));
}

void TestWaitForBlocked::waitInPhase_data()
{
    QTest::addColumn<QSeamstressExecutor::Phase>("phase");
    QTest::addColumn<QSeamstressError::Code>("code");
    QTest::addColumn<QString>("text");

    QTest::newRow("idle") << QSeamstressExecutor::Idle << QSeamstressError::InvalidUse << "\"script\" has not been started; call enter() or start() first.";
    QTest::newRow("paused") << QSeamstressExecutor::Paused << QSeamstressError::InvalidUse << "\"script\" is paused and would never block; call resume() or finish() first.";
    QTest::newRow("finished") << QSeamstressExecutor::Finished << QSeamstressError::NotBlocked
                              << "\"script\" has ended and is not blocked. It has reached \"a\"; the last was \"a\". Acquire what it waits for before you let it continue, and "
                                 "release it only after this call.";
    QTest::newRow("failed") << QSeamstressExecutor::Failed << QSeamstressError::Exception << "\"script\" threw std::runtime_error after its pause point \"a\": broken";
}

void TestWaitForBlocked::waitInPhase()
{
    QFETCH(const QSeamstressExecutor::Phase, phase);
    QFETCH(const QSeamstressError::Code, code);
    QFETCH(const QString, text);

    QSeamstressThread thread([phase] {
        QSeamstress::pause("a");
        if (phase == QSeamstressExecutor::Failed)
            throw std::runtime_error("broken");
    });
    thread.setObjectName("script");
    if (phase != QSeamstressExecutor::Idle)
        QVERIFY(thread.enter());
    if (phase == QSeamstressExecutor::Finished || phase == QSeamstressExecutor::Failed)
        QCOMPARE(thread.exit(), phase == QSeamstressExecutor::Finished);
    QCOMPARE(thread.phase(), phase);
    if (code == QSeamstressError::InvalidUse)
        QTest::ignoreMessage(QtWarningMsg, qPrintable("QSeamstressThread::waitForBlocked: " + text));
    QVERIFY(!thread.waitForBlocked());
    QCOMPARE(thread.error().code(), code);
    QCOMPARE(thread.errorString(), text);
    QCOMPARE(thread.phase(), phase);
    QCOMPARE(thread.isBlocked(), false);
}

void TestWaitForBlocked::endsTheWaitEarly_data()
{
    QTest::addColumn<QString>("how");
    QTest::addColumn<QSeamstressError::Code>("code");

    QTest::newRow("halts") << "halts" << QSeamstressError::NotBlocked;
    QTest::newRow("ends") << "ends" << QSeamstressError::NotBlocked;
    QTest::newRow("throws") << "throws" << QSeamstressError::Exception;
}

void TestWaitForBlocked::endsTheWaitEarly()
{
    SKIP_IF_NOT_AVAILABLE();
    QFETCH(const QString, how);
    QFETCH(const QSeamstressError::Code, code);

    QSeamstressThread thread([how] {
        QSeamstress::pause("a");
        QThread::msleep(5); // so that the wait has begun, although nothing depends on that
        if (how == "halts")
            QSeamstress::pause("b");
        if (how == "throws")
            throw std::runtime_error("broken");
    });
    thread.setPauseTimeout(-1);
    QVERIFY(thread.enter());
    thread.resume();
    QVERIFY(!thread.waitForBlocked());
    QCOMPARE(thread.error().code(), code);
    if (how == "halts")
        QVERIFY2(thread.errorString().contains("paused instead of being blocked. It has reached \"a\", \"b\""), qPrintable(thread.errorString()));
}

void TestWaitForBlocked::nullLock()
{
    QSeamstressThread thread([] { QSeamstress::pause(); });
    thread.setObjectName("script");
    thread.start();
    QTest::ignoreMessage(QtWarningMsg, "QSeamstressThread::waitForBlockedOn: \"script\" cannot be blocked on a null pointer; pass the address of a lock.");
    QVERIFY(!thread.waitForBlockedOn(static_cast<QMutex *>(nullptr)));
    QCOMPARE(thread.error().code(), QSeamstressError::InvalidUse);
}

void TestWaitForBlocked::timesOut()
{
    SKIP_IF_NOT_AVAILABLE();
    std::atomic<bool> stop = false;
    QSeamstressThread thread([&stop] {
        QSeamstress::pause("a");
        while (!stop) { }
    });
    const auto stopAtTheEnd = qScopeGuard([&stop] { stop = true; });
    thread.setObjectName("script");
    QVERIFY(thread.enter());
    thread.resume();
    thread.setPauseTimeout(1);
    thread.setTimeout(-1); // does not apply to this verb
    QVERIFY(!thread.waitForBlocked());
    QCOMPARE(thread.error().code(), QSeamstressError::NotBlocked);
    QCOMPARE(thread.errorString().replace(QRegularExpression("within [0-9]+ ms"), "within # ms"),
             "\"script\" was not blocked within # ms. It has reached \"a\"; the last was \"a\". Now it is computing. If it only needs more time, raise pauseTimeout or set "
             "QSEAMSTRESS_TIMEOUT_FACTOR, or call waitForBlocked() to wait again.");
    QCOMPARE(thread.phase(), QSeamstressExecutor::Running);
}

void TestWaitForBlocked::factorStretchesTheTimeout_data()
{
    QTest::addColumn<QByteArray>("factor");
    QTest::addColumn<bool>("stretches");

    QTest::newRow("one") << QByteArray("1") << false;
    QTest::newRow("a-million") << QByteArray("1e6") << true;
}

void TestWaitForBlocked::factorStretchesTheTimeout()
{
    SKIP_IF_NOT_AVAILABLE();
    QFETCH(const QByteArray, factor);
    QFETCH(const bool, stretches);

    const QByteArray before = qgetenv("QSEAMSTRESS_TIMEOUT_FACTOR");
    const auto restore = qScopeGuard([&before] { qputenv("QSEAMSTRESS_TIMEOUT_FACTOR", before.isEmpty() ? "1" : before); });
    qputenv("QSEAMSTRESS_TIMEOUT_FACTOR", factor);
    std::atomic<bool> mayBlock = false;
    QMutex mutex;
    QSeamstressThread thread([&] {
        while (!mayBlock) { }
        const QMutexLocker locker(&mutex);
    });
    const QMutexLocker locker(&mutex);
    const auto blockAtTheEnd = qScopeGuard([&mayBlock] { mayBlock = true; });
    thread.setPauseTimeout(1);
    // The event loop of this thread lets the script block after 50 ms: long after the time-out, unless that is scaled.
    thread.setWaitMode(QSeamstressExecutor::ProcessEvents);
    if (stretches)
        QTimer::singleShot(50ms, Qt::PreciseTimer, &thread, [&mayBlock] { mayBlock = true; });
    thread.start();
    QCOMPARE(thread.waitForBlockedOn(&mutex), stretches);
}

void TestWaitForBlocked::eventsAreProcessedMeanwhile()
{
    SKIP_IF_NOT_AVAILABLE();
    std::binary_semaphore door(0);
    QMutex mutex;
    QSeamstressThread thread([&] {
        door.acquire();
        const QMutexLocker locker(&mutex);
    });
    const QMutexLocker locker(&mutex);
    thread.setWaitMode(QSeamstressExecutor::ProcessEvents);
    thread.start();
    QTimer::singleShot(0, this, [&] { door.release(); });
    QVERIFY(thread.waitForBlockedOn(&mutex));
}

void TestWaitForBlocked::blocksAgain()
{
    SKIP_IF_NOT_AVAILABLE();
    QMutex first;
    QMutex second;
    QSeamstressThread thread([&] {
        const QMutexLocker firstLocker(&first);
        const QMutexLocker secondLocker(&second);
    });
    QMutexLocker firstLocker(&first);
    const QMutexLocker secondLocker(&second);
    thread.start();
    QVERIFY(thread.waitForBlockedOn(&first));
    firstLocker.unlock();
    QVERIFY(thread.waitForBlockedOn(&second));
    // From now on, every message of this run names the type of the lock.
    QVERIFY(!thread.waitForFinished(QDeadlineTimer(1)));
    QVERIFY2(thread.errorString().contains("Now it is blocked on the QMutex at 0x"), qPrintable(thread.errorString()));
}

QTEST_GUILESS_MAIN(TestWaitForBlocked)
#include "tst_waitforblocked.moc"
