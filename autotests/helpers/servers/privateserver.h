// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

#ifndef PRIVATESERVER_H
#define PRIVATESERVER_H

#include <QFile>
#include <QString>

// A server for one test program. It leaves nothing behind, however the test ends.
class PrivateServer
{
public:
    enum Kind { PostgreSQL,
                MariaDB,
                Redis };

    // Waits until the server answers. If it does not, problem() says what is missing.
    explicit PrivateServer(Kind kind);
    ~PrivateServer();
    Q_DISABLE_COPY_MOVE(PrivateServer)

    bool isRunning() const { return !m_folder.isEmpty(); }
    QString problem() const { return m_problem; }
    bool isInstalled() const { return m_isInstalled; }

    QString folder() const { return m_folder; } // contains the server's socket
    QString socket() const { return m_folder + "/socket"; } // for MariaDB and Redis
    // For PostgreSQL.
    static QString user() { return "tester"; }
    static QString password() { return "secret"; }

    void stop(); // the destructor calls it

private:
    bool startKeeper(const QByteArray &kind);

    QFile m_toKeeper; // the keeper ends when this is closed
    QFile m_fromKeeper;
    QString m_folder;
    QString m_problem;
    bool m_isInstalled = true;
};

#endif // PRIVATESERVER_H
