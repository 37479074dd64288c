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

// A connection to a server of Redis by its socket.
class RedisConnection
{
public:
    explicit RedisConnection(const QString &socket, const QString &password = {});

    // The text of the answer, or the number as text; null if the answer is nil. Throws RedisException if it is an error, or if there is no
    // server any more.
    QString execute(const QStringList &command);

private:
    struct Free
    {
        void operator()(redisContext *context) const { ::redisFree(context); }
    };
    std::unique_ptr<redisContext, Free> m_context;
};

// A lock in Redis, as its documentation describes it: a key with a token of its holder, which expires. See "SET" and "Distributed Locks"
// there.
class RedisLock
{
public:
    RedisLock(RedisConnection *connection, const QString &name);

    bool tryLock(int milliseconds); // after which it expires
    bool unlock(); // false if it has expired, and may be somebody else's by now
    void unlockAnyones(); // what goes wrong without the token

private:
    RedisConnection *m_connection;
    const QString m_name;
    const QString m_token;
};

#endif // REDISLOCK_H
