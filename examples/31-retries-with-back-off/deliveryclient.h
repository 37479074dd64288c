// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

#ifndef DELIVERYCLIENT_H
#define DELIVERYCLIENT_H

#include <QObject>
#include <QTimer>

#include <algorithm>
#include <chrono>
#include <functional>

// Delivers a message to a server. If that fails, it tries again after a delay, which doubles with each failure up to a limit.
class DeliveryClient : public QObject
{
    Q_OBJECT

public:
    static constexpr std::chrono::milliseconds firstDelay{ 100 };
    static constexpr std::chrono::milliseconds longestDelay{ 3600 };

    // send() sends the message once and returns whether the server has accepted it.
    explicit DeliveryClient(std::function<bool(const QByteArray &)> send)
        : m_send(std::move(send))
    {
        m_retry.setSingleShot(true);
        connect(&m_retry, &QTimer::timeout, this, &DeliveryClient::attempt);
    }
    void deliver(const QByteArray &message)
    {
        m_message = message;
        m_delay = firstDelay;
        attempt();
    }

Q_SIGNALS:
    void delivered();

private:
    void attempt()
    {
        if (m_send(m_message)) {
            m_retry.stop();
            Q_EMIT delivered();
            return;
        }
        m_retry.start(m_delay);
        m_delay = std::min(2 * m_delay, longestDelay);
    }

    const std::function<bool(const QByteArray &)> m_send;
    QByteArray m_message;
    QTimer m_retry;
    std::chrono::milliseconds m_delay = firstDelay;
};

#endif // DELIVERYCLIENT_H
