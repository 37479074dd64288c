// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

// How the fields of a message become bytes, and bytes from whoever they come become fields.

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

// Gives no bytes to a reader that has called itself too often: a few bytes say "a list in a list", and a megabyte of them would end
// the reader's stack.
class ShallowBuffer final : public QBuffer
{
public:
    explicit ShallowBuffer(const QByteArray &bytes);

protected:
    qint64 readData(char *data, qint64 size) override;

private:
    const quintptr m_stack; // where it was when this was made
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

// True if the bytes are these fields, no more and no less.
template <class... Fields>
bool unpack(const QByteArray &bytes, Fields &...fields)
{
    ShallowBuffer buffer(bytes);
    QDataStream stream(&buffer);
    stream.setVersion(streamVersion);
    try {
        (stream >> ... >> fields);
    } catch (...) {
        // std::bad_alloc: Qt makes room for as many elements as a list announces. Or an operator of the user's.
        return false;
    }
    return stream.status() == QDataStream::Ok && stream.atEnd();
}

// A message that has nothing but these members; nothing if the bytes are not that.
template <class Message, class... Members>
std::optional<Message> unpacked(const QByteArray &bytes, Members Message::*...members)
{
    Message message;
    return unpack(bytes, message.*members...) ? std::optional(message) : std::nullopt;
}

// The first type in the value, also in lists and maps in it, that cannot be sent to another process; empty if all can. Such a value
// must not be packed.
QString unstreamable(const QVariant &value);

} // namespace QSeamstressPrivate

#endif // PAYLOAD_P_H
