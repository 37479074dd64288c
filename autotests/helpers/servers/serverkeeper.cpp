// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

// Starts a private server for a test: serverkeeper postgresql|mariadb|redis. The server uses a new temporary directory, and listens only on
// a socket in there. Prints "ready" and the directory, "missing" and the reason if the server is not installed, or any other problem.
// Stops the server and removes the directory as soon as standard input is closed, which includes a crash of the test.
// The environment variable QSEAMSTRESS_TEST_SERVER_PATH lists the directories to search for servers, instead of the usual ones.

#include <QCoreApplication>
#include <QDeadlineTimer>
#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QProcess>
#include <QStandardPaths>
#include <QTemporaryDir>
#include <QThread>

#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <optional>

#include <grp.h>
#include <poll.h>
#include <pwd.h>
#include <sys/prctl.h>
#include <unistd.h>

namespace {

constexpr int patience = 120'000; // ms, long enough for any machine under load

struct Recipe
{
    QString server; // the program of the server
    QStringList preparation; // a command that creates its data, if it needs one
    QStringList command;
    QStringList question; // a command that succeeds once the server answers
    int end = SIGTERM; // the signal that stops it without waiting for its clients
    int endOfKeeper = SIGKILL; // the signal if the keeper is killed: the server must leave nothing in the system
};

// Throws the reason why there is no server, so that destructors clean up.
[[noreturn]] void giveUp(const QString &problem)
{
    throw problem;
}

QStringList programFolders()
{
    const QString chosen = qEnvironmentVariable("QSEAMSTRESS_TEST_SERVER_PATH");
    if (!chosen.isEmpty())
        return chosen.split(QDir::listSeparator());
    QStringList folders = qEnvironmentVariable("PATH").split(QDir::listSeparator(), Qt::SkipEmptyParts);
    folders += QStringList{ "/usr/sbin", "/usr/local/sbin" };
    // In Debian, the programs of PostgreSQL are not in the PATH.
    for (const QString &version : QDir("/usr/lib/postgresql").entryList(QDir::Dirs | QDir::NoDotAndDotDot, QDir::Name | QDir::Reversed))
        folders.append("/usr/lib/postgresql/" + version + "/bin");
    return folders;
}

QString findProgram(const QString &name)
{
    const QStringList folders = programFolders();
    const QString program = QStandardPaths::findExecutable(name, folders);
    if (!program.isEmpty())
        return program;
    for (const QString &folder : folders) {
        const QFileInfo file(folder, name);
        if (file.isFile())
            giveUp("missing cannot be started: " + file.filePath() + " is not executable");
    }
    giveUp("missing is not installed: there is no program " + name);
}

Recipe recipeOf(const QString &kind, const QString &folder)
{
    if (kind == "postgresql") {
        return { findProgram("postgres"),
                 { findProgram("initdb"), "-D", folder + "/data", "-A", "scram-sha-256", "--pwfile", folder + "/password", "-U", "tester", "-E", "UTF8", "--locale=C", "--no-sync" },
                 { "-D", folder + "/data", "-c", "listen_addresses=", "-c", "unix_socket_directories=" + folder, "-c", "fsync=off" },
                 { findProgram("pg_isready"), "-q", "-h", folder },
                 SIGINT, // "fast shutdown": the clients are disconnected
                 SIGQUIT };
    }
    if (kind == "mariadb") {
        return { findProgram("mariadbd"),
                 { findProgram("mariadb-install-db"), "--no-defaults", "--datadir=" + folder + "/data", "--auth-root-authentication-method=normal", "--skip-test-db" },
                 { "--no-defaults", "--datadir=" + folder + "/data", "--socket=" + folder + "/socket", "--skip-networking", "--pid-file=" + folder + "/pid", "--innodb-buffer-pool-size=16M",
                   "--innodb-log-file-size=8M" },
                 { findProgram("mariadb-admin"), "--no-defaults", "--socket=" + folder + "/socket", "-uroot", "ping" } };
    }
    if (kind == "redis") {
        return { findProgram("redis-server"),
                 {},
                 { "--port", "0", "--unixsocket", folder + "/socket", "--save", "", "--appendonly", "no", "--dir", folder },
                 { findProgram("redis-cli"), "-s", folder + "/socket", "ping" } };
    }
    giveUp("usage: serverkeeper postgresql|mariadb|redis");
}

// These servers refuse to run as root.
std::optional<passwd> otherUser()
{
    if (::geteuid() != 0)
        return {};
    const passwd *const nobody = ::getpwnam("nobody");
    if (!nobody)
        giveUp("The servers do not run as root, and this system has no user \"nobody\".");
    return *nobody;
}

void prepare(QProcess &process, const std::optional<passwd> &user, int endOfKeeper = SIGKILL)
{
    process.setChildProcessModifier([user, endOfKeeper] {
        ::setpgid(0, 0); // not interrupted by the terminal: the keeper stops it in order
        if (user && (::setgroups(0, nullptr) != 0 || ::setgid(user->pw_gid) != 0 || ::setuid(user->pw_uid) != 0))
            ::_exit(EXIT_FAILURE);
        ::prctl(PR_SET_PDEATHSIG, endOfKeeper); // after setuid(), which resets it
    });
    process.setProcessChannelMode(QProcess::MergedChannels);
}

bool run(QStringList command, const std::optional<passwd> &user, QByteArray *output)
{
    QProcess process;
    prepare(process, user);
    const QString program = command.takeFirst();
    process.start(program, command);
    process.closeWriteChannel();
    const bool ended = process.waitForFinished(patience);
    *output = process.readAll();
    if (!ended) // it did not start, or takes too long
        *output += process.errorString().toLocal8Bit();
    return ended && process.exitStatus() == QProcess::NormalExit && process.exitCode() == 0;
}

bool testIsGone(int milliseconds)
{
    pollfd input{ STDIN_FILENO, POLLIN, 0 };
    return ::poll(&input, 1, milliseconds) == 1;
}

void keepServer(const QString &kind)
{
    QTemporaryDir folder(QDir::tempPath() + "/qseamstress-server");
    if (!folder.isValid())
        giveUp("Cannot create a temporary directory: " + folder.errorString());
    // On start, MariaDB removes all temporary tables that it finds, even those of another server.
    ::qputenv("TMPDIR", QFile::encodeName(folder.path()));
    // The system limits the path of a socket to 107 bytes; PostgreSQL has the longest name.
    if (folder.path().size() > 80)
        giveUp("The path of the temporary directory is too long for a socket in it; set TMPDIR to a shorter one: " + folder.path());
    const Recipe recipe = recipeOf(kind, folder.path());
    const std::optional<passwd> user = otherUser();
    QFile password(folder.filePath("password"));
    if (!password.open(QIODevice::WriteOnly) || password.write("secret\n") != 7)
        giveUp("Cannot write to the temporary directory.");
    password.close();
    if (user && (::chown(QFile::encodeName(folder.path()).constData(), user->pw_uid, user->pw_gid) != 0 || ::chown(QFile::encodeName(password.fileName()).constData(), user->pw_uid, user->pw_gid) != 0))
        giveUp("Cannot change the owner of the temporary directory to the user of the server.");

    QByteArray output;
    if (!recipe.preparation.isEmpty() && !run(recipe.preparation, user, &output))
        giveUp(recipe.preparation.first() + " failed:\n" + QString::fromLocal8Bit(output));
    QProcess server;
    prepare(server, user, recipe.endOfKeeper);
    server.setStandardOutputFile(folder.filePath("log"));
    server.start(recipe.server, recipe.command);
    server.closeWriteChannel();
    bool answers = false;
    for (QDeadlineTimer deadline(patience); !answers && !deadline.hasExpired() && server.state() != QProcess::NotRunning && !testIsGone(10);) {
        answers = run(recipe.question, {}, &output);
        server.waitForFinished(0);
    }
    if (server.error() == QProcess::FailedToStart)
        giveUp(recipe.server + " cannot be started: " + server.errorString());
    if (answers) {
        std::printf("ready %s\n", qPrintable(folder.path()));
        std::fflush(stdout);
        // The test may stop the server itself, so wait for the test, not for the server.
        while (!testIsGone(100))
            server.waitForFinished(0);
    }
    if (server.state() != QProcess::NotRunning)
        ::kill(static_cast<pid_t>(server.processId()), recipe.end);
    static constexpr int time = 30'000; // ms
    if (!server.waitForFinished(time)) { // if killed, it may leave shared memory in the system
        server.kill();
        server.waitForFinished(-1);
    }
    if (!answers) {
        QFile log(folder.filePath("log"));
        giveUp(recipe.server + " does not answer:\n" + (log.open(QIODevice::ReadOnly) ? QString::fromLocal8Bit(log.readAll()) : QString()));
    }
}

} // namespace

int main(int argc, char **argv)
{
    const QCoreApplication application(argc, argv);
    ::signal(SIGPIPE, SIG_IGN); // if the test has ended
    for (const int interrupt : { SIGINT, SIGTERM, SIGHUP })
        ::signal(interrupt, SIG_IGN); // ends after the test and the server
    try {
        keepServer(application.arguments().value(1));
    } catch (const QString &problem) {
        std::printf("%s\n", qPrintable(problem));
        return EXIT_FAILURE;
    }
    return EXIT_SUCCESS;
}
