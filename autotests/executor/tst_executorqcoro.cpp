// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

// Scripts that use the awaitables of QCoro.

#include "executorundertest.h"

#include <QNetworkAccessManager>
#include <QNetworkReply>
#include <QProcess>
#include <QTcpServer>
#include <QTcpSocket>
#include <QTimer>

#include <qcoronetworkreply.h>
#include <qcoroprocess.h>
#include <qcorotask.h>
#include <qcorotimer.h>

#include <chrono>
#include <memory>

using namespace std::chrono_literals;

class TestExecutorQCoro : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void timer();
    void process();
    void networkReply();
    void task();
};

static bool isUnderThreadSanitizer()
{
#ifdef QSEAMSTRESS_SANITIZER
    return QByteArray(QSEAMSTRESS_SANITIZER).contains("thread");
#else
    return false;
#endif
}

void TestExecutorQCoro::timer()
{
    Executor executor([]() -> QSeamstressScript {
        QTimer timer;
        timer.start(1ms);
        co_await qCoro(timer).waitForTimeout();
        co_yield "timeout";
    });
    QVERIFY2(executor.enter(), qPrintable(executor.errorString()));
    QVERIFY(executor.exit());
}

void TestExecutorQCoro::process()
{
    if (isUnderThreadSanitizer())
        QSKIP("ThreadSanitizer does not support QProcess, which forks in a program that has threads.");
    Executor executor([]() -> QSeamstressScript {
        QProcess process;
        co_await qCoro(process).start(QStringLiteral("cat"), QStringList());
        process.closeWriteChannel();
        co_await qCoro(process).waitForFinished();
        const int code = process.exitCode();
        co_yield QSeamstress::Pause("finished", code);
    });
    QVERIFY2(executor.enter(), qPrintable(executor.errorString()));
    QCOMPARE(executor.pauseValue(), QVariant(0));
    QVERIFY(executor.exit());
}

void TestExecutorQCoro::networkReply()
{
    if (isUnderThreadSanitizer())
        QSKIP("ThreadSanitizer does not see how Qt synchronises the internal thread of QNetworkAccessManager.");
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
    Executor executor;
    setScript(
        executor, [](QUrl url) -> QSeamstressScript {
            QNetworkAccessManager manager;
            const QNetworkRequest request(url);
            QNetworkReply *const sent = manager.get(request);
            const std::unique_ptr<QNetworkReply> reply(sent);
            co_await qCoro(sent).waitForFinished();
            const QByteArray body = reply->readAll();
            co_yield QSeamstress::Pause("replied", body);
        },
        url);
    // The server lives in this thread.
    executor.setWaitMode(QSeamstressExecutor::ProcessEvents);
    QVERIFY2(executor.enter(), qPrintable(executor.errorString()));
    QCOMPARE(executor.pauseValue().toByteArray(), "hello");
    QVERIFY(executor.exit());
}

static QCoro::Task<int> twice(int number)
{
    QTimer timer;
    timer.start(1ms);
    co_await qCoro(timer).waitForTimeout();
    co_return 2 * number;
}

void TestExecutorQCoro::task()
{
    Executor executor([]() -> QSeamstressScript {
        const int number = co_await twice(21);
        co_yield QSeamstress::Pause("done", number);
    });
    QVERIFY2(executor.enter(), qPrintable(executor.errorString()));
    QCOMPARE(executor.pauseValue().toInt(), 42);
    QVERIFY(executor.exit());
}

QTEST_GUILESS_MAIN(TestExecutorQCoro)
#include "tst_executorqcoro.moc"
