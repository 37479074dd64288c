// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

// The examples with databases if servers or Qt's drivers are missing: they are skipped, or fail where these are required, and say what to
// install.

#include <QDir>
#include <QFile>
#include <QProcess>
#include <QProcessEnvironment>
#include <QRegularExpression>
#include <QTemporaryDir>
#include <QTest>

#include <array>
#include <memory>
#include <optional>

#include "privateserver.h"
#include "requirements.h"
#include "sqldriver.h"

struct Example
{
    QString name;
    QString program;
    QString function; // a fast function of its test
    std::optional<PrivateServer::Kind> server;
    QString driver;
};
Q_DECLARE_METATYPE(Example)

class TestMissingServers : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();
    void example_data();
    void example();
    void cannotBeUsed_data();
    void cannotBeUsed();
    void testOfPrivateServers_data();
    void testOfPrivateServers();

private:
    const PrivateServer &server(PrivateServer::Kind kind);
    QString withOwnPlugins(const QString &program) const;
    // Returns false if the program crashes.
    bool run(const QString &program, const QStringList &arguments = {});
    QString resultOf(const QString &function) const;

    std::array<std::unique_ptr<PrivateServer>, 3> m_servers; // to find out whether they are installed
    std::unique_ptr<QTemporaryDir> m_folder;
    QProcessEnvironment m_environment;
    std::unique_ptr<QProcess> m_process;
    QString m_output;
};

static constexpr int patience = 300'000; // ms; only a hang takes that long
static const QString path = QStringLiteral("QSEAMSTRESS_TEST_SERVER_PATH");
static const QString required = QStringLiteral("QSEAMSTRESS_TEST_SERVERS_REQUIRED");

void TestMissingServers::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
    QVERIFY(m_folder->isValid());
    m_environment = QProcessEnvironment::systemEnvironment();
    m_process = std::make_unique<QProcess>();
}

void TestMissingServers::cleanup()
{
    m_process.reset(); // kills the process if it is still running
    m_folder.reset();
}

const PrivateServer &TestMissingServers::server(PrivateServer::Kind kind)
{
    std::unique_ptr<PrivateServer> &server = m_servers.at(kind);
    if (!server)
        server = std::make_unique<PrivateServer>(kind);
    return *server;
}

// A copy of the program that finds only the plugins in the subfolder "plugins". Qt reads the qt.conf in the folder of a program.
QString TestMissingServers::withOwnPlugins(const QString &program) const
{
    QFile configuration(m_folder->filePath("qt.conf"));
    const QByteArray paths = "[Paths]\nPlugins=" + QFile::encodeName(m_folder->filePath("plugins")) + '\n';
    const QString copy = m_folder->filePath("program");
    const bool isMade = configuration.open(QIODevice::WriteOnly) && configuration.write(paths) == paths.size() && QFile::copy(program, copy);
    return isMade ? copy : QString();
}

bool TestMissingServers::run(const QString &program, const QStringList &arguments)
{
    m_process->setProcessEnvironment(m_environment);
    m_process->setProcessChannelMode(QProcess::MergedChannels);
    m_process->start(program, arguments);
    const bool hasEnded = m_process->waitForFinished(patience);
    m_output = QString::fromLocal8Bit(m_process->readAll());
    if (hasEnded && m_process->exitStatus() == QProcess::NormalExit)
        return true;
    m_output += m_process->errorString();
    return false;
}

// "PASS", "SKIP" or "FAIL!"; empty if the function has not run.
QString TestMissingServers::resultOf(const QString &function) const
{
    const QRegularExpression line("^(\\S+) *: \\w+::" + function + "\\(", QRegularExpression::MultilineOption);
    return line.match(m_output).captured(1);
}

static QString messageOf(PrivateServer::Kind kind)
{
    switch (kind) {
    case PrivateServer::PostgreSQL:
        return "PostgreSQL is not installed: there is no program postgres. On Debian: apt install postgresql";
    case PrivateServer::MariaDB:
        return "MariaDB is not installed: there is no program mariadbd. On Debian: apt install mariadb-server";
    case PrivateServer::Redis:
        break;
    }
    return "Redis is not installed: there is no program redis-server. On Debian: apt install redis-server";
}

static QString messageOf(const QString &driver)
{
    static const QHash<QString, QString> packages{ { "QPSQL", "libqt6sql6-psql" }, { "QMYSQL", "libqt6sql6-mysql" }, { "QSQLITE", "libqt6sql6-sqlite" } };
    return "Qt's driver " + driver + " is not installed. On Debian: apt install " + packages.value(driver);
}

void TestMissingServers::example_data()
{
    QTest::addColumn<Example>("example");
    QTest::addColumn<bool>("hasServer");
    QTest::addColumn<bool>("hasDriver");
    QTest::addColumn<bool>("isRequired");
    const auto add = [](const Example &example, const char *installed, bool hasServer, bool hasDriver) {
        for (const bool isRequired : { false, true })
            QTest::addRow("%s, %s%s", qPrintable(example.name), installed, isRequired ? ", required" : "") << example << hasServer << hasDriver << isRequired;
    };
    const Example postgresql{ "postgresqladvisorylock", TST_POSTGRESQLADVISORYLOCK_PATH, "paysTwiceWithoutTheLock", PrivateServer::PostgreSQL, "QPSQL" };
    const Example mariadb{ "mariadblocks", TST_MARIADBLOCKS_PATH, "refusesWhileTheReportIsMade", PrivateServer::MariaDB, "QMYSQL" };
    for (const Example &example : { postgresql, mariadb }) {
        add(example, "server-without-driver", true, false);
        add(example, "driver-without-server", false, true);
        add(example, "neither", false, false);
        add(example, "both", true, true);
    }
    // The other examples with PostgreSQL, in those cases that need not start a server.
    const Example queue{ "postgresqlqueue", TST_POSTGRESQLQUEUE_PATH, "skipsAJobThatIsTaken", PrivateServer::PostgreSQL, "QPSQL" };
    const Example isolation{ "isolationlevels", TST_ISOLATIONLEVELS_PATH, "anomaly", PrivateServer::PostgreSQL, "QPSQL" };
    for (const Example &example : { queue, isolation }) {
        add(example, "driver-without-server", false, true);
        add(example, "neither", false, false);
    }
    const Example redis{ "redislock", TST_REDISLOCK_PATH, "refusesWhileAnotherThreadHoldsIt", PrivateServer::Redis, {} };
    add(redis, "without-server", false, false);
    add(redis, "with-server", true, false);
    const Example sqlite{ "sqlitelocks", TST_SQLITELOCKS_PATH, "readsBesideAWriter", {}, "QSQLITE" };
    add(sqlite, "without-driver", false, false);
    add(sqlite, "with-driver", false, true);
}

void TestMissingServers::example()
{
    QFETCH(const Example, example);
    QFETCH(const bool, hasServer);
    QFETCH(const bool, hasDriver);
    QFETCH(const bool, isRequired);
    if (hasServer)
        REQUIRE_INSTALLED(server(*example.server));
    if (hasDriver)
        REQUIRE_INSTALLED(SqlDriver(example.driver));

    if (!hasServer)
        m_environment.insert(path, "/nowhere");
    if (!hasDriver)
        m_environment.remove("QT_PLUGIN_PATH");
    m_environment.insert(required, isRequired ? "1" : "0");
    const bool ends = run(hasDriver ? example.program : withOwnPlugins(example.program), { example.function });
    QVERIFY2(ends, qPrintable(m_output));

    const bool lacksServer = example.server && !hasServer;
    const bool lacksDriver = !example.driver.isEmpty() && !hasDriver;
    const bool lacksNothing = !lacksServer && !lacksDriver;
    QVERIFY2(m_process->exitCode() == (lacksNothing || !isRequired ? 0 : 1), qPrintable(m_output));
    QCOMPARE(resultOf("initTestCase"), lacksNothing ? "PASS" : isRequired ? "FAIL!"
                                                                          : "SKIP");
    QCOMPARE(resultOf(example.function), lacksNothing ? "PASS" : "");
    if (example.server)
        QVERIFY2(m_output.contains(messageOf(*example.server)) == lacksServer, qPrintable(m_output));
    if (!example.driver.isEmpty())
        QVERIFY2(m_output.contains(messageOf(example.driver)) == lacksDriver, qPrintable(m_output));
}

void TestMissingServers::cannotBeUsed_data()
{
    QTest::addColumn<QString>("program");
    QTest::addColumn<QString>("kind");
    QTest::addColumn<QString>("message");
    QTest::addColumn<QString>("result");
    QTest::addColumn<QString>("resultIfRequired");
    QTest::newRow("server-that-is-not-executable") << TST_REDISLOCK_PATH << "server"
                                                   << "Redis cannot be started: %1/redis-server is not executable. On Debian: apt install redis-server"
                                                   << "SKIP"
                                                   << "FAIL!";
    // It is installed, so a skipped test would hide the problem.
    QTest::newRow("server-that-does-not-start") << TST_REDISLOCK_PATH << "executable-server"
                                                << "Redis does not run: %1/redis-server cannot be started: "
                                                << "FAIL!"
                                                << "FAIL!";
    QTest::newRow("driver-that-cannot-be-loaded") << TST_SQLITELOCKS_PATH << "driver"
                                                  << "Qt's driver QSQLITE cannot be loaded: Cannot load library %1/plugins/sqldrivers/libbroken.so"
                                                  << "SKIP"
                                                  << "FAIL!";
}

void TestMissingServers::cannotBeUsed()
{
    QFETCH(const QString, program);
    QFETCH(const QString, kind);
    QFETCH(const QString, message);
    QFETCH(const QString, result);
    QFETCH(const QString, resultIfRequired);

    const QString drivers = m_folder->filePath("plugins/sqldrivers");
    QVERIFY(QDir().mkpath(drivers));
    QVERIFY(QFile::copy(UNLOADABLEDRIVER_PATH, drivers + "/libbroken.so"));
    for (const char *name : { "redis-server", "redis-cli" }) {
        QFile server(m_folder->filePath(name));
        QVERIFY(server.open(QIODevice::WriteOnly));
        QVERIFY(server.write("#!/nowhere\n") > 0);
        if (kind == "executable-server")
            QVERIFY(server.setPermissions(server.permissions() | QFile::ExeOwner));
    }
    m_environment.insert(path, m_folder->path());
    m_environment.remove("QT_PLUGIN_PATH");
    const QString copy = withOwnPlugins(program);
    for (const bool isRequired : { false, true }) {
        m_environment.insert(required, isRequired ? "1" : "0");
        const bool ends = run(copy);
        QVERIFY2(ends, qPrintable(m_output));
        QVERIFY2(m_output.contains(message.arg(m_folder->path())), qPrintable(m_output));
        QCOMPARE(resultOf("initTestCase"), isRequired ? resultIfRequired : result);
        QCOMPARE(m_process->exitCode(), resultOf("initTestCase") == "FAIL!" ? 1 : 0);
    }
}

void TestMissingServers::testOfPrivateServers_data()
{
    QTest::addColumn<bool>("isRequired");
    QTest::newRow("of-a-user") << false;
    QTest::newRow("required") << true;
}

void TestMissingServers::testOfPrivateServers()
{
    QFETCH(const bool, isRequired);
    m_environment.insert(path, "/nowhere");
    m_environment.insert(required, isRequired ? "1" : "0");
    const bool ends = run(TST_PRIVATESERVER_PATH);
    QVERIFY2(ends, qPrintable(m_output));
    QVERIFY2((m_process->exitCode() != 0) == isRequired, qPrintable(m_output));
    QCOMPARE(resultOf("leavesNothing"), isRequired ? "FAIL!" : "SKIP");
    QCOMPARE(resultOf("twoSideBySide"), isRequired ? "FAIL!" : "SKIP");
    for (const PrivateServer::Kind kind : { PrivateServer::PostgreSQL, PrivateServer::MariaDB, PrivateServer::Redis })
        QVERIFY2(m_output.contains(messageOf(kind)), qPrintable(m_output));
}

QTEST_GUILESS_MAIN(TestMissingServers)
#include "tst_missingservers.moc"
