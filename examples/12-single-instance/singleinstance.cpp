// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

#include "singleinstance.h"

#include <QSeamstressPausePoint>

#include <QDataStream>
#include <QLocalSocket>
#include <QThread>

static constexpr char taken = 'T';

SingleInstance::SingleInstance(const QDir &folder)
    : m_lock(folder.filePath("instance.lock"))
    , m_socketPath(folder.absoluteFilePath("instance.socket"))
{
    m_lock.setStaleLockTime(0); // an instance may run for days
    m_server.setSocketOptions(QLocalServer::UserAccessOption);
    connect(&m_server, &QLocalServer::newConnection, this, &SingleInstance::welcome);
}

SingleInstance::~SingleInstance()
{
    stop();
}

SingleInstance::Outcome SingleInstance::start(const QStringList &arguments, QDeadlineTimer deadline)
{
    for (;;) {
        if (m_lock.tryLock())
            return listen() ? IsFirst : NotPossible;
        if (m_lock.error() != QLockFile::LockFailedError)
            return NotPossible;
        if (handOver(arguments, deadline))
            return HandedOver;
        if (deadline.hasExpired())
            return NoAnswer;
        QSEAMSTRESS_PAUSE_POINT("no answer");
        // There is no notification when the other instance starts to listen or ends.
        QThread::msleep(20);
    }
}

void SingleInstance::stop()
{
    if (!m_lock.isLocked())
        return;
    // In this order: a process that starts in between finds no server, tries again, and takes the lock.
    m_server.close();
    QSEAMSTRESS_PAUSE_POINT("not listening any more");
    m_lock.unlock();
}

qint64 SingleInstance::processId() const
{
    qint64 processId = 0;
    QString host;
    QString application;
    return m_lock.getLockInfo(&processId, &host, &application) ? processId : 0;
}

bool SingleInstance::listen()
{
    QSEAMSTRESS_PAUSE_POINT("locked");
    QLocalServer::removeServer(m_socketPath); // left by an instance that was killed: no other process holds the lock
    if (!m_server.listen(m_socketPath)) {
        m_lock.unlock();
        return false;
    }
    QSEAMSTRESS_PAUSE_POINT("listening");
    return true;
}

bool SingleInstance::handOver(const QStringList &arguments, QDeadlineTimer deadline) const
{
    const auto remaining = [deadline] { return static_cast<int>(deadline.remainingTime()); };
    QLocalSocket socket;
    socket.connectToServer(m_socketPath);
    if (!socket.waitForConnected(remaining()))
        return false;
    QDataStream stream(&socket);
    stream.setVersion(QDataStream::Qt_6_0);
    stream << arguments;
    // A connection is not enough: an instance that is about to end does not read the arguments.
    while (socket.bytesAvailable() == 0) {
        if (!socket.waitForReadyRead(remaining()))
            return false;
    }
    return socket.read(1) == QByteArray(1, taken);
}

void SingleInstance::welcome()
{
    while (QLocalSocket *client = m_server.nextPendingConnection()) {
        connect(client, &QLocalSocket::readyRead, this, [this, client] { read(client); });
        connect(client, &QLocalSocket::disconnected, client, &QObject::deleteLater);
    }
}

void SingleInstance::read(QLocalSocket *client)
{
    QDataStream stream(client);
    stream.setVersion(QDataStream::Qt_6_0);
    stream.startTransaction();
    QStringList arguments;
    stream >> arguments;
    if (!stream.commitTransaction())
        return; // wait for the rest
    client->write(&taken, 1);
    client->flush();
    Q_EMIT startedAgain(arguments);
}
