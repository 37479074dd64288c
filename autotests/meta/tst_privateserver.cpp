// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

// The private servers of tests leave nothing behind, however the test ends.

#include <QDir>
#include <QFile>
#include <QProcess>
#include <QProcessEnvironment>
#include <QTest>

#include <csignal>

#include <sys/shm.h>

#include "privateserver.h"
#include "requirements.h"

class TestPrivateServer : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void leavesNothing_data();
    void leavesNothing();
    void isMissing_data();
    void isMissing();
    void twoSideBySide();
};

static constexpr int patience = 300'000; // ms; only a hang takes that long

// Processes whose file of this name in /proc contains the text.
static QStringList processesWith(const QByteArray &text, const QString &file)
{
    QStringList processes;
    for (const QString &process : QDir("/proc").entryList({ "[0-9]*" }, QDir::Dirs)) {
        QFile content("/proc/" + process + '/' + file);
        if (content.open(QIODevice::ReadOnly) && content.readAll().contains(text))
            processes.append(process);
    }
    return processes;
}

// Processes that name the folder in their command line.
static QStringList serversIn(const QString &folder)
{
    return processesWith(QFile::encodeName(folder), "cmdline");
}

// As ctest does on time-out.
static void killWithItsChildren(qint64 process)
{
    ::kill(static_cast<pid_t>(process), SIGSTOP);
    for (const QString &child : processesWith("\nPPid:\t" + QByteArray::number(process) + '\n', "status"))
        killWithItsChildren(child.toLongLong());
    ::kill(static_cast<pid_t>(process), SIGKILL);
}

// The ID of the shared memory of a PostgreSQL server, which outlives the server if not removed; -1 if it has none.
static int sharedMemoryOf(const QString &folder)
{
    QFile file(folder + "/data/postmaster.pid");
    if (!file.open(QIODevice::ReadOnly))
        return -1;
    const QList<QByteArray> keyAndId = file.readAll().split('\n').value(6).simplified().split(' ');
    return keyAndId.size() == 2 ? keyAndId.last().toInt() : -1;
}

void TestPrivateServer::leavesNothing_data()
{
    QTest::addColumn<QString>("kind");
    QTest::addColumn<QString>("end");
    for (const char *kind : { "postgresql", "mariadb", "redis" }) {
        for (const char *end : { "ends", "crashes", "is-killed", "is-killed-with-its-children" })
            QTest::addRow("%s-whose-test-%s", kind, end) << kind << end;
    }
}

void TestPrivateServer::leavesNothing()
{
    QFETCH(const QString, kind);
    QFETCH(const QString, end);
    QProcess test;
    const bool isKilled = end.startsWith("is-killed");
    test.start(USESASERVER_PATH, { kind, isKilled ? "waits" : end });
    while (!test.canReadLine() && test.waitForReadyRead(patience)) { }
    const QString folder = QString::fromLocal8Bit(test.readLine()).trimmed();
    if (!folder.startsWith('/')) { // the reason why there is no server
        QVERIFY(test.waitForFinished(patience));
        if (test.exitStatus() == QProcess::NormalExit && test.exitCode() == EXIT_SUCCESS)
            QSKIP(qPrintable(folder));
        QFAIL(qPrintable(folder + QString::fromLocal8Bit(test.readAll())));
    }
    int memory = -1;
    if (isKilled) {
        QVERIFY(QDir(folder).exists());
        QVERIFY(!serversIn(folder).isEmpty());
        memory = sharedMemoryOf(folder);
        QCOMPARE(memory >= 0, kind == "postgresql");
        end == "is-killed" ? test.kill() : killWithItsChildren(test.processId());
    }
    QVERIFY(test.waitForFinished(patience));
    QTRY_VERIFY_WITH_TIMEOUT(!QDir(folder).exists(), patience);
    QTRY_COMPARE_WITH_TIMEOUT(serversIn(folder), QStringList(), patience);
    shmid_ds segment;
    QVERIFY(memory < 0 || ::shmctl(memory, IPC_STAT, &segment) != 0);
}

void TestPrivateServer::isMissing_data()
{
    QTest::addColumn<bool>("isRequired");
    QTest::newRow("of-a-user") << false;
    QTest::newRow("required") << true;
}

void TestPrivateServer::isMissing()
{
    QFETCH(const bool, isRequired);
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    environment.insert("QSEAMSTRESS_TEST_SERVER_PATH", "/nowhere");
    const QTemporaryDir temporary;
    environment.insert("TMPDIR", temporary.path());
    environment.insert("QSEAMSTRESS_TEST_SERVERS_REQUIRED", isRequired ? "1" : "0");
    QProcess test;
    test.setProcessEnvironment(environment);
    test.start(USESASERVER_PATH, { "redis", "ends" });
    QVERIFY(test.waitForFinished(patience));
    QCOMPARE(QString::fromLocal8Bit(test.readAll()).trimmed(), "Redis is not installed: there is no program redis-server. On Debian: apt install redis-server");
    QCOMPARE(test.exitCode(), isRequired ? EXIT_FAILURE : EXIT_SUCCESS);
    QCOMPARE(QDir(temporary.path()).entryList(QDir::AllEntries | QDir::NoDotAndDotDot), QStringList()); // nothing is left
}

void TestPrivateServer::twoSideBySide()
{
    const PrivateServer first(PrivateServer::Redis);
    REQUIRE_INSTALLED(first);
    const PrivateServer second(PrivateServer::Redis);
    REQUIRE_INSTALLED(second);
    QVERIFY(first.folder() != second.folder());
}

QTEST_GUILESS_MAIN(TestPrivateServer)
#include "tst_privateserver.moc"
