// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

// The exceptions of the standard library without an error code, those of Qt, and thrown values that are not exception classes.

#include <QtCore/QException>

#include <any>
#include <cstring>
#include <functional>
#include <memory>
#include <mutex>
#include <new>
#include <set>
#include <stdexcept>
#include <variant>
#include <version>
#ifdef __cpp_lib_format
#include <format>
#endif

#include "errorcodec_p.h"
#include "exceptioncodec_p.h"
#include "exceptionregistry_p.h"
#include "qseamstressexception.h"

namespace QSeamstressPrivate {

namespace {

// An exception with the default text of its type. If the standard library gave it another text, it cannot be recreated.
template <class E>
struct WithoutData
{
    static bool write(QDataStream &, const E &exception) { return std::strcmp(exception.what(), E().what()) == 0; }
    static std::optional<E> read(QDataStream &) { return std::optional<E>(std::in_place); }
};

// Sent as bytes, from which it is recreated.
template <class E, QByteArray (*bytesOf)(const E &), std::optional<E> (*made)(const QByteArray &)>
struct AsBytes
{
    static bool write(QDataStream &stream, const E &exception)
    {
        stream << bytesOf(exception);
        return true;
    }
    static std::optional<E> read(QDataStream &stream)
    {
        QByteArray bytes;
        stream >> bytes;
        return made(bytes);
    }
};

QByteArray bytesOfUnhandled(const QUnhandledException &exception)
{
    return encodeCause(exception.exception());
}

std::optional<QUnhandledException> unhandledFrom(const QByteArray &bytes)
{
    const std::exception_ptr cause = decodeException(bytes);
    return cause || bytes.isEmpty() ? std::optional(QUnhandledException(cause)) : std::nullopt;
}

QByteArray bytesOfSeamstress(const QSeamstressException &exception)
{
    return encodeErrors({ exception.error() });
}

std::optional<QSeamstressException> seamstressFrom(const QByteArray &bytes)
{
    const auto errors = decodeErrors(bytes);
    return errors && errors->size() == 1 ? std::optional(QSeamstressException(errors->first())) : std::nullopt;
}

std::optional<std::string> stringFrom(const QByteArray &bytes)
{
    return bytes.toStdString();
}

QByteArray bytesOfLiteral(const char *const &text)
{
    return text;
}

std::optional<const char *> literalFrom(const QByteArray &bytes)
{
    if (bytes.isNull())
        return std::optional<const char *>(nullptr);
    // A literal lives as long as the program, and so does its copy here.
    static auto *const literals = new std::set<std::string>;
    static std::mutex mutex;
    const std::lock_guard lock(mutex);
    return literals->insert(bytes.toStdString()).first->c_str();
}

template <template <class> class Codec, class... E>
void addTypes(std::vector<ExceptionType> &types)
{
    types.insert(types.end(), { exceptionType<E, Codec<E>>... });
}

} // namespace

std::vector<ExceptionType> standardExceptions()
{
    std::vector<ExceptionType> types = exceptionsWithCode();
    addTypes<ExceptionWithText, std::logic_error, std::domain_error, std::invalid_argument, std::length_error, std::out_of_range>(types);
    addTypes<ExceptionWithText, std::runtime_error, std::range_error, std::overflow_error, std::underflow_error>(types);
#ifdef __cpp_lib_format
    addTypes<ExceptionWithText, std::format_error>(types);
#endif
    addTypes<WithoutData, std::exception, std::bad_exception, std::bad_alloc, std::bad_array_new_length, std::bad_cast, std::bad_typeid>(types);
    addTypes<WithoutData, std::bad_any_cast, std::bad_function_call, std::bad_optional_access, std::bad_variant_access, std::bad_weak_ptr, QException>(types);
    addTypes<StreamedException, int, QString>(types);
    types.insert(types.end(),
                 {
                     exceptionType<QUnhandledException, AsBytes<QUnhandledException, bytesOfUnhandled, unhandledFrom>>,
                     exceptionType<QSeamstressException, AsBytes<QSeamstressException, bytesOfSeamstress, seamstressFrom>>,
                     exceptionType<std::string, AsBytes<std::string, QByteArray::fromStdString, stringFrom>>,
                     exceptionType<const char *, AsBytes<const char *, bytesOfLiteral, literalFrom>>,
                 });
    return types;
}

} // namespace QSeamstressPrivate
