// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

#include "sqldriver.h"

#include <QCoreApplication>
#include <QDir>
#include <QJsonArray>
#include <QJsonObject>
#include <QPluginLoader>
#include <QSqlDatabase>

// Why the plugin cannot be loaded, which QSqlDatabase does not report; empty if it can be loaded.
static QString reasonNotToLoad(const QString &name)
{
    for (const QString &path : QCoreApplication::libraryPaths()) {
        for (const QFileInfo &file : QDir(path + "/sqldrivers").entryInfoList(QDir::Files)) {
            QPluginLoader plugin(file.filePath());
            const QJsonArray keys = plugin.metaData().value("MetaData").toObject().value("Keys").toArray();
            if (keys.contains(name) && !plugin.load())
                return plugin.errorString();
        }
    }
    return {};
}

SqlDriver::SqlDriver(const QString &name)
{
    if (QSqlDatabase::isDriverAvailable(name)) { // true if there is a plugin, but that needs libraries of the database
        const QString reason = reasonNotToLoad(name);
        if (reason.isEmpty())
            return;
        m_problem = "Qt's driver " + name + " cannot be loaded: " + reason;
    } else {
        m_problem = "Qt's driver " + name + " is not installed";
    }
    // Debian names the packages after the drivers: QPSQL is in libqt6sql6-psql.
    m_problem += ". On Debian: apt install libqt6sql6-" + name.mid(1).toLower();
}
