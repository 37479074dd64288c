// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

// That a thread is blocked, and on what.

#include <QSeamstressThread>

#include <QEventLoop>
#include <QMetaEnum>
#include <QMutex>
#include <QReadWriteLock>
#include <QRegularExpression>
#include <QScopeGuard>
#include <QSemaphore>
#include <QTest>
#include <QThread>
#include <QTimer>

#include <atomic>
#include <memory>
#include <mutex>
#include <semaphore>
#include <stdexcept>

#include "helpers/obstacles.h"

class TestBlocked : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void isAvailable();
    void onThatVeryLock_data();
    void onThatVeryLock();
    void notOnWhich_data();
    void notOnWhich();
    void inThatCall_data();
    void inThatCall();
    void isNotBlocked_data();
    void isNotBlocked();
    void isNeverBlockedWhileItComputes();
    void lockOfTheScript();
    void waitInPhase_data();
    void waitInPhase();
    void endsTheWaitEarly_data();
    void endsTheWaitEarly();
    void nullLock();
    void eventsAreProcessedMeanwhile();
    void blocksAgain();
    void notAvailable();
};

#define SKIP_IF_NOT_AVAILABLE() \
    if (!QSeamstressThread::isActivityAvailable()) \
    QSKIP("This system does not tell what a thread does.")

void TestBlocked::isAvailable()
{
    // scripts/test runs the tests once more with the library for other systems.
    const bool isGeneric = qEnvironmentVariable("QSEAMSTRESS_TEST_PLATFORM") == "generic";
#ifdef Q_OS_LINUX
    QCOMPARE(QSeamstressThread::isActivityAvailable(), !isGeneric);
#else
    QVERIFY(!QSeamstressThread::isActivityAvailable());
#endif
}

Q_DECLARE_METATYPE(NamedObstacle)

static void addRows(const QList<NamedObstacle> &obstacles)
{
    QTest::addColumn<NamedObstacle>("named");
    for (const NamedObstacle &obstacle : obstacles)
        QTest::newRow(obstacle.name) << obstacle;
}

// A text that holds for every run: numbers and paths are "#".
static QString masked(QString text)
{
    static const QRegularExpression changing(QStringLiteral("(?<=0x)[0-9a-f]+|(?<=/)[^,]+(?=, in f)|[0-9]{3,}"));
    // The C library may make the one call by the other.
    return text.replace(changing, QStringLiteral("#")).replace(QStringLiteral("semtimedop"), QStringLiteral("semop"));
}

// What the message of a time-out says of now.
static QString activityInTheMessage(QSeamstressThread &thread)
{
    if (thread.waitForFinished(QDeadlineTimer(1)))
        return QStringLiteral("finished");
    const QString text = masked(thread.errorString());
    return text.section(QStringLiteral("Now it "), 1).section(QStringLiteral(". If it only"), 0, 0);
}

void TestBlocked::onThatVeryLock_data()
{
    addRows(recognisedLocks());
}

void TestBlocked::onThatVeryLock()
{
    SKIP_IF_NOT_AVAILABLE();
    QFETCH(const NamedObstacle, named);

    const Obstacle obstacle = named.make();
    QSeamstressThread thread(obstacle.wait);
    auto freeAtTheEnd = qScopeGuard(obstacle.free);
    thread.setObjectName("waiter");
    thread.start();
    QVERIFY2(thread.waitForBlocked(), qPrintable(thread.errorString()));
    QVERIFY(thread.isBlocked());
    QCOMPARE(thread.activity(), QSeamstressExecutor::Blocked);
    QVERIFY2(obstacle.isWaitedFor(thread), qPrintable(thread.errorString()));

    QVERIFY(!obstacle.isOtherWaitedFor(thread));
    QCOMPARE(thread.error().code(), QSeamstressError::NotBlocked);
    const QString expected = QStringLiteral("\"waiter\" was not blocked on %1 within # ms. It has reached no pause point so far. Now it is blocked on the lock, "
                                            "condition or semaphore at 0x#, in futex. If it only needs longer, give a later deadline; waitForBlocked() waits on.")
                                 .arg(QString::fromLatin1(named.text).section(", in futex", 0, 0));
    QCOMPARE(masked(thread.errorString()).replace(QRegularExpression("within [0-9]+ ms"), "within # ms"), expected);
    QCOMPARE(thread.phase(), QSeamstressExecutor::SettingUp);

    freeAtTheEnd.dismiss();
    obstacle.free();
    QVERIFY2(thread.waitForFinished(), qPrintable(thread.errorString()));
    QVERIFY(!thread.isBlocked());
}

void TestBlocked::notOnWhich_data()
{
    addRows(otherLocks());
}

void TestBlocked::notOnWhich()
{
    SKIP_IF_NOT_AVAILABLE();
    QFETCH(const NamedObstacle, named);

    const Obstacle obstacle = named.make();
    QSeamstressThread thread(obstacle.wait);
    auto freeAtTheEnd = qScopeGuard(obstacle.free);
    thread.setObjectName("waiter");
    thread.start();
    QVERIFY2(thread.waitForBlocked(), qPrintable(thread.errorString()));
    QVERIFY(thread.isBlocked());
    QTest::ignoreMessage(QtWarningMsg, QRegularExpression("^QSeamstressThread::waitForBlockedOn: \"waiter\" cannot be known to be blocked on that very \\S+, since one does not "
                                                          "wait inside such an object; call waitForBlocked\\(\\), which takes any lock\\.$"));
    QVERIFY(!obstacle.isWaitedFor(thread));
    QCOMPARE(thread.error().code(), QSeamstressError::InvalidUse);
    QCOMPARE(activityInTheMessage(thread), QStringLiteral("is blocked on ") + QLatin1String(named.text));
    freeAtTheEnd.dismiss();
    obstacle.free();
    QVERIFY2(thread.waitForFinished(), qPrintable(thread.errorString()));
}

void TestBlocked::inThatCall_data()
{
    addRows(systemObstacles());
}

void TestBlocked::inThatCall()
{
    SKIP_IF_NOT_AVAILABLE();
    QFETCH(const NamedObstacle, named);

    const Obstacle obstacle = named.make();
    QSeamstressThread thread(obstacle.wait);
    auto freeAtTheEnd = qScopeGuard(obstacle.free);
    thread.start();
    QVERIFY2(thread.waitForBlocked(), qPrintable(thread.errorString()));
    QVERIFY(thread.isBlocked());
    const QString text = QString::fromLatin1(named.text);
    QCOMPARE(activityInTheMessage(thread), (text.startsWith("in ") ? "is blocked " : "is blocked on ") + text);
    freeAtTheEnd.dismiss();
    obstacle.free();
    QVERIFY2(thread.waitForFinished(), qPrintable(thread.errorString()));
}

void TestBlocked::isNotBlocked_data()
{
    QTest::addColumn<QSeamstressExecutor::Activity>("activity");

    QTest::newRow("computing") << QSeamstressExecutor::Computing;
    QTest::newRow("sleeping") << QSeamstressExecutor::Sleeping;
    QTest::newRow("in-its-event-loop") << QSeamstressExecutor::InEventLoop;
}

void TestBlocked::isNotBlocked()
{
    SKIP_IF_NOT_AVAILABLE();
    QFETCH(const QSeamstressExecutor::Activity, activity);

    std::atomic<bool> stop = false;
    QSeamstressThread thread([&] {
        QEventLoop loop;
        QSeamstress::pause("", QVariant::fromValue(&loop));
        if (activity == QSeamstressExecutor::InEventLoop)
            loop.exec();
        while (!stop) {
            if (activity == QSeamstressExecutor::Sleeping)
                QThread::msleep(10);
        }
    });
    QVERIFY(thread.enter());
    auto *const loop = thread.pauseValue().value<QEventLoop *>();
    const auto end = [&] {
        QMetaObject::invokeMethod(loop, &QEventLoop::quit, Qt::QueuedConnection);
        stop = true; // from now on the loop may be gone
    };
    auto endEarly = qScopeGuard(end);
    thread.resume();
    const QDeadlineTimer deadline(std::chrono::minutes(1));
    while (thread.activity() != activity && !deadline.hasExpired()) { }
    QVERIFY2(!deadline.hasExpired(), QMetaEnum::fromType<QSeamstressExecutor::Activity>().valueToKey(thread.activity()));
    QVERIFY(!thread.waitForBlocked(QDeadlineTimer(50)));
    QCOMPARE(thread.error().code(), QSeamstressError::NotBlocked);
    endEarly.dismiss();
    end();
    QVERIFY2(thread.waitForFinished(), qPrintable(thread.errorString()));
}

void TestBlocked::isNeverBlockedWhileItComputes()
{
    std::atomic<bool> stop = false;
    QMutex mutex;
    std::mutex standardMutex;
    QSemaphore semaphore(1);
    QSeamstressThread thread([&] {
        QSeamstress::pause();
        for (unsigned i = 1; !stop; ++i) {
            const QString text = QString::number(i).repeated(i % 100);
            const auto large = std::make_unique<char[]>(i % 1000 == 0 ? 1 << 20 : 100); // by mmap, or from the heap
            large[0] = 'x';
            const QMutexLocker locker(&mutex);
            const std::lock_guard lock(standardMutex);
            semaphore.acquire();
            semaphore.release();
        }
    });
    const auto stopAtTheEnd = qScopeGuard([&] { stop = true; });
    QVERIFY(thread.enter());
    thread.resume();
    for (int look = 0; look < 10'000; ++look)
        QVERIFY2(!thread.isBlocked(), qPrintable(QStringLiteral("look %1").arg(look)));
    stop = true;
    QVERIFY(thread.waitForFinished());
}

void TestBlocked::lockOfTheScript()
{
    SKIP_IF_NOT_AVAILABLE();
    QMutex mutex;
    QSeamstressThread thread(&mutex);
    thread.setObjectName("hogger");
    QMutexLocker locker(&mutex);
    thread.start();
    QVERIFY(thread.waitForBlocked());
    QVERIFY(!thread.waitForPaused(QDeadlineTimer(1)));
    QCOMPARE(thread.error().code(), QSeamstressError::PauseTimedOut);
    const QString text = QStringLiteral("Now it is blocked on the QMutex at 0x%1, in futex.").arg(reinterpret_cast<quintptr>(&mutex), 0, 16);
    QVERIFY2(thread.errorString().contains(text), qPrintable(thread.errorString()));
    QMutex other; // asked for in vain
    QVERIFY(!thread.waitForBlockedOn(&other, QDeadlineTimer(1)));
    QVERIFY2(thread.errorString().contains(text), qPrintable(thread.errorString()));
    locker.unlock();
    QVERIFY(thread.waitForPaused());
}

void TestBlocked::waitInPhase_data()
{
    QTest::addColumn<QSeamstressExecutor::Phase>("phase");
    QTest::addColumn<QSeamstressError::Code>("code");
    QTest::addColumn<QString>("text");

    QTest::newRow("idle") << QSeamstressExecutor::Idle << QSeamstressError::InvalidUse << "\"script\" has not been started; call enter() or start() first.";
    QTest::newRow("paused") << QSeamstressExecutor::Paused << QSeamstressError::InvalidUse << "\"script\" is halted and would never block; let it go by resume() or finish() first.";
    QTest::newRow("finished") << QSeamstressExecutor::Finished << QSeamstressError::NotBlocked
                              << "\"script\" ended and is not blocked. It has reached \"a\"; the last was \"a\". Take what it is to wait for before it goes on, and give it back "
                                 "only after this.";
    QTest::newRow("failed") << QSeamstressExecutor::Failed << QSeamstressError::Exception << "\"script\" threw std::runtime_error after its pause point \"a\": broken";
}

void TestBlocked::waitInPhase()
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

void TestBlocked::endsTheWaitEarly_data()
{
    QTest::addColumn<QString>("how");
    QTest::addColumn<QSeamstressError::Code>("code");

    QTest::newRow("halts") << "halts" << QSeamstressError::NotBlocked;
    QTest::newRow("ends") << "ends" << QSeamstressError::NotBlocked;
    QTest::newRow("throws") << "throws" << QSeamstressError::Exception;
}

void TestBlocked::endsTheWaitEarly()
{
    SKIP_IF_NOT_AVAILABLE();
    QFETCH(const QString, how);
    QFETCH(const QSeamstressError::Code, code);

    QSeamstressThread thread([how] {
        QSeamstress::pause("a");
        QThread::msleep(5); // the wait has begun; nothing depends on it
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
        QVERIFY2(thread.errorString().contains("halted instead of being blocked. It has reached \"a\", \"b\""), qPrintable(thread.errorString()));
}

void TestBlocked::nullLock()
{
    QSeamstressThread thread([] { QSeamstress::pause(); });
    thread.setObjectName("script");
    thread.start();
    QTest::ignoreMessage(QtWarningMsg, "QSeamstressThread::waitForBlockedOn: \"script\" was asked whether it is blocked on a null pointer; pass the address of a lock.");
    QVERIFY(!thread.waitForBlockedOn(static_cast<QMutex *>(nullptr)));
    QCOMPARE(thread.error().code(), QSeamstressError::InvalidUse);
}

void TestBlocked::eventsAreProcessedMeanwhile()
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

void TestBlocked::blocksAgain()
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
    // From now on the lock has a name in every message of this run.
    QVERIFY(!thread.waitForFinished(QDeadlineTimer(1)));
    QVERIFY2(thread.errorString().contains("Now it is blocked on the QMutex at 0x"), qPrintable(thread.errorString()));
}

void TestBlocked::notAvailable()
{
    if (QSeamstressThread::isActivityAvailable())
        QSKIP("This system tells what a thread does.");
    QSeamstressThread thread([] { QSeamstress::pause(); });
    thread.setObjectName("script");
    thread.start();
    QCOMPARE(thread.activity() == QSeamstressExecutor::Blocked, false);
    while (thread.phase() == QSeamstressExecutor::SettingUp && !thread.waitForBlocked()) {
        if (thread.error().code() == QSeamstressError::NotBlocked && thread.phase() == QSeamstressExecutor::SettingUp) {
            QCOMPARE(thread.errorString(), "It cannot be known whether \"script\" is blocked: this system does not tell what a thread does. Skip the test where "
                                           "QSeamstressThread::isActivityAvailable() is false.");
            break;
        }
    }
}

QTEST_GUILESS_MAIN(TestBlocked)
#include "tst_blocked.moc"
