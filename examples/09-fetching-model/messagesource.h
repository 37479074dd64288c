// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

#ifndef MESSAGESOURCE_H
#define MESSAGESOURCE_H

#include <QFuture>
#include <QStringList>

// A source of messages, such as a file, a database or a server.
class MessageSource
{
public:
    virtual ~MessageSource() = default;
    // Fetches up to count messages, starting with the one at first. They may arrive in any number of parts; each part is a result of
    // the future. Fewer messages than count mean that there are no more.
    virtual QFuture<QStringList> fetch(int first, int count) = 0;
};

#endif // MESSAGESOURCE_H
