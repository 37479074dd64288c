// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

// The exceptions of the standard library that have no error code, those of Qt, and values that are thrown without a class.

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

// Its text is that of its type. The standard library may have given it another one, which nobody else can.
template <class E>
struct WithoutData
{
    static bool write(QDataStream &, const E &exception) { return std::strcmp(exception.what(), E().what()) == 0; }
    static std::optional<E> read(QDataStream &) { return std::optional<E>(std::in_place); }
};

struct UnhandledException
{
    static bool write(QDataStream &stream, const QUnhandledException &exception)
    {
        stream << encodeCause(exception.exception());
        return true;
    }
    static std::optional<QUnhandledException> read(QDataStream &stream)
    {
        QByteArray encoded;
        stream >> encoded;
        const std::exception_ptr cause = decodeException(encoded);
        if (!cause && !encoded.isEmpty())
            return {};
        return QUnhandledException(cause);
    }
};

struct SeamstressException
{
    static bool write(QDataStream &stream, const QSeamstressException &exception)
    {
        stream << encodeErrors({ exception.error() });
        return true;
    }
    static std::optional<QSeamstressException> read(QDataStream &stream)
    {
        QByteArray encoded;
        stream >> encoded;
        const auto errors = decodeErrors(encoded);
        if (!errors || errors->size() != 1)
            return {};
        return std::optional<QSeamstressException>(std::in_place, errors->first());
    }
};

struct StandardString
{
    static bool write(QDataStream &stream, const std::string &text)
    {
        stream << QByteArray::fromStdString(text);
        return true;
    }
    static std::optional<std::string> read(QDataStream &stream)
    {
        QByteArray text;
        stream >> text;
        return text.toStdString();
    }
};

struct Literal
{
    static bool write(QDataStream &stream, const char *text)
    {
        stream << QByteArray(text);
        return true;
    }
    static std::optional<const char *> read(QDataStream &stream)
    {
        QByteArray text;
        stream >> text;
        if (text.isNull())
            return std::optional<const char *>(nullptr);
        // A literal lives as long as the program, and so does what stands for it here.
        static auto *const literals = new std::set<std::string>;
        static std::mutex mutex;
        const std::lock_guard lock(mutex);
        return literals->insert(text.toStdString()).first->c_str();
    }
};

template <class... E>
void addWithoutData(std::vector<ExceptionType> &types)
{
    types.insert(types.end(), { exceptionType<E, WithoutData<E>>... });
}

template <class... E>
void addWithText(std::vector<ExceptionType> &types)
{
    types.insert(types.end(), { exceptionType<E, ExceptionWithText<E>>... });
}

std::vector<ExceptionType> makeStandardExceptions()
{
    std::vector<ExceptionType> types = exceptionsWithCode();
    addWithText<std::logic_error, std::domain_error, std::invalid_argument, std::length_error, std::out_of_range>(types);
    addWithText<std::runtime_error, std::range_error, std::overflow_error, std::underflow_error>(types);
#ifdef __cpp_lib_format
    addWithText<std::format_error>(types);
#endif
    addWithoutData<std::exception, std::bad_exception, std::bad_alloc, std::bad_array_new_length, std::bad_cast, std::bad_typeid>(types);
    addWithoutData<std::bad_any_cast, std::bad_function_call, std::bad_optional_access, std::bad_variant_access, std::bad_weak_ptr, QException>(types);
    types.insert(types.end(),
                 {
                     exceptionType<QUnhandledException, UnhandledException>,
                     exceptionType<QSeamstressException, SeamstressException>,
                     exceptionType<int, StreamedException<int>>,
                     exceptionType<QString, StreamedException<QString>>,
                     exceptionType<std::string, StandardString>,
                     exceptionType<const char *, Literal>,
                 });
    return types;
}

} // namespace

const std::vector<ExceptionType> &standardExceptions()
{
    static const auto *const types = new std::vector(makeStandardExceptions());
    return *types;
}

} // namespace QSeamstressPrivate
