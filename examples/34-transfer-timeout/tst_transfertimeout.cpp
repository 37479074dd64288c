// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

// A reader whose web server is silent. The server is a QTcpServer of the test, the connection a real one, and only the time is virtual.
// Without virtual time: the reader has a setter for its time-out, which only the test calls.

#include <QSeamstressClock>

#include <QNetworkProxy>
#include <QSignalSpy>
#include <QTcpServer>
#include <QTcpSocket>
#include <QTest>
#include <QTimer>

#include <chrono>

#include "feedreader.h"

using namespace std::chrono_literals;

class TestTransferTimeout : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void serverNeverAnswers();
    void serverStopsInTheMiddle();
    void slowServerIsSlowOnly();
};

// Answers a request with up to five lines, one every 29 seconds.
class SlowServer : public QTcpServer
{
public:
    explicit SlowServer(int lines)
        : m_lines(lines)
    {
        connect(this, &QTcpServer::newConnection, this, &SlowServer::answer);
        listen(QHostAddress::LocalHost);
    }
    QUrl url() const { return QStringLiteral("http://127.0.0.1:%1/feed").arg(serverPort()); }

private:
    void answer()
    {
        QTcpSocket *const socket = nextPendingConnection();
        auto *const timer = new QTimer(socket);
        connect(timer, &QTimer::timeout, socket, [this, socket, sent = 0]() mutable {
            if (sent == m_lines)
                return;
            if (sent == 0)
                socket->write("HTTP/1.1 200 OK\r\nContent-Length: 25\r\n\r\n");
            ++sent;
            socket->write("line\n");
        });
        timer->start(29s);
    }

    const int m_lines;
};

void TestTransferTimeout::initTestCase()
{
    QNetworkProxy::setApplicationProxy(QNetworkProxy::NoProxy);
}

void TestTransferTimeout::serverNeverAnswers()
{
    SlowServer server(0);
    QSeamstressClock clock;
    FeedReader reader;
    QSignalSpy failed(&reader, &FeedReader::failed);
    reader.read(server.url());
    QVERIFY(failed.wait(60'000));
    QCOMPARE(clock.elapsed(), 30s);
}

void TestTransferTimeout::serverStopsInTheMiddle()
{
    SlowServer server(2);
    QSeamstressClock clock;
    FeedReader reader;
    QSignalSpy failed(&reader, &FeedReader::failed);
    reader.read(server.url());
    QVERIFY(failed.wait(120'000));
    QCOMPARE(clock.elapsed(), 2 * 29s + 30s);
}

void TestTransferTimeout::slowServerIsSlowOnly()
{
    SlowServer server(5);
    QSeamstressClock clock;
    FeedReader reader;
    QSignalSpy received(&reader, &FeedReader::received);
    reader.read(server.url());
    QVERIFY(received.wait(600'000));
    QCOMPARE(received.at(0).at(0).toByteArray(), QByteArray("line\nline\nline\nline\nline\n"));
    QCOMPARE(clock.elapsed(), 5 * 29s);
}

QTEST_GUILESS_MAIN(TestTransferTimeout)
#include "tst_transfertimeout.moc"
