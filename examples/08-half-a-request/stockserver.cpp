// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

#include "stockserver.h"

#include <QHash>
#include <QTcpSocket>

QByteArray inStock(const QByteArray &goods)
{
    static const QHash<QByteArray, int> stock{ { "apples", 12 }, { "pears", 7 } };
    const auto found = stock.constFind(goods.trimmed());
    return found == stock.cend() ? QByteArray("unknown\n") : QByteArray::number(*found) + '\n';
}

StockServer::StockServer(QObject *parent)
    : QTcpServer(parent)
{
    connect(this, &QTcpServer::newConnection, this, &StockServer::welcome);
}

void StockServer::welcome()
{
    while (QTcpSocket *client = nextPendingConnection()) {
        connect(client, &QTcpSocket::readyRead, this, [this, client] { read(client); });
        connect(client, &QTcpSocket::disconnected, client, &QObject::deleteLater);
    }
}

void StockServer::read(QTcpSocket *client)
{
    // An incomplete line stays in the buffer of its client's socket until the rest arrives.
    while (client->canReadLine())
        client->write(inStock(client->readLine()));
    if (client->bytesAvailable() > 0)
        Q_EMIT partReceived();
}
