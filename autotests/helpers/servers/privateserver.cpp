// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

#include "privateserver.h"

#include <array>
#include <cerrno>

#include <fcntl.h>
#include <sys/wait.h>
#include <unistd.h>

namespace {

struct Product
{
    const char *kind; // the argument of serverkeeper
    const char *name;
    const char *package; // in Debian
};

constexpr Product productOf(PrivateServer::Kind kind)
{
    switch (kind) {
    case PrivateServer::PostgreSQL:
        return { "postgresql", "PostgreSQL", "postgresql" };
    case PrivateServer::MariaDB:
        return { "mariadb", "MariaDB", "mariadb-server" };
    case PrivateServer::Redis:
        break;
    }
    return { "redis", "Redis", "redis-server" };
}

} // namespace

PrivateServer::PrivateServer(Kind kind)
{
    const Product product = productOf(kind);
    if (!startKeeper(product.kind)) {
        m_problem = QStringLiteral("Cannot start a process for a server: ") + qt_error_string();
        return;
    }
    const QString line = QString::fromLocal8Bit(m_fromKeeper.readLine()).trimmed();
    if (line.startsWith("ready ")) {
        m_folder = line.mid(6);
        return;
    }
    if (line.startsWith("missing ")) {
        m_isInstalled = false;
        m_problem = QStringLiteral("%1 %2. On Debian: apt install %3").arg(QLatin1String(product.name), line.mid(8), QLatin1String(product.package));
    } else {
        m_problem = QStringLiteral("%1 does not run: %2\n%3").arg(QLatin1String(product.name), line, QString::fromLocal8Bit(m_fromKeeper.readAll()));
    }
    stop();
}

// Starts the keeper as an orphan: if the test is killed with all its children, as ctest does on time-out, the keeper survives and stops
// the server. QProcess cannot be used: it calls vfork(), after which ThreadSanitizer misses locks of the calling thread.
bool PrivateServer::startKeeper(const QByteArray &kind)
{
    std::array<int, 2> input;
    std::array<int, 2> output;
    if (::pipe2(input.data(), O_CLOEXEC) != 0 || ::pipe2(output.data(), O_CLOEXEC) != 0)
        return false;
    const pid_t between = ::fork();
    if (between == 0) {
        if (::fork() == 0) {
            ::dup2(input[0], STDIN_FILENO);
            ::dup2(output[1], STDOUT_FILENO);
            ::execl(SERVERKEEPER_PATH, SERVERKEEPER_PATH, kind.constData(), nullptr);
        }
        ::_exit(EXIT_FAILURE);
    }
    ::close(input[0]);
    ::close(output[1]);
    const bool isOpen = m_toKeeper.open(input[1], QIODevice::WriteOnly | QIODevice::Unbuffered, QFile::AutoCloseHandle)
        && m_fromKeeper.open(output[0], QIODevice::ReadOnly, QFile::AutoCloseHandle);
    while (between > 0 && ::waitpid(between, nullptr, 0) < 0 && errno == EINTR) { }
    return isOpen && between > 0;
}

PrivateServer::~PrivateServer()
{
    stop();
}

void PrivateServer::stop()
{
    m_toKeeper.close();
    if (!m_fromKeeper.isOpen())
        return; // already stopped
    m_fromKeeper.readAll(); // waits until the keeper has ended, which kills a server that does not stop
    m_fromKeeper.close();
}
