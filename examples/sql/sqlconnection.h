// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

#ifndef SQLCONNECTION_H
#define SQLCONNECTION_H

#include <QDataStream>
#include <QSqlDatabase>
#include <QSqlError>
#include <QSqlQuery>
#include <QUuid>
#include <QVariant>

#include <stdexcept>

// The address of a database. It can be an argument of a script that runs in another process.
struct SqlAddress
{
    QString driver;
    QString host;
    QString database;
    QString user;
    QString password;
    QString options;

    friend QDataStream &operator<<(QDataStream &stream, const SqlAddress &a) { return stream << a.driver << a.host << a.database << a.user << a.password << a.options; }
    friend QDataStream &operator>>(QDataStream &stream, SqlAddress &a) { return stream >> a.driver >> a.host >> a.database >> a.user >> a.password >> a.options; }
};

class SqlException : public std::runtime_error
{
public:
    explicit SqlException(const QSqlError &error)
        : std::runtime_error(error.text().toStdString())
        , m_code(error.nativeErrorCode())
    {
    }
    QString code() const { return m_code; } // the native error code of the database

private:
    QString m_code;
};

//! [connection]
// A connection belongs to the thread that creates it. A script therefore creates its own object of this class, which closes the
// connection in the same thread, however the script ends.
class SqlConnection
{
public:
    explicit SqlConnection(const SqlAddress &address)
    {
        QSqlDatabase database = QSqlDatabase::addDatabase(address.driver, m_name);
        database.setHostName(address.host);
        database.setDatabaseName(address.database);
        database.setUserName(address.user);
        database.setPassword(address.password);
        database.setConnectOptions(address.options);
        if (database.open())
            return;
        const SqlException exception(database.lastError());
        database = QSqlDatabase(); // Qt warns if a connection is removed while it is in use
        QSqlDatabase::removeDatabase(m_name);
        throw exception;
    }
    ~SqlConnection()
    {
        QSqlDatabase::database(m_name, false).close();
        QSqlDatabase::removeDatabase(m_name);
    }
    Q_DISABLE_COPY_MOVE(SqlConnection)

    // Returns the first value of the first row; invalid if there is none.
    QVariant execute(const QString &statement, const QVariantList &values = {}) const
    {
        QSqlQuery query(QSqlDatabase::database(m_name, false));
        const bool isPrepared = values.isEmpty() || query.prepare(statement);
        for (const QVariant &value : values)
            query.addBindValue(value);
        if (!isPrepared || !(values.isEmpty() ? query.exec(statement) : query.exec()))
            throw SqlException(query.lastError());
        return query.next() ? query.value(0) : QVariant();
    }

private:
    const QString m_name = QUuid::createUuid().toString();
};
//! [connection]

#endif // SQLCONNECTION_H
