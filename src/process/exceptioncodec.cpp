// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

#include "exceptioncodec_p.h"

#include <cxxabi.h>

#include <optional>

#include "../script/errordata_p.h"
#include "../script/exceptiontext_p.h"
#include "exceptionregistry_p.h"
#include "payload_p.h"

namespace QSeamstressPrivate {

namespace {

enum Nesting : quint8 { NotNested, Nested, NestedConst };

// An exception may hold another one, or an error that holds one, and so on. The bytes of a cause lie in those of its exception: few
// bytes can say a lot of levels, each of which costs stack.
class Level
{
public:
    // What cannot be sent any more is replaced by an exception with an error, and that has no further level.
    static constexpr int maximum = 64;

    Level() { ++s_depth; }
    ~Level() { --s_depth; }
    Q_DISABLE_COPY_MOVE(Level)
    static int depth() { return s_depth; }

private:
    static thread_local int s_depth;
};
thread_local int Level::s_depth = 0;

// The dynamic type; null for what another language has thrown.
const std::type_info *typeOf(const std::exception_ptr &exception)
{
    try {
        std::rethrow_exception(exception);
    } catch (...) {
        return abi::__cxa_current_exception_type();
    }
}

std::optional<std::nested_exception> nestingOf(const std::exception_ptr &exception)
{
    try {
        std::rethrow_exception(exception);
    } catch (const std::nested_exception &nested) {
        return nested;
    } catch (...) {
        return {};
    }
}

std::nested_exception nestingIn(const std::exception_ptr &cause)
{
    // It takes the exception that is being handled: none, while the program starts.
    static const std::nested_exception inNothing;
    if (!cause)
        return inNothing;
    try {
        std::rethrow_exception(cause);
    } catch (...) {
        return {};
    }
}

std::optional<QByteArray> payloadOf(const ExceptionType &type, const std::exception_ptr &exception)
{
    QByteArray payload;
    QDataStream stream(&payload, QIODevice::WriteOnly);
    stream.setVersion(streamVersion);
    return type.write(stream, exception) ? std::optional(payload) : std::nullopt;
}

std::exception_ptr exceptionFrom(const ExceptionType &type, const QByteArray &payload, const ExceptionNesting *nesting)
{
    ShallowBuffer buffer(payload);
    QDataStream stream(&buffer);
    stream.setVersion(streamVersion);
    const std::exception_ptr exception = type.read(stream, nesting);
    return stream.status() == QDataStream::Ok && stream.atEnd() ? exception : nullptr;
}

QByteArray packed(const ExceptionType &type, const QByteArray &payload, Nesting nesting = NotNested, const QByteArray &cause = {})
{
    const std::optional<ExceptionTypeKey> key = keyOf(type);
    return key ? pack(key->name, key->place, payload, static_cast<quint8>(nesting), cause) : QByteArray();
}

// Of an exception thrown by std::throw_with_nested(): its type is derived from the one that was passed, in a way that only the
// standard library knows. So one is made of each type that it may have been, to see which becomes the same.
QByteArray encodeNested(const std::exception_ptr &exception, const std::type_info &type)
{
    const std::optional<std::nested_exception> nesting = nestingOf(exception);
    if (!nesting)
        return {};
    for (const ExceptionType &outer : knownExceptionTypes()) {
        const std::optional<QByteArray> payload = payloadOf(outer, exception);
        if (!payload)
            continue;
        for (const Nesting way : { Nested, NestedConst }) {
            const ExceptionNesting inNothing{ nestingIn(nullptr), way == NestedConst };
            const std::exception_ptr alike = exceptionFrom(outer, *payload, &inNothing);
            const std::type_info *const typeOfAlike = alike ? typeOf(alike) : nullptr;
            if (typeOfAlike && *typeOfAlike == type)
                return packed(outer, *payload, way, encodeCause(nesting->nested_ptr()));
        }
    }
    return {};
}

QByteArray encode(const std::exception_ptr &exception)
{
    const std::type_info *const type = typeOf(exception);
    if (!type)
        return {};
    const std::optional<ExceptionType> known = findExceptionType(*type);
    if (!known)
        return encodeNested(exception, *type);
    const std::optional<QByteArray> payload = payloadOf(*known, exception);
    return payload ? packed(*known, *payload) : QByteArray();
}

std::exception_ptr decode(const QByteArray &bytes)
{
    ExceptionTypeKey key;
    QByteArray payload;
    quint8 nesting = NotNested;
    QByteArray encodedCause;
    if (!unpack(bytes, key.name, key.place, payload, nesting, encodedCause) || nesting > NestedConst || (nesting == NotNested && !encodedCause.isEmpty()))
        return nullptr;
    const std::optional<ExceptionType> type = findExceptionType(key);
    if (!type)
        return nullptr;
    if (nesting == NotNested)
        return exceptionFrom(*type, payload, nullptr);
    const std::exception_ptr cause = decodeException(encodedCause);
    if (!cause && !encodedCause.isEmpty())
        return nullptr;
    const ExceptionNesting nested{ nestingIn(cause), nesting == NestedConst };
    return exceptionFrom(*type, payload, &nested);
}

std::exception_ptr inPlaceOf(const std::exception_ptr &exception)
{
    try {
        std::rethrow_exception(exception);
    } catch (const QSeamstressException &e) {
        return std::make_exception_ptr(QSeamstressException(e.error()));
    } catch (...) {
        const ExceptionText text = describe(exception);
        return std::make_exception_ptr(QSeamstressException(
            ErrorData::fromParts(QSeamstressError::Exception, QStringLiteral("%1: %2").arg(text.type, text.text), text.type, {}, nullptr)));
    }
}

} // namespace

QByteArray encodeException(const std::exception_ptr &exception)
{
    const Level level;
    if (!exception || level.depth() > Level::maximum)
        return {};
    try {
        return encode(exception);
    } catch (...) {
        return {}; // out of memory, or thrown by an operator of the user's
    }
}

QByteArray encodeCause(const std::exception_ptr &cause)
{
    if (!cause)
        return {};
    const QByteArray bytes = encodeException(cause);
    return bytes.isEmpty() ? encode(inPlaceOf(cause)) : bytes;
}

std::exception_ptr decodeException(const QByteArray &bytes)
{
    const Level level;
    if (bytes.isEmpty() || level.depth() > Level::maximum + 1)
        return nullptr;
    try {
        return decode(bytes);
    } catch (...) {
        return nullptr;
    }
}

} // namespace QSeamstressPrivate
