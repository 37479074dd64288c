// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

// Waiting for what a script does, with waitForActivity() and waitForBlocked().

#include "executorundertest.h"

#include <QDir>
#include <QFile>
#include <QFileSystemWatcher>
#include <QLockFile>
#include <QPromise>
#include <QTemporaryDir>

#include <memory>

#ifdef Q_OS_UNIX
#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>
#endif

using Activity = QSeamstressExecutor::Activity;
using ScriptOfAPath = QSeamstressScript (*)(QString);
Q_DECLARE_METATYPE(ScriptOfAPath)

class TestExecutorActivity : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void waitsForActivity_data();
    void waitsForActivity();
    void waitsForBlocked_data();
    void waitsForBlocked();
    void doesNotComeInTime_data();
    void doesNotComeInTime();
    void doesSomethingElse_data();
    void doesSomethingElse();
    void isMisused();
};

static bool isFree(const QString &path)
{
    return QFile::exists(path + "/free");
}

static void free(const QString &path)
{
    QFile file(path + "/free");
    if (!file.open(QIODevice::WriteOnly))
        qFatal("cannot create the file");
}

// Calls a function once free() has been called. A timer would make the event loop compute before that, which a look might find.
class WhenFree : public QFileSystemWatcher
{
public:
    template <class Function>
    WhenFree(const QString &path, Function function)
        : QFileSystemWatcher({ path })
    {
        connect(this, &QFileSystemWatcher::directoryChanged, this, [this, path, function] {
            if (!isFree(path))
                return;
            removePath(path);
            function();
        });
    }
};

// Each of these does one thing until free() is called.
static QSeamstressScript awaits(QString path)
{
    const auto promise = std::make_shared<QPromise<void>>();
    promise->start();
    const WhenFree whenFree(path, [promise] { promise->finish(); });
    co_yield "before";
    co_await promise->future();
}

static QSeamstressScript computes(QString path)
{
    co_yield "before";
    while (!isFree(path)) {
        for (const QDeadlineTimer end(1); !end.hasExpired();) { }
    }
}

static QSeamstressScript sleeps(QString path)
{
    co_yield "before";
    QLockFile lock(path + "/lock");
    lock.lock();
}

static QSeamstressScript runsAnEventLoop(QString path)
{
    co_yield "before";
    QEventLoop loop;
    const WhenFree whenFree(path, [&loop] { loop.quit(); });
    loop.exec();
}

static QSeamstressScript halts(QString)
{
    co_yield "before";
    co_yield "there";
}

static QSeamstressScript ends(QString)
{
    co_yield "before";
}

#ifdef Q_OS_UNIX
static QSeamstressScript blocks(QString path)
{
    co_yield "before";
    const int file = ::open(QFile::encodeName(path + "/locked").constData(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    while (::flock(file, LOCK_EX) != 0) { }
    ::close(file);
}
#endif

void TestExecutorActivity::waitsForActivity_data()
{
    QTest::addColumn<ScriptOfAPath>("script");
    QTest::addColumn<Activity>("activity");
    QTest::newRow("Awaiting") << ScriptOfAPath(&awaits) << QSeamstressExecutor::Awaiting;
    QTest::newRow("Halted") << ScriptOfAPath(&halts) << QSeamstressExecutor::Halted;
    QTest::newRow("NotRunning") << ScriptOfAPath(&ends) << QSeamstressExecutor::NotRunning;
    if (runsOnTheEventLoop || !QSeamstressThread::isActivityAvailable())
        return; // the test does not run during a step
    QTest::newRow("Computing") << ScriptOfAPath(&computes) << QSeamstressExecutor::Computing;
    QTest::newRow("Sleeping") << ScriptOfAPath(&sleeps) << QSeamstressExecutor::Sleeping;
    QTest::newRow("InEventLoop") << ScriptOfAPath(&runsAnEventLoop) << QSeamstressExecutor::InEventLoop;
#ifdef Q_OS_UNIX
    QTest::newRow("Blocked") << ScriptOfAPath(&blocks) << QSeamstressExecutor::Blocked;
#endif
}

void TestExecutorActivity::waitsForActivity()
{
    QFETCH(const ScriptOfAPath, script);
    QFETCH(const Activity, activity);

    const QTemporaryDir directory;
    QLockFile lock(directory.filePath("lock"));
    QVERIFY(lock.lock());
    Executor executor;
#ifdef Q_OS_UNIX
    const int file = ::open(QFile::encodeName(directory.filePath("locked")).constData(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    QCOMPARE(::flock(file, LOCK_EX), 0);
#endif
    setScript(executor, script, directory.path());
    QVERIFY2(executor.enter(), qPrintable(executor.errorString()));
    executor.resume();
    QVERIFY2(executor.waitForActivity(activity), qPrintable(executor.errorString()));
    if (activity != QSeamstressExecutor::Sleeping) // a sleeping script wakes up and tries again
        QCOMPARE(executor.activity(), activity);
    QVERIFY2(executor.waitForActivity(activity, QDeadlineTimer(1000)), qPrintable(executor.errorString()));
    free(directory.path());
    lock.unlock();
#ifdef Q_OS_UNIX
    ::close(file);
#endif
    QVERIFY2(executor.exit(), qPrintable(executor.errorString()));
}

void TestExecutorActivity::waitsForBlocked_data()
{
    QTest::addColumn<ScriptOfAPath>("script");
    if (runsOnTheEventLoop)
        QTest::newRow("co_await") << ScriptOfAPath(&awaits);
#ifdef Q_OS_UNIX
    else if (QSeamstressThread::isActivityAvailable())
        QTest::newRow("flock") << ScriptOfAPath(&blocks);
#endif
    else
        QTest::newRow("none") << ScriptOfAPath();
}

void TestExecutorActivity::waitsForBlocked()
{
    QFETCH(const ScriptOfAPath, script);
    if (!script)
        QSKIP("This system does not report what a thread does.");
#ifdef Q_OS_UNIX
    const QTemporaryDir directory;
    const int file = ::open(QFile::encodeName(directory.filePath("locked")).constData(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    QCOMPARE(::flock(file, LOCK_EX), 0);
    Executor executor;
    setScript(executor, script, directory.path());
    QVERIFY2(executor.enter(), qPrintable(executor.errorString()));
    executor.resume();
    QVERIFY2(executor.waitForBlocked(), qPrintable(executor.errorString()));
    QVERIFY2(executor.waitForBlocked(QDeadlineTimer(1000)), qPrintable(executor.errorString()));
    free(directory.path());
    ::close(file);
    QVERIFY2(executor.exit(), qPrintable(executor.errorString()));
#endif
}

void TestExecutorActivity::doesNotComeInTime_data()
{
    QTest::addColumn<Activity>("activity");
    QTest::addColumn<QString>("text");
    QTest::newRow("NotRunning") << QSeamstressExecutor::NotRunning << "finished";
    QTest::newRow("Halted") << QSeamstressExecutor::Halted << "paused";
    if (!QSeamstressThread::isActivityAvailable())
        return;
    QTest::newRow("Computing") << QSeamstressExecutor::Computing << "computing";
    if (!runsOnTheEventLoop)
        QTest::newRow("Blocked") << QSeamstressExecutor::Blocked << "blocked";
    QTest::newRow("Sleeping") << QSeamstressExecutor::Sleeping << "sleeping";
    QTest::newRow("InEventLoop") << QSeamstressExecutor::InEventLoop << "in its event loop";
}

void TestExecutorActivity::doesNotComeInTime()
{
    QFETCH(const Activity, activity);
    QFETCH(const QString, text);

    const QTemporaryDir directory;
    Executor executor;
    executor.setObjectName("waiter");
    setScript(executor, &awaits, directory.path());
    QVERIFY2(executor.enter(), qPrintable(executor.errorString()));
    executor.resume();
    QVERIFY2(executor.waitForActivity(QSeamstressExecutor::Awaiting), qPrintable(executor.errorString()));
    // A script that awaits may be found in these for a moment, when its event loop handles an event.
    if (activity != QSeamstressExecutor::Computing && activity != QSeamstressExecutor::InEventLoop) {
        QVERIFY(!executor.waitForActivity(activity, QDeadlineTimer(1)));
        QCOMPARE(executor.error().code(), QSeamstressError::NotBlocked);
        const QRegularExpression expected("^\"waiter\" was not " + text + " within \\d+ ms\\. It has reached \"before\"; the last was \"before\"\\. Now it .* If it only needs more time, pass a later deadline, or call waitFor.* to wait again\\.$");
        QVERIFY2(expected.match(executor.errorString()).hasMatch(), qPrintable(executor.errorString()));
    }
    free(directory.path());
    QVERIFY2(executor.exit(), qPrintable(executor.errorString()));
}

void TestExecutorActivity::doesSomethingElse_data()
{
    QTest::addColumn<ScriptOfAPath>("script");
    QTest::addColumn<QString>("text");
    QTest::newRow("halts") << ScriptOfAPath(&halts) << "^\"waiter\" paused instead of being in co_await\\. It has reached \"before\", \"there\"; the last was \"there\"\\. Call resume\\(\\) or finish\\(\\) to let it continue to the place where it waits\\.$";
    QTest::newRow("ends") << ScriptOfAPath(&ends) << "^\"waiter\" has ended and is not in co_await\\. It has reached \"before\"; the last was \"before\"\\. Acquire what it waits for before you let it continue, and release it only after this call\\.$";
}

// The wait then ends at once.
void TestExecutorActivity::doesSomethingElse()
{
    QFETCH(const ScriptOfAPath, script);
    QFETCH(const QString, text);

    const QTemporaryDir directory;
    Executor executor;
    executor.setObjectName("waiter");
    setScript(executor, script, directory.path());
    QVERIFY2(executor.enter(), qPrintable(executor.errorString()));
    executor.resume();
    QVERIFY(!executor.waitForActivity(QSeamstressExecutor::Awaiting, QDeadlineTimer::Forever));
    QCOMPARE(executor.error().code(), QSeamstressError::NotBlocked);
    QVERIFY2(QRegularExpression(text).match(executor.errorString()).hasMatch(), qPrintable(executor.errorString()));
    QVERIFY2(executor.exit(), qPrintable(executor.errorString()));
}

void TestExecutorActivity::isMisused()
{
    const QTemporaryDir directory;
    Executor executor;
    executor.setObjectName("waiter");
    setScript(executor, &halts, directory.path());
    QTest::ignoreMessage(QtWarningMsg, QRegularExpression("::waitForActivity: \"waiter\" has not been started; call enter\\(\\)"));
    QVERIFY(!executor.waitForActivity(QSeamstressExecutor::Awaiting));
    QVERIFY2(executor.enter(), qPrintable(executor.errorString()));
    QVERIFY(executor.waitForActivity(QSeamstressExecutor::Halted));
    QTest::ignoreMessage(QtWarningMsg, QRegularExpression("::waitForActivity: \"waiter\" is paused and would never block; call resume\\(\\) or finish\\(\\) first\\.$"));
    QVERIFY(!executor.waitForActivity(QSeamstressExecutor::Awaiting));
    QCOMPARE(executor.error().code(), QSeamstressError::InvalidUse);
    executor.resume();
    QTest::ignoreMessage(QtWarningMsg, QRegularExpression("::waitForActivity: \"waiter\" cannot wait for the activity Unknown; wait for another activity, or call activity\\(\\)\\.$"));
    QVERIFY(!executor.waitForActivity(QSeamstressExecutor::Unknown));
    QCOMPARE(executor.error().code(), QSeamstressError::InvalidUse);
    QVERIFY2(executor.exit(), qPrintable(executor.errorString()));
}

QTEST_GUILESS_MAIN(TestExecutorActivity)
#include "tst_executoractivity.moc"
