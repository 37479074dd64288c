// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

// Whether a thread is blocked, and on what.

#include <QSeamstressThread>

#include <QMutex>
#include <QRegularExpression>
#include <QScopeGuard>
#include <QTemporaryDir>
#include <QTest>

#ifdef Q_OS_LINUX
#include <fcntl.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>
#endif

#include "obstacles.h"

class TestBlocked : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void onThatVeryLock_data();
    void onThatVeryLock();
    void notOnWhich_data();
    void notOnWhich();
    void inThatCall_data();
    void inThatCall();
    void lockOfTheScript();
    void inAnotherCall();
};

void TestBlocked::initTestCase()
{
    if (!QSeamstressThread::isActivityAvailable())
        QSKIP("This system does not report what a thread does.");
}

Q_DECLARE_METATYPE(NamedObstacle)

static void addRows(const QList<NamedObstacle> &obstacles)
{
    QTest::addColumn<NamedObstacle>("named");
    for (const NamedObstacle &obstacle : obstacles)
        QTest::newRow(obstacle.name) << obstacle;
}

// The text without what differs between runs: numbers and paths become "#".
static QString masked(QString text)
{
    static const QRegularExpression changing(QStringLiteral("(?<=0x)[0-9a-f]+|(?<=/)[^,]+(?=, in f)|[0-9]{3,}"));
    return text.replace(changing, QStringLiteral("#"));
}

// What the message of a time-out says the thread is doing now.
static QString activityInTheMessage(QSeamstressThread &thread)
{
    if (thread.waitForFinished(QDeadlineTimer(1)))
        return QStringLiteral("finished");
    const QString text = masked(thread.errorString());
    return text.section(QStringLiteral("Now it "), 1).section(QStringLiteral(". If it only"), 0, 0);
}

// What it may say for an obstacle.
static QStringList expectedActivities(const NamedObstacle &obstacle)
{
    QStringList texts = QString::fromLatin1(obstacle.text).split(QLatin1Char('|'));
    for (QString &text : texts)
        text.prepend(text.startsWith("in ") ? QStringLiteral("is blocked ") : QStringLiteral("is blocked on "));
    return texts;
}

void TestBlocked::onThatVeryLock_data()
{
    addRows(recognisedLocks());
}

void TestBlocked::onThatVeryLock()
{
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
                                            "condition or semaphore at 0x#, in futex. If it only needs more time, pass a later deadline, or call waitForBlocked() to wait again.")
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
    QFETCH(const NamedObstacle, named);

    const Obstacle obstacle = named.make();
    QSeamstressThread thread(obstacle.wait);
    auto freeAtTheEnd = qScopeGuard(obstacle.free);
    thread.setObjectName("waiter");
    thread.start();
    QVERIFY2(thread.waitForBlocked(), qPrintable(thread.errorString()));
    QVERIFY(thread.isBlocked());
    QTest::ignoreMessage(QtWarningMsg, QRegularExpression("^QSeamstressThread::waitForBlockedOn: \"waiter\" cannot be recognised as blocked on this .+, since threads do not "
                                                          "wait inside an object of that type; call waitForBlocked\\(\\), which accepts any lock\\.$"));
    QVERIFY(!obstacle.isWaitedFor(thread));
    QCOMPARE(thread.error().code(), QSeamstressError::InvalidUse);
    const QString activity = activityInTheMessage(thread);
    QVERIFY2(expectedActivities(named).contains(activity), qPrintable(activity));
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
    QFETCH(const NamedObstacle, named);
    if (QLatin1String(named.name) == "fcntl" && qgetenv("LD_PRELOAD").contains("vgpreload"))
        QSKIP("valgrind 3.19 runs no other thread while one waits for the lock of an open file description.");

    const Obstacle obstacle = named.make();
    QSeamstressThread thread(obstacle.wait);
    auto freeAtTheEnd = qScopeGuard(obstacle.free);
    thread.start();
    QVERIFY2(thread.waitForBlocked(), qPrintable(thread.errorString()));
    QVERIFY(thread.isBlocked());
    const QString activity = activityInTheMessage(thread);
    QVERIFY2(expectedActivities(named).contains(activity), qPrintable(activity));
    freeAtTheEnd.dismiss();
    obstacle.free();
    QVERIFY2(thread.waitForFinished(), qPrintable(thread.errorString()));
}

void TestBlocked::lockOfTheScript()
{
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
    QMutex other; // the thread is not blocked on this one
    QVERIFY(!thread.waitForBlockedOn(&other, QDeadlineTimer(1)));
    QVERIFY2(thread.errorString().contains(text), qPrintable(thread.errorString()));
    locker.unlock();
    QVERIFY(thread.waitForPaused());
}

// A system call that is not known to wait for anything.
void TestBlocked::inAnotherCall()
{
#ifdef Q_OS_LINUX
    const QTemporaryDir folder;
    const QByteArray name = folder.filePath("fifo").toLocal8Bit();
    QCOMPARE(::mkfifo(name.constData(), 0600), 0);
    int writer = -1;
    const auto closeAtTheEnd = qScopeGuard([&writer] { ::close(writer); });
    QSeamstressThread thread([&name] { ::close(::open(name.constData(), O_RDONLY | O_CLOEXEC)); }); // waits for a writer
    const auto write = qScopeGuard([&] { writer = ::open(name.constData(), O_RDWR | O_CLOEXEC); });
    thread.start();
    const QString text = QStringLiteral("is in system call %1").arg(SYS_openat);
    QTRY_VERIFY(!thread.waitForPaused(QDeadlineTimer(1)) && thread.errorString().contains(QStringLiteral("Now it %1. ").arg(text)));
    QCOMPARE(thread.activity(), QSeamstressExecutor::Unknown);
    QVERIFY(!thread.waitForBlocked(QDeadlineTimer(1)));
    QVERIFY(thread.errorString().contains(text));
#else
    QSKIP("requires a Linux system call");
#endif
}

QTEST_GUILESS_MAIN(TestBlocked)
#include "tst_blocked.moc"
