// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

// A test that starts a server, prints its folder, and ends as its argument says: usesaserver postgresql|mariadb|redis ends|crashes|waits.
// If there is no server, it prints why and ends at once, successfully if the test is to be skipped.

#include <QCoreApplication>
#include <QTextStream>

#include <cstdlib>

#include <unistd.h>

#include "privateserver.h"
#include "requirements.h"

int main(int argc, char **argv)
{
    const QCoreApplication application(argc, argv);
    const QString kind = application.arguments().value(1);
    const PrivateServer server(kind == "postgresql" ? PrivateServer::PostgreSQL : kind == "mariadb" ? PrivateServer::MariaDB
                                                                                                    : PrivateServer::Redis);
    QTextStream(stdout) << (server.isRunning() ? server.folder() : server.problem()) << Qt::endl;
    if (!server.isRunning())
        return Requirements(server).canBeSkipped() ? EXIT_SUCCESS : EXIT_FAILURE;
    const QString end = application.arguments().value(2);
    if (end == "crashes")
        std::abort();
    if (end == "waits")
        ::pause();
    return EXIT_SUCCESS;
}
