// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

// What does not count as blocked, and what is reported where that cannot be known.

#include <QSeamstressThread>

#include <QEventLoop>
#include <QLockFile>
#include <QMetaEnum>
#include <QMutex>
#include <QRegularExpression>
#include <QScopeGuard>
#include <QTemporaryDir>
#include <QTest>
#include <QThread>

#include <atomic>
#include <semaphore>

#ifdef Q_OS_UNIX
#include <sys/resource.h>
#endif

class TestNotBlocked : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void isAvailable();
    void notAvailable();
    void noDescriptorIsFree();
    void isNotBlocked_data();
    void isNotBlocked();
    void lockFile();
};

#define SKIP_IF_NOT_AVAILABLE() \
    if (!QSeamstressThread::isActivityAvailable()) \
    QSKIP("This system does not report what a thread does.")

void TestNotBlocked::isAvailable()
{
    // scripts/test runs the tests again with the library for other systems, and tst_manytimes runs this with /proc hidden.
    const bool isGeneric = qEnvironmentVariable("QSEAMSTRESS_TEST_PLATFORM") == "generic";
#ifdef Q_OS_LINUX
    QCOMPARE(QSeamstressThread::isActivityAvailable(), !isGeneric);
#else
    QVERIFY(!QSeamstressThread::isActivityAvailable());
#endif
}

void TestNotBlocked::notAvailable()
{
    if (QSeamstressThread::isActivityAvailable())
        QSKIP("This system reports what a thread does.");
    std::binary_semaphore begun(0);
    std::binary_semaphore door(0);
    QSeamstressThread thread([&] {
        begun.release();
        door.acquire();
        QSeamstress::pause();
    });
    const auto openAtTheEnd = qScopeGuard([&door] { door.release(); });
    thread.setObjectName("script");
    thread.start();
    begun.acquire();
    QCOMPARE(thread.activity(), QSeamstressExecutor::Unknown);
    QVERIFY(!thread.isBlocked());
    QVERIFY(!thread.waitForBlocked());
    QCOMPARE(thread.error().code(), QSeamstressError::NotBlocked);
    QCOMPARE(thread.errorString(), "Cannot determine whether \"script\" is blocked: this system does not report what a thread is doing. Skip the test where "
                                   "QSeamstressThread::isActivityAvailable() is false.");
    QCOMPARE(thread.phase(), QSeamstressExecutor::SettingUp);
    QVERIFY(!thread.waitForPaused(QDeadlineTimer(1)));
    QVERIFY2(thread.errorString().contains("This system does not report what it is doing now."), qPrintable(thread.errorString()));
}

void TestNotBlocked::noDescriptorIsFree()
{
    SKIP_IF_NOT_AVAILABLE();
#ifdef Q_OS_UNIX
    QMutex mutex;
    QSeamstressThread thread(&mutex);
    thread.setObjectName("script");
    QMutexLocker locker(&mutex);
    thread.start();
    QVERIFY(thread.waitForBlocked());

    rlimit before{};
    QCOMPARE(::getrlimit(RLIMIT_NOFILE, &before), 0);
    const rlimit none{ 0, before.rlim_max };
    auto allowAgain = qScopeGuard([&before] { ::setrlimit(RLIMIT_NOFILE, &before); });
    QCOMPARE(::setrlimit(RLIMIT_NOFILE, &none), 0);
    QVERIFY(QSeamstressThread::isActivityAvailable());
    QCOMPARE(thread.activity(), QSeamstressExecutor::Unknown);
    QVERIFY(!thread.waitForBlocked(QDeadlineTimer(1)));
    QCOMPARE(thread.errorString().replace(QRegularExpression("within [0-9]+ ms"), "within # ms"),
             "\"script\" was not blocked within # ms. It has reached no pause point so far. Now it cannot be inspected, since no file descriptor is free; close some, or raise "
             "the limit (ulimit -n). If it only needs more time, pass a later deadline, or call waitForBlocked() to wait again.");
    allowAgain.dismiss();
    QCOMPARE(::setrlimit(RLIMIT_NOFILE, &before), 0);
    QVERIFY2(thread.waitForBlocked(), qPrintable(thread.errorString()));
    locker.unlock();
    QVERIFY2(thread.waitForPaused(), qPrintable(thread.errorString()));
#endif
}

void TestNotBlocked::isNotBlocked_data()
{
    QTest::addColumn<QSeamstressExecutor::Activity>("activity");

    QTest::newRow("computing") << QSeamstressExecutor::Computing;
    QTest::newRow("sleeping") << QSeamstressExecutor::Sleeping;
    QTest::newRow("in-its-event-loop") << QSeamstressExecutor::InEventLoop;
}

void TestNotBlocked::isNotBlocked()
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

// QLockFile::lock() sleeps and tries again.
void TestNotBlocked::lockFile()
{
    SKIP_IF_NOT_AVAILABLE();
    const QTemporaryDir folder;
    QLockFile ours(folder.filePath("lock"));
    QLockFile theirs(folder.filePath("lock"));
    QVERIFY(ours.lock());
    QSeamstressThread thread(&theirs);
    auto unlockAtTheEnd = qScopeGuard([&ours] { ours.unlock(); });
    thread.setObjectName("script");
    thread.start();
    QVERIFY2(thread.waitForActivity(QSeamstressExecutor::Sleeping), qPrintable(thread.errorString()));
    QVERIFY(!thread.waitForBlocked(QDeadlineTimer(50)));
    QCOMPARE(thread.error().code(), QSeamstressError::NotBlocked);
    QTest::ignoreMessage(QtWarningMsg, "QSeamstressThread::waitForBlockedOn: \"script\" is never blocked on a QLockFile, whose lock() sleeps and retries; call "
                                       "waitForActivity(QSeamstressExecutor::Sleeping).");
    QVERIFY(!thread.waitForBlockedOn(&theirs));
    QCOMPARE(thread.error().code(), QSeamstressError::InvalidUse);
    unlockAtTheEnd.dismiss();
    ours.unlock();
    QVERIFY2(thread.waitForPaused(), qPrintable(thread.errorString()));
    QVERIFY2(thread.exit(), qPrintable(thread.errorString()));
}

QTEST_GUILESS_MAIN(TestNotBlocked)
#include "tst_notblocked.moc"
