// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

#include "errorcodec_p.h"

#include "../script/errordata_p.h"
#include "exceptioncodec_p.h"
#include "payload_p.h"

namespace QSeamstressPrivate {

namespace {

struct EncodedError
{
    qint32 code = QSeamstressError::NoError;
    QString message;
    QString exceptionType;
    QString origin;
    QByteArray exception;
};

QDataStream &operator<<(QDataStream &stream, const EncodedError &error)
{
    return stream << error.code << error.message << error.exceptionType << error.origin << error.exception;
}

QDataStream &operator>>(QDataStream &stream, EncodedError &error)
{
    stream >> error.code >> error.message >> error.exceptionType >> error.origin >> error.exception;
    if (error.code < QSeamstressError::NoError || error.code > QSeamstressError::InvalidUse)
        stream.setStatus(QDataStream::ReadCorruptData);
    return stream;
}

// A list, without making room for as many errors as the bytes claim to hold.
struct EncodedErrors
{
    QList<EncodedError> errors;
};

QDataStream &operator<<(QDataStream &stream, const EncodedErrors &encoded)
{
    stream << static_cast<quint32>(encoded.errors.size());
    for (const EncodedError &error : encoded.errors)
        stream << error;
    return stream;
}

QDataStream &operator>>(QDataStream &stream, EncodedErrors &encoded)
{
    quint32 count = 0;
    stream >> count;
    while (count-- > 0 && stream.status() == QDataStream::Ok) {
        EncodedError error;
        stream >> error;
        encoded.errors.append(error);
    }
    return stream;
}

} // namespace

QByteArray encodeErrors(const QList<QSeamstressError> &errors)
{
    EncodedErrors encoded;
    for (const QSeamstressError &error : errors)
        encoded.errors.append({ error.code(), error.message(), error.exceptionType(), error.origin(), encodeException(ErrorData::exceptionOf(error)) });
    return pack(encoded);
}

std::optional<QList<QSeamstressError>> decodeErrors(const QByteArray &bytes)
{
    EncodedErrors encoded;
    if (!unpack(bytes, encoded))
        return {};
    QList<QSeamstressError> errors;
    for (const EncodedError &error : std::as_const(encoded.errors)) {
        const auto code = static_cast<QSeamstressError::Code>(error.code);
        errors.append(code == QSeamstressError::NoError
                          ? QSeamstressError()
                          : ErrorData::fromParts(code, error.message, error.exceptionType, error.origin, decodeException(error.exception)));
    }
    return errors;
}

} // namespace QSeamstressPrivate
