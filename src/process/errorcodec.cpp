// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

#include "errorcodec_p.h"

#include "../script/errordata_p.h"
#include "exceptioncodec_p.h"
#include "payload_p.h"

namespace QSeamstressPrivate {

namespace {

// A list that is read without reserving memory for as many errors as the bytes claim to hold.
struct Errors
{
    QList<QSeamstressError> list;
};

QDataStream &operator<<(QDataStream &stream, const Errors &errors)
{
    stream << static_cast<quint32>(errors.list.size());
    for (const QSeamstressError &error : errors.list)
        stream << static_cast<qint32>(error.code()) << error.message() << error.exceptionType() << error.origin() << encodeException(ErrorData::exceptionOf(error));
    return stream;
}

QDataStream &operator>>(QDataStream &stream, Errors &errors)
{
    quint32 count = 0;
    stream >> count;
    while (count-- > 0 && stream.status() == QDataStream::Ok) {
        qint32 code = 0;
        QString message;
        QString exceptionType;
        QString origin;
        QByteArray exception;
        stream >> code >> message >> exceptionType >> origin >> exception;
        if (code < QSeamstressError::NoError || code > QSeamstressError::ClockFailed)
            stream.setStatus(QDataStream::ReadCorruptData);
        else if (code == QSeamstressError::NoError)
            errors.list.append(QSeamstressError());
        else
            errors.list.append(ErrorData::fromParts(static_cast<QSeamstressError::Code>(code), message, exceptionType, origin, decodeException(exception)));
    }
    return stream;
}

} // namespace

QByteArray encodeErrors(const QList<QSeamstressError> &errors)
{
    return pack(Errors{ errors });
}

std::optional<QList<QSeamstressError>> decodeErrors(const QByteArray &bytes)
{
    Errors errors;
    return unpack(bytes, errors) ? std::optional(errors.list) : std::nullopt;
}

} // namespace QSeamstressPrivate
