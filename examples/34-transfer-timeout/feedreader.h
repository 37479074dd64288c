// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

#ifndef FEEDREADER_H
#define FEEDREADER_H

#include <QNetworkAccessManager>
#include <QNetworkReply>
#include <QObject>
#include <QUrl>

// Reads a feed from a web server. Gives up after the server has sent nothing for 30 s.
class FeedReader : public QObject
{
    Q_OBJECT

public:
    static constexpr int patience = 30'000; // ms

    FeedReader() { m_network.setTransferTimeout(patience); }

    void read(const QUrl &url)
    {
        QNetworkReply *const reply = m_network.get(QNetworkRequest(url));
        connect(reply, &QNetworkReply::finished, this, [this, reply] {
            reply->deleteLater();
            if (reply->error() == QNetworkReply::NoError)
                Q_EMIT received(reply->readAll());
            else
                Q_EMIT failed(reply->errorString());
        });
    }

Q_SIGNALS:
    void received(const QByteArray &feed);
    void failed(const QString &reason);

private:
    QNetworkAccessManager m_network;
};

#endif // FEEDREADER_H
