// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

#include "redislock.h"

#include <QByteArrayList>
#include <QStringList>
#include <QUuid>

#include <csignal>
#include <vector>

RedisConnection::RedisConnection(const QString &socket, const QString &password)
    : m_context(::redisConnectUnix(socket.toUtf8().constData()))
{
    // hiredis does not suppress SIGPIPE: a write to a closed connection would kill the program.
    static const auto before = ::signal(SIGPIPE, SIG_IGN);
    Q_UNUSED(before);
    if (!m_context || m_context->err)
        throw RedisException(m_context ? m_context->errstr : "no memory");
    if (!password.isEmpty())
        execute({ "AUTH", password });
}

QString RedisConnection::execute(const QStringList &command)
{
    QByteArrayList words;
    std::vector<const char *> texts;
    std::vector<std::size_t> sizes;
    for (const QString &word : command)
        words.append(word.toUtf8());
    for (const QByteArray &word : words) {
        texts.push_back(word.constData());
        sizes.push_back(static_cast<std::size_t>(word.size()));
    }
    const std::unique_ptr<redisReply, decltype(&::freeReplyObject)> reply(
        static_cast<redisReply *>(::redisCommandArgv(m_context.get(), static_cast<int>(words.size()), texts.data(), sizes.data())), &::freeReplyObject);
    if (!reply)
        throw RedisException(m_context->errstr);
    if (reply->type == REDIS_REPLY_ERROR)
        throw RedisException(reply->str);
    if (reply->type == REDIS_REPLY_INTEGER)
        return QString::number(reply->integer);
    return reply->type == REDIS_REPLY_NIL ? QString() : QString::fromUtf8(reply->str, static_cast<qsizetype>(reply->len));
}

RedisLock::RedisLock(RedisConnection *connection, const QString &name)
    : m_connection(connection)
    , m_name(name)
    , m_token(QUuid::createUuid().toString())
{
}

//! [code under test]
bool RedisLock::tryLock(int milliseconds)
{
    return !m_connection->execute({ "SET", m_name, m_token, "NX", "PX", QString::number(milliseconds) }).isNull();
}

bool RedisLock::unlock()
{
    // In one step: between a separate GET and DEL, the lock could expire and pass to another client.
    static const QString release = "if redis.call('get', KEYS[1]) == ARGV[1] then return redis.call('del', KEYS[1]) else return 0 end";
    return m_connection->execute({ "EVAL", release, "1", m_name, m_token }) == "1";
}
//! [code under test]

void RedisLock::unlockAnyones()
{
    m_connection->execute({ "DEL", m_name });
}
