// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

#ifndef PRIVATESERVER_H
#define PRIVATESERVER_H

#include <QFile>
#include <QString>

// A server for one test program, of which nothing is left when the test ends, however it does.
class PrivateServer
{
public:
    enum Kind { PostgreSQL,
                MariaDB,
                Redis };

    // Waits until it answers. What is missing is in problem() then.
    explicit PrivateServer(Kind kind);
    ~PrivateServer();
    Q_DISABLE_COPY_MOVE(PrivateServer)

    bool isRunning() const { return !m_folder.isEmpty(); }
    QString problem() const { return m_problem; }
    bool isInstalled() const { return m_isInstalled; }

    QString folder() const { return m_folder; } // with the server's socket
    QString socket() const { return m_folder + "/socket"; } // of MariaDB and Redis
    // Of PostgreSQL.
    static QString user() { return "tester"; }
    static QString password() { return "secret"; }

    void stop(); // as the destructor does

private:
    bool startKeeper(const QByteArray &kind);

    QFile m_toKeeper; // which ends when this is closed
    QFile m_fromKeeper;
    QString m_folder;
    QString m_problem;
    bool m_isInstalled = true;
};

#endif // PRIVATESERVER_H
