// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

#ifndef STOCKSERVER_H
#define STOCKSERVER_H

#include <QByteArray>
#include <QTcpServer>

class QTcpSocket;

// The line that answers a request for these goods: the number in stock, such as "12\n", or "unknown\n".
QByteArray inStock(const QByteArray &goods);

// Answers each line of a client, which names some goods, with a line. A client may send a line in any number of parts and at any pace:
// other clients do not wait for it.
class StockServer : public QTcpServer
{
    Q_OBJECT

public:
    explicit StockServer(QObject *parent = nullptr);

Q_SIGNALS:
    // A client has sent part of a line, but not its end. A time-out for the rest could start here.
    void partReceived();

private:
    void welcome();
    void read(QTcpSocket *client);
};

#endif // STOCKSERVER_H
