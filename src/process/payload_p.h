// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

// Serialises the fields of a message, and deserialises them from untrusted bytes.

#ifndef PAYLOAD_P_H
#define PAYLOAD_P_H

#include <QtCore/QBuffer>
#include <QtCore/QDataStream>
#include <QtCore/QVariant>

#include <optional>

#include "../script/scripthost_p.h"
#include "qseamstressprocessscript.h"

namespace QSeamstressPrivate {

QDataStream &operator<<(QDataStream &stream, const Target &target);
QDataStream &operator>>(QDataStream &stream, Target &target);

// Stops returning bytes when the reader has recursed too deeply: a few bytes encode a list in a list, and a megabyte of them would overflow
// the reader's stack.
class ShallowBuffer final : public QBuffer
{
public:
    explicit ShallowBuffer(const QByteArray &bytes);

protected:
    qint64 readData(char *data, qint64 size) override;

private:
    const quintptr m_stack; // the stack position at construction
};

template <class... Fields>
QByteArray pack(const Fields &...fields)
{
    QByteArray bytes;
    QDataStream stream(&bytes, QIODevice::WriteOnly);
    stream.setVersion(streamVersion);
    (stream << ... << fields);
    return bytes;
}

// True if the bytes are exactly these fields.
template <class... Fields>
bool unpack(const QByteArray &bytes, Fields &...fields)
{
    ShallowBuffer buffer(bytes);
    QDataStream stream(&buffer);
    stream.setVersion(streamVersion);
    try {
        (stream >> ... >> fields);
    } catch (...) {
        // std::bad_alloc, since Qt reserves memory for as many elements as a list announces, or an exception of a user's operator.
        return false;
    }
    return stream.status() == QDataStream::Ok && stream.atEnd();
}

// A message that consists of exactly these members; empty if the bytes do not match.
template <class Message, class... Members>
std::optional<Message> unpacked(const QByteArray &bytes, Members Message::*...members)
{
    Message message;
    return unpack(bytes, message.*members...) ? std::optional(message) : std::nullopt;
}

// The first type in the value, including nested lists and maps, that cannot be sent to another process; empty if there is none. Such a
// value must not be packed.
QString unstreamable(const QVariant &value);

} // namespace QSeamstressPrivate

#endif // PAYLOAD_P_H
