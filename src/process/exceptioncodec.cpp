// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

#include "exceptioncodec_p.h"

#include <QtCore/QScopedValueRollback>

#include <cxxabi.h>

#include <optional>

#include "../script/errordata_p.h"
#include "exceptionregistry_p.h"
#include "payload_p.h"

namespace QSeamstressPrivate {

namespace {

// An exception may hold another exception, or an error that holds one, and so on. The bytes of a cause are nested in those of its
// exception, so few bytes can encode many levels, each of which uses stack. A cause beyond the maximum level is replaced by an exception
// with an error, which has no further level.
constexpr int maximumLevel = 64;
thread_local int levelOfException = 0;

// The dynamic type; null if another language threw the exception.
const std::type_info *typeOf(const std::exception_ptr &exception)
{
    try {
        std::rethrow_exception(exception);
    } catch (...) {
        return abi::__cxa_current_exception_type();
    }
}

// The nested exception, as set by std::throw_with_nested(); null if there is none.
std::exception_ptr causeOf(const std::exception_ptr &exception)
{
    try {
        std::rethrow_exception(exception);
    } catch (const std::nested_exception &nested) {
        return nested.nested_ptr();
    } catch (...) {
        return nullptr;
    }
}

std::optional<QByteArray> payloadOf(const ExceptionType &type, const std::exception_ptr &exception)
{
    QByteArray payload;
    QDataStream stream(&payload, QIODevice::WriteOnly);
    stream.setVersion(streamVersion);
    return type.write(stream, exception) ? std::optional(payload) : std::nullopt;
}

std::exception_ptr exceptionFrom(const ExceptionType &type, const QByteArray &payload)
{
    ShallowBuffer buffer(payload);
    QDataStream stream(&buffer);
    stream.setVersion(streamVersion);
    const std::exception_ptr exception = type.read(stream);
    return stream.status() == QDataStream::Ok && stream.atEnd() ? exception : nullptr;
}

// A substitute with the type and the text of the exception. It has no cause.
QSeamstressException inPlaceOf(const std::exception_ptr &exception)
{
    try {
        std::rethrow_exception(exception);
    } catch (const QSeamstressException &e) {
        return QSeamstressException(e.error());
    } catch (...) {
        const ExceptionText text = describe(exception);
        return QSeamstressException(
            ErrorData::fromParts(QSeamstressError::Exception, QStringLiteral("%1: %2").arg(text.type, text.text), text.type, {}, nullptr));
    }
}

std::exception_ptr withCause(const QSeamstressException &exception, const std::exception_ptr &cause)
{
    try {
        std::rethrow_exception(cause);
    } catch (...) {
        try {
            std::throw_with_nested(exception);
        } catch (...) {
            return std::current_exception();
        }
    }
}

QByteArray encode(const std::exception_ptr &exception, const QByteArray &cause = {})
{
    const std::type_info *const type = typeOf(exception);
    const std::optional<ExceptionType> known = type ? findExceptionType(*type) : std::nullopt;
    const std::optional<ExceptionTypeKey> key = known ? keyOf(*known) : std::nullopt;
    const std::optional<QByteArray> payload = key ? payloadOf(*known, exception) : std::nullopt;
    return payload ? pack(key->name, key->place, *payload, cause) : QByteArray();
}

std::exception_ptr decode(const QByteArray &bytes)
{
    ExceptionTypeKey key;
    QByteArray payload;
    QByteArray encodedCause;
    if (!unpack(bytes, key.name, key.place, payload, encodedCause))
        return nullptr;
    const std::optional<ExceptionType> type = findExceptionType(key);
    const std::exception_ptr exception = type ? exceptionFrom(*type, payload) : nullptr;
    if (!exception || encodedCause.isEmpty())
        return exception;
    const std::exception_ptr cause = decodeException(encodedCause);
    return cause && *type->type == typeid(QSeamstressException) ? withCause(inPlaceOf(exception), cause) : nullptr;
}

} // namespace

QByteArray encodeException(const std::exception_ptr &exception)
{
    const QScopedValueRollback<int> level(levelOfException, levelOfException + 1);
    if (!exception || levelOfException > maximumLevel)
        return {};
    try {
        const QByteArray bytes = encode(exception);
        const std::exception_ptr cause = bytes.isEmpty() ? causeOf(exception) : nullptr;
        return cause ? encode(std::make_exception_ptr(inPlaceOf(exception)), encodeCause(cause)) : bytes;
    } catch (...) {
        return {}; // out of memory, or an operator of the user threw
    }
}

QByteArray encodeCause(const std::exception_ptr &cause)
{
    if (!cause)
        return {};
    const QByteArray bytes = encodeException(cause);
    return bytes.isEmpty() ? encode(std::make_exception_ptr(inPlaceOf(cause))) : bytes;
}

std::exception_ptr decodeException(const QByteArray &bytes)
{
    const QScopedValueRollback<int> level(levelOfException, levelOfException + 1);
    if (bytes.isEmpty() || levelOfException > maximumLevel + 1)
        return nullptr;
    try {
        return decode(bytes);
    } catch (...) {
        return nullptr;
    }
}

} // namespace QSeamstressPrivate
