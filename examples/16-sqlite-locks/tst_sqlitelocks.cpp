// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

// SQLite while another thread or process writes: BEGIN IMMEDIATE, SQLITE_BUSY, reads during a write, and a full disk. There is no
// server: the locks are file locks.

#include <QSeamstressTest>

#include <QScopeGuard>
#include <QTemporaryDir>
#include <QTest>

#include <memory>

#include "requirements.h"
#include "sqldriver.h"
#include "visits.h"

#ifdef Q_OS_LINUX
#include <sys/mount.h>
#endif

class TestSqliteLocks : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void init();
    void cleanup();
    void isBusyWhileAnotherThreadWrites();
    void isBusyWhileAnotherProcessWrites();
    void waitsForTheWriter();
    void losesAVisitWithoutTheLock();
    void readsBesideAWriter();
    void keepsWhatItHasRead();
    void writesBesideAReaderOnlyWithALog();
    void lockTimeOut();
    void noSuchFolder();
    void diskFull_data();
    void diskFull();

private:
    // busyTimeout is the maximum time to wait for a lock, in milliseconds.
    SqlAddress address(int busyTimeout = 0) const { return { "QSQLITE", {}, m_folder->filePath("visits"), {}, {}, QStringLiteral("QSQLITE_BUSY_TIMEOUT=%1").arg(busyTimeout) }; }

    bool isBusy() const; // whether addVisit() fails because of a lock

    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<SqlConnection> m_connection;
};

// The SQLite errors SQLITE_BUSY and SQLITE_FULL.
static constexpr char busy[] = "5";
static constexpr char full[] = "13";

static constexpr int forEver = 10 * 60 * 1000; // ms

//! [writer]
static QSeamstressScript visitOnce(SqlAddress address)
{
    const SqlConnection connection(address);
    connection.execute("BEGIN IMMEDIATE");
    connection.execute("UPDATE visits SET count = count + 1");
    co_yield "written";
    connection.execute("COMMIT");
}
//! [writer]

// The native code of the SqlException that the function throws; empty if it throws none.
template <class Function>
static QString codeOf(Function function)
{
    try {
        function();
    } catch (const SqlException &exception) {
        return exception.code();
    }
    return {};
}

bool TestSqliteLocks::isBusy() const
{
    return codeOf([this] { addVisit(*m_connection); }) == busy;
}

void TestSqliteLocks::initTestCase()
{
    REQUIRE_INSTALLED(SqlDriver("QSQLITE"));
}

void TestSqliteLocks::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
    m_connection = std::make_unique<SqlConnection>(address());
    m_connection->execute("PRAGMA journal_mode = WAL");
    m_connection->execute("CREATE TABLE visits (count integer)");
    m_connection->execute("INSERT INTO visits VALUES (0)");
}

void TestSqliteLocks::cleanup()
{
    m_connection.reset();
    m_folder.reset();
}

//! [busy]
void TestSqliteLocks::isBusyWhileAnotherThreadWrites()
{
    QSeamstressThread writer([this] { return visitOnce(address()); });
    writer.setObjectName("writer");

    QSEAMSTRESS_ENTER(writer);
    QVERIFY(isBusy());
    QSEAMSTRESS_EXIT(writer);

    addVisit(*m_connection);
    QCOMPARE(visits(*m_connection), 2);
}
//! [busy]

void TestSqliteLocks::isBusyWhileAnotherProcessWrites()
{
    QSEAMSTRESS_PROCESS(writer, &visitOnce, address());
    QVERIFY(isBusy());
    QSEAMSTRESS_EXIT(writer);
    addVisit(*m_connection);
    QCOMPARE(visits(*m_connection), 2);
}

// SQLite does not block in the kernel: it tries again and again, and sleeps in between.
void TestSqliteLocks::waitsForTheWriter()
{
    QSEAMSTRESS_THREAD(writer, [this] { return visitOnce(address()); });
    QSeamstressThread visitor([this] { addVisit(SqlConnection(address(forEver))); });
    visitor.setObjectName("visitor");
    visitor.start();
    bool wasAsleep = !QSeamstressThread::isActivityAvailable(); // it sleeps only between two attempts
    QTRY_VERIFY((wasAsleep = wasAsleep || visitor.activity() == QSeamstressExecutor::Sleeping));
    QCOMPARE(visits(*m_connection), 0);
    QSEAMSTRESS_EXIT(writer);
    QVERIFY2(visitor.runTo("read"), qPrintable(visitor.errorString()));
    QSEAMSTRESS_EXIT(visitor);
    QCOMPARE(visits(*m_connection), 2);
}

//! [without]
void TestSqliteLocks::losesAVisitWithoutTheLock()
{
    QSEAMSTRESS_THREAD(visitor, [this] { addVisitUnlocked(SqlConnection(address())); });
    QCOMPARE(visitor.pausePoint(), "read");
    addVisitUnlocked(*m_connection);
    QSEAMSTRESS_EXIT(visitor);
    QCOMPARE(visits(*m_connection), 1); // one of two visits is lost
}
//! [without]

void TestSqliteLocks::readsBesideAWriter()
{
    QSEAMSTRESS_THREAD(writer, [this] { return visitOnce(address()); });
    QCOMPARE(visits(*m_connection), 0); // the value before the write
    QSEAMSTRESS_EXIT(writer);
    QCOMPARE(visits(*m_connection), 1);
}

// Reads the same number twice, and pauses in between.
static QSeamstressScript readTwice(SqlAddress address)
{
    const SqlConnection connection(address);
    connection.execute("BEGIN");
    const int first = visits(connection);
    co_yield QSeamstress::Pause("first", first);
    const int second = visits(connection);
    co_yield QSeamstress::Pause("second", second);
    connection.execute("COMMIT");
}

void TestSqliteLocks::keepsWhatItHasRead()
{
    QSEAMSTRESS_PROCESS(reader, &readTwice, address());
    QCOMPARE(reader.pauseValue().toInt(), 0);
    addVisit(*m_connection);
    QSEAMSTRESS_ADVANCE(reader);
    QCOMPARE(reader.pauseValue().toInt(), 0); // from the same snapshot
    QCOMPARE(visits(*m_connection), 1);
}

// Without the write-ahead log, no connection can write while another one reads.
void TestSqliteLocks::writesBesideAReaderOnlyWithALog()
{
    m_connection->execute("PRAGMA journal_mode = DELETE");
    QSEAMSTRESS_THREAD(reader, [this] { return readTwice(address()); });
    QVERIFY(isBusy());
    m_connection->execute("ROLLBACK");
    QSEAMSTRESS_EXIT(reader);
    addVisit(*m_connection);
}

// The error comes from the script, and the message names the script.
static void compareError(const QSeamstressExecutor &executor, const QString &code)
{
    QCOMPARE(executor.error().code(), QSeamstressError::Exception);
    QVERIFY2(executor.errorString().contains('"' + executor.objectName() + '"'), qPrintable(executor.errorString()));
    QCOMPARE(codeOf([&executor] { executor.error().raise(); }), code);
}

void TestSqliteLocks::lockTimeOut()
{
    m_connection->execute("BEGIN IMMEDIATE");
    QSeamstressThread writer([this] { return visitOnce(address(20)); });
    writer.setObjectName("writer");
    QVERIFY(!writer.enter());
    compareError(writer, busy);
    m_connection->execute("ROLLBACK");
}

void TestSqliteLocks::noSuchFolder()
{
    SqlAddress nowhere = address();
    nowhere.database = m_folder->filePath("nowhere/visits");
    QSeamstressThread writer([nowhere] { return visitOnce(nowhere); });
    writer.setObjectName("writer");
    QVERIFY(!writer.enter());
    compareError(writer, "14"); // SQLITE_CANTOPEN
}

void TestSqliteLocks::diskFull_data()
{
    QTest::addColumn<bool>("isMounted");
    QTest::newRow("quota") << false;
    QTest::newRow("small-tmpfs") << true;
}

void TestSqliteLocks::diskFull()
{
    QFETCH(const bool, isMounted);
    QString folder = m_folder->path();
#ifdef Q_OS_LINUX
    QByteArray mountPoint;
    const auto unmount = qScopeGuard([&mountPoint] {
        if (!mountPoint.isEmpty())
            ::umount(mountPoint.constData());
    });
    if (isMounted) {
        folder = m_folder->filePath("small");
        QVERIFY(QDir().mkdir(folder));
        const QByteArray path = QFile::encodeName(folder);
        if (::mount("tmpfs", path.constData(), "tmpfs", 0, "size=256k") != 0)
            QSKIP("Only root can mount a small file system.");
        mountPoint = path;
    }
#else
    if (isMounted)
        QSKIP("This test can mount a small file system on Linux only.");
#endif
    SqlAddress small = address();
    small.database = folder + "/small";
    {
        QSeamstressThread writer([small, isMounted]() -> QSeamstressScript {
            const SqlConnection connection(small);
            if (!isMounted)
                connection.execute("PRAGMA max_page_count = 20");
            connection.execute("CREATE TABLE notes (text blob)");
            co_yield "empty";
            connection.execute("INSERT INTO notes VALUES (zeroblob(1000000))");
        });
        writer.setObjectName("writer");
        QVERIFY2(writer.enter(), qPrintable(writer.errorString()));
        QVERIFY(!writer.exit());
        compareError(writer, full);
    }
}

QTEST_GUILESS_MAIN(TestSqliteLocks)
#include "tst_sqlitelocks.moc"
