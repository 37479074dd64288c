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
    // Whether the test has to fail without it: a user who has not installed it skips the test, but the project's own run does not.
    bool isRequired() const;

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

// In initTestCase(): the test is skipped, or fails where servers are required, if this one does not run.
#define REQUIRE_SERVER(server) \
    do { \
        if (!(server).isRunning() && !(server).isRequired()) \
            QSKIP(qPrintable((server).problem())); \
        QVERIFY2((server).isRunning(), qPrintable((server).problem())); \
    } while (false)

#endif // PRIVATESERVER_H
