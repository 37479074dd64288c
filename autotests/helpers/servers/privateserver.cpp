// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

#include "privateserver.h"

static constexpr int notInstalled = 77;
static constexpr int patience = 300'000; // ms; only a hang takes as long

static QString nameOf(PrivateServer::Kind kind)
{
    return kind == PrivateServer::PostgreSQL ? "postgresql" : kind == PrivateServer::MariaDB ? "mariadb"
                                                                                             : "redis";
}

PrivateServer::PrivateServer(Kind kind)
{
    m_keeper.setProcessChannelMode(QProcess::ForwardedErrorChannel);
    // Without one, QProcess uses vfork(), after which ThreadSanitizer overlooks what the calling thread locks.
    m_keeper.setChildProcessModifier([] { });
    m_keeper.start(SERVERKEEPER_PATH, { nameOf(kind) });
    while (!m_keeper.canReadLine() && m_keeper.waitForReadyRead(patience)) { }
    const QString line = QString::fromLocal8Bit(m_keeper.readLine()).trimmed();
    if (line.startsWith("ready ")) {
        m_folder = line.mid(6);
        return;
    }
    m_keeper.waitForFinished(patience);
    m_isInstalled = m_keeper.exitCode() != notInstalled;
    m_problem = QStringLiteral("No %1 server: %2\n%3").arg(nameOf(kind), line, QString::fromLocal8Bit(m_keeper.readAll()));
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
    m_keeper.closeWriteChannel();
    m_keeper.waitForFinished(-1); // which kills a server that does not stop
}
