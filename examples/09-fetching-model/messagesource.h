// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

#ifndef MESSAGESOURCE_H
#define MESSAGESOURCE_H

#include <QFuture>
#include <QStringList>

// Where messages come from: a file, a database, a server.
class MessageSource
{
public:
    virtual ~MessageSource() = default;
    // Up to count messages, beginning with the one at first. They may come in any number of parts; each part is a result of the
    // future. If they are fewer than count, there are no more.
    virtual QFuture<QStringList> fetch(int first, int count) = 0;
};

#endif // MESSAGESOURCE_H
