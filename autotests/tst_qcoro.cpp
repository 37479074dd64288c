// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

// Scripts that await what QCoro offers.

#include <QSeamstressThread>

#include <QNetworkAccessManager>
#include <QNetworkReply>
#include <QProcess>
#include <QTcpServer>
#include <QTcpSocket>
#include <QTest>
#include <QThread>
#include <QTimer>

#include <qcorofuture.h>
#include <qcoronetworkreply.h>
#include <qcoroprocess.h>
#include <qcorosignal.h>
#include <qcorotask.h>
#include <qcorotimer.h>

#include <chrono>
#include <memory>

using namespace std::chrono_literals;

class TestQCoro : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void timer();
    void signalOfAnotherThread();
    void process();
    void networkReply();
    void task();
    void futureIsOurs();

Q_SIGNALS:
    void told(int number);
};

void TestQCoro::timer()
{
    QSeamstressThread thread([]() -> QSeamstressScript {
        QTimer timer;
        timer.start(1ms);
        co_await qCoro(timer).waitForTimeout();
        co_yield "timeout";
    });
    QVERIFY2(thread.enter(), qPrintable(thread.errorString()));
    QVERIFY(thread.exit());
}

void TestQCoro::signalOfAnotherThread()
{
    QSeamstressThread thread([this]() -> QSeamstressScript {
        QThread *const here = QThread::currentThread();
        const int number = co_await qCoro(this, &TestQCoro::told);
        co_yield QSeamstress::Pause("told", QThread::currentThread() == here ? number : -1);
    });
    thread.start();
    while (thread.activity() != QSeamstressExecutor::InEventLoop) { }
    Q_EMIT told(42);
    // QCoro delivers the signal by the event loop of its sender's thread.
    thread.setWaitMode(QSeamstressExecutor::ProcessEvents);
    QVERIFY2(thread.waitForPaused(), qPrintable(thread.errorString()));
    QCOMPARE(thread.pauseValue().toInt(), 42);
    QVERIFY(thread.exit());
}

void TestQCoro::process()
{
    QSeamstressThread thread([]() -> QSeamstressScript {
        QProcess process;
        co_await qCoro(process).start(QStringLiteral("cat"), QStringList());
        process.closeWriteChannel();
        co_await qCoro(process).waitForFinished();
        const int code = process.exitCode();
        co_yield QSeamstress::Pause("finished", code);
    });
    QVERIFY2(thread.enter(), qPrintable(thread.errorString()));
    QCOMPARE(thread.pauseValue(), QVariant(0));
    QVERIFY(thread.exit());
}

void TestQCoro::networkReply()
{
    QTcpServer server;
    QVERIFY(server.listen(QHostAddress::LocalHost));
    connect(&server, &QTcpServer::newConnection, &server, [&server] {
        QTcpSocket *const socket = server.nextPendingConnection();
        connect(socket, &QTcpSocket::readyRead, socket, [socket] {
            socket->write("HTTP/1.1 200 OK\r\nContent-Length: 5\r\nConnection: close\r\n\r\nhello");
            socket->disconnectFromHost();
        });
    });
    const QUrl url(QStringLiteral("http://127.0.0.1:%1/").arg(server.serverPort()));
    QSeamstressThread thread([url]() -> QSeamstressScript {
        QNetworkAccessManager manager;
        const QNetworkRequest request(url);
        QNetworkReply *const sent = manager.get(request);
        const std::unique_ptr<QNetworkReply> reply(sent);
        co_await qCoro(sent).waitForFinished();
        const QByteArray body = reply->readAll();
        co_yield QSeamstress::Pause("replied", body);
    });
    // The server lives here.
    thread.setWaitMode(QSeamstressExecutor::ProcessEvents);
    QVERIFY2(thread.enter(), qPrintable(thread.errorString()));
    QCOMPARE(thread.pauseValue().toByteArray(), "hello");
    QVERIFY(thread.exit());
}

static QCoro::Task<int> twice(int number)
{
    QTimer timer;
    timer.start(1ms);
    co_await qCoro(timer).waitForTimeout();
    co_return 2 * number;
}

void TestQCoro::task()
{
    QSeamstressThread thread([]() -> QSeamstressScript {
        const int number = co_await twice(21);
        co_yield QSeamstress::Pause("done", number);
    });
    QVERIFY2(thread.enter(), qPrintable(thread.errorString()));
    QCOMPARE(thread.pauseValue().toInt(), 42);
    QVERIFY(thread.exit());
}

// QCoro has an awaiter for QFuture too.
void TestQCoro::futureIsOurs()
{
    QPromise<int> promise;
    promise.start();
    QSeamstressThread thread([future = promise.future()]() -> QSeamstressScript {
        const int number = co_await future;
        co_yield QSeamstress::Pause("done", number);
    });
    thread.start();
    while (thread.activity() != QSeamstressExecutor::InEventLoop) { }
    QVERIFY(!thread.waitForPaused(QDeadlineTimer(1)));
    QVERIFY2(thread.errorString().contains("waits in co_await for a QFuture"), qPrintable(thread.errorString()));
    promise.addResult(42);
    promise.finish();
    QVERIFY(thread.waitForPaused());
    QCOMPARE(thread.pauseValue().toInt(), 42);
    QVERIFY(thread.exit());
}

QTEST_GUILESS_MAIN(TestQCoro)
#include "tst_qcoro.moc"
