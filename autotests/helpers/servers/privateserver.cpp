// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

#include "privateserver.h"

#include <array>
#include <cerrno>

#include <fcntl.h>
#include <sys/wait.h>
#include <unistd.h>

static constexpr int notInstalled = 77;

static const char *nameOf(PrivateServer::Kind kind)
{
    return kind == PrivateServer::PostgreSQL ? "postgresql" : kind == PrivateServer::MariaDB ? "mariadb" : "redis";
}

PrivateServer::PrivateServer(Kind kind)
{
    if (!startKeeper(nameOf(kind))) {
        m_problem = QStringLiteral("No process for a server: ") + qt_error_string();
        return;
    }
    const QString line = QString::fromLocal8Bit(m_fromKeeper.readLine()).trimmed();
    if (line.startsWith("ready ")) {
        m_folder = line.mid(6);
        return;
    }
    m_problem = QStringLiteral("No %1 server: %2\n%3").arg(QLatin1String(nameOf(kind)), line, QString::fromLocal8Bit(m_fromKeeper.readAll()));
    stop();
}

// Not by QProcess: it uses vfork(), after which ThreadSanitizer overlooks what the calling thread locks.
bool PrivateServer::startKeeper(const QByteArray &kind)
{
    std::array<int, 2> input;
    std::array<int, 2> output;
    if (::pipe2(input.data(), O_CLOEXEC) != 0 || ::pipe2(output.data(), O_CLOEXEC) != 0)
        return false;
    m_keeper = ::fork();
    if (m_keeper == 0) {
        ::dup2(input[0], STDIN_FILENO);
        ::dup2(output[1], STDOUT_FILENO);
        ::execl(SERVERKEEPER_PATH, SERVERKEEPER_PATH, kind.constData(), nullptr);
        ::_exit(EXIT_FAILURE);
    }
    ::close(input[0]);
    ::close(output[1]);
    m_toKeeper.open(input[1], QIODevice::WriteOnly | QIODevice::Unbuffered, QFile::AutoCloseHandle);
    m_fromKeeper.open(output[0], QIODevice::ReadOnly, QFile::AutoCloseHandle);
    return m_keeper > 0;
}

PrivateServer::~PrivateServer()
{
    stop();
}

bool PrivateServer::isRequired() const
{
    return m_isInstalled || qEnvironmentVariableIntValue("QSEAMSTRESS_TEST_SERVERS_REQUIRED") != 0;
}

void PrivateServer::stop()
{
    m_toKeeper.close();
    int status = 0;
    while (m_keeper > 0 && ::waitpid(m_keeper, &status, 0) < 0 && errno == EINTR) { } // it kills a server that does not stop
    if (m_keeper > 0)
        m_isInstalled = !WIFEXITED(status) || WEXITSTATUS(status) != notInstalled;
    m_keeper = -1;
}
