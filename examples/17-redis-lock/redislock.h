// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

#ifndef REDISLOCK_H
#define REDISLOCK_H

#include <QString>

#include <memory>
#include <stdexcept>

#include <hiredis/hiredis.h>

class RedisException : public std::runtime_error
{
public:
    using std::runtime_error::runtime_error;
};

// A connection to a Redis server through its local socket.
class RedisConnection
{
public:
    explicit RedisConnection(const QString &socket, const QString &password = {});

    // Returns the reply as text, including a number; null if the reply is nil. Throws RedisException if the reply is an error, or if the
    // connection is lost.
    QString execute(const QStringList &command);

private:
    struct Free
    {
        void operator()(redisContext *context) const { ::redisFree(context); }
    };
    std::unique_ptr<redisContext, Free> m_context;
};

// A lock in Redis: a key that contains a token of the holder, and that expires. See "SET" and "Distributed Locks" in the documentation
// of Redis.
class RedisLock
{
public:
    RedisLock(RedisConnection *connection, const QString &name);

    bool tryLock(int milliseconds); // until the lock expires
    bool unlock(); // false if it has expired; another client may hold it by now
    void unlockAnyones(); // without the token: releases even the lock of another client

private:
    RedisConnection *m_connection;
    const QString m_name;
    const QString m_token;
};

#endif // REDISLOCK_H
