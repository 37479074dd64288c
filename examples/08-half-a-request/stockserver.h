// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

#ifndef STOCKSERVER_H
#define STOCKSERVER_H

#include <QByteArray>
#include <QTcpServer>

class QTcpSocket;

// How many of these goods are in stock, as the line to answer: "12\n". "unknown\n" if there are no such goods.
QByteArray inStock(const QByteArray &goods);

// Answers each line that a client sends, the name of some goods, by a line. A client may send it in as many parts as it likes, and
// take its time: the others do not wait for it.
class StockServer : public QTcpServer
{
    Q_OBJECT

public:
    explicit StockServer(QObject *parent = nullptr);

Q_SIGNALS:
    // Some client has sent a part of a line, and not its end. From here on one could count the time that it takes.
    void partReceived();

private:
    void welcome();
    void read(QTcpSocket *client);
};

#endif // STOCKSERVER_H
