// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

// A server on one event loop has to answer one client while the request of another is incomplete. A task sends half of a request and
// pauses once the server has read it. The last two tests use a server that fails in this state, and only in this state.

#include <QSeamstressTest>

#include <QHostAddress>
#include <QTcpSocket>
#include <QTest>

#include "stockserver.h"

class TestHalfARequest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void answersOneWhileAnotherIsHalfWay();
    void putsTheHalvesOfEachTogether();
    void aServerWithOneBufferIsFoundOut();
    void withoutAHaltItIsNot();
};

static QSeamstressScript connectTo(QTcpServer &server, QTcpSocket &socket)
{
    const QFuture<void> connected = QtFuture::connect(&socket, &QTcpSocket::connected);
    socket.connectToHost(server.serverAddress(), server.serverPort());
    co_await connected;
}

static QSeamstressScript receiveLine(QTcpSocket &socket, QByteArray &line)
{
    while (!socket.canReadLine()) {
        const QFuture<void> received = QtFuture::connect(&socket, &QTcpSocket::readyRead);
        co_await received;
    }
    line = socket.readLine();
}

// A client that sends a request and pauses with the answer.
static QSeamstressScript ask(QTcpServer &server, QByteArray request)
{
    QTcpSocket socket;
    co_await connectTo(server, socket);
    socket.write(request);
    QByteArray line;
    co_await receiveLine(socket, line);
    co_yield QSeamstress::Pause("answered", line);
}

// The same, with the request in two parts. Pauses between them, once the server has read the first.
template <class Server>
static QSeamstressScript askInTwoParts(Server &server, QByteArray half, QByteArray rest)
{
    QTcpSocket socket;
    co_await connectTo(server, socket);
    const QFuture<void> isHalfWay = QtFuture::connect(&server, &Server::partReceived);
    socket.write(half);
    co_await isHalfWay;
    co_yield "half-way";
    socket.write(rest);
    QByteArray line;
    co_await receiveLine(socket, line);
    co_yield QSeamstress::Pause("answered", line);
}

//! [half-way]
void TestHalfARequest::answersOneWhileAnotherIsHalfWay()
{
    StockServer server;
    QVERIFY2(server.listen(QHostAddress::LocalHost), qPrintable(server.errorString()));
    QSeamstressTask slow([&server] { return askInTwoParts(server, "app", "les\n"); });
    slow.setObjectName("slow");
    QSeamstressTask quick([&server] { return ask(server, "pears\n"); });
    quick.setObjectName("quick");

    QSEAMSTRESS_ENTER(slow); // the server has read "app"
    QSEAMSTRESS_ENTER(quick); // and still answers the other client
    QCOMPARE(quick.pauseValue().toByteArray(), "7\n");
    QCOMPARE(slow.pausePoint(), "half-way");
    QSEAMSTRESS_ADVANCE(slow);
    QCOMPARE(slow.pauseValue().toByteArray(), "12\n");
}
//! [half-way]

void TestHalfARequest::putsTheHalvesOfEachTogether()
{
    StockServer server;
    QVERIFY2(server.listen(QHostAddress::LocalHost), qPrintable(server.errorString()));
    QSEAMSTRESS_TASK(one, [&server] { return askInTwoParts(server, "app", "les\n"); });
    QSEAMSTRESS_TASK(other, [&server] { return askInTwoParts(server, "pe", "ars\n"); });
    QSEAMSTRESS_ADVANCE(one);
    QSEAMSTRESS_ADVANCE(other);
    QCOMPARE(one.pauseValue().toByteArray(), "12\n");
    QCOMPARE(other.pauseValue().toByteArray(), "7\n");
}

// The bug that these tests look for: one buffer for all clients.
class ServerWithOneBuffer : public QTcpServer
{
    Q_OBJECT

public:
    ServerWithOneBuffer()
    {
        connect(this, &QTcpServer::newConnection, this, [this] {
            QTcpSocket *client = nextPendingConnection();
            connect(client, &QTcpSocket::readyRead, this, [this, client] { read(client); });
        });
    }

Q_SIGNALS:
    void partReceived();

private:
    void read(QTcpSocket *client)
    {
        m_buffer += client->readAll();
        for (qsizetype end = m_buffer.indexOf('\n'); end >= 0; end = m_buffer.indexOf('\n')) {
            client->write(inStock(m_buffer.left(end)));
            m_buffer.remove(0, end + 1);
        }
        if (!m_buffer.isEmpty())
            Q_EMIT partReceived();
    }

    QByteArray m_buffer;
};

void TestHalfARequest::aServerWithOneBufferIsFoundOut()
{
    ServerWithOneBuffer server;
    QVERIFY2(server.listen(QHostAddress::LocalHost), qPrintable(server.errorString()));
    QSEAMSTRESS_TASK(slow, [&server] { return askInTwoParts(server, "app", "les\n"); });
    QSEAMSTRESS_TASK(quick, [&server] { return ask(server, "pears\n"); });
    QCOMPARE(quick.pauseValue().toByteArray(), "unknown\n"); // the server read "apppears", from both clients
    QSEAMSTRESS_ADVANCE(slow);
    QCOMPARE(slow.pauseValue().toByteArray(), "unknown\n"); // and then "les"
}

void TestHalfARequest::withoutAHaltItIsNot()
{
    ServerWithOneBuffer server;
    QVERIFY2(server.listen(QHostAddress::LocalHost), qPrintable(server.errorString()));
    QSEAMSTRESS_TASK(one, [&server] { return ask(server, "apples\n"); });
    QSEAMSTRESS_TASK(other, [&server] { return ask(server, "pears\n"); });
    QCOMPARE(one.pauseValue().toByteArray(), "12\n");
    QCOMPARE(other.pauseValue().toByteArray(), "7\n");
}

QTEST_GUILESS_MAIN(TestHalfARequest)
#include "tst_halfarequest.moc"
