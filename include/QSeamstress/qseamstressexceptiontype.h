// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

// Sends exceptions from one process to another. Not part of the API: include <QSeamstressError>.

#ifndef QSEAMSTRESSEXCEPTIONTYPE_H
#define QSEAMSTRESSEXCEPTIONTYPE_H

#include <QtCore/QByteArray>
#include <QtCore/QDataStream>
#include <QtCore/QString>

#include <concepts>
#include <exception>
#include <optional>
#include <string>
#include <type_traits>
#include <typeinfo>
#include <utility>

#include "qseamstress_export.h"

namespace QSeamstressPrivate {

// Writes and recreates exceptions of one type.
struct ExceptionType
{
    const std::type_info *type;
    // False if the exception is neither of this type nor of a derived type, or contains data that cannot be sent.
    bool (*write)(QDataStream &stream, const std::exception_ptr &exception);
    // Null if the stream does not contain an exception of this type.
    std::exception_ptr (*read)(QDataStream &stream);
};

// Registers a type while its module is loaded.
class QSEAMSTRESS_EXPORT ExceptionRegistration
{
public:
    explicit ExceptionRegistration(const ExceptionType &type) noexcept;
    ~ExceptionRegistration();
    Q_DISABLE_COPY_MOVE(ExceptionRegistration)

private:
    const ExceptionType m_type;
};

// Codec<E> has bool write(QDataStream &, const E &) and std::optional<E> read(QDataStream &).
template <class E, class Codec>
bool writeException(QDataStream &stream, const std::exception_ptr &exception)
{
    // Not a reference to a pointer: clang++ 14 handles that incorrectly.
    using Caught = std::conditional_t<std::is_pointer_v<E>, E, const E &>;
    try {
        std::rethrow_exception(exception);
    } catch (Caught e) {
        return Codec::write(stream, e);
    } catch (...) {
        return false;
    }
}

template <class E, class Codec>
std::exception_ptr readException(QDataStream &stream)
{
    std::optional<E> exception = Codec::read(stream);
    return exception && stream.status() == QDataStream::Ok ? std::make_exception_ptr<E>(std::move(*exception)) : nullptr;
}

template <class E, class Codec>
inline constexpr ExceptionType exceptionType{ &typeid(E), &writeException<E, Codec>, &readException<E, Codec> };

template <class T>
concept Streamable = std::is_default_constructible_v<T> && requires(QDataStream &stream, T &value, const T &constant) {
    stream << constant;
    stream >> value;
};

template <class E, class Text>
concept ExceptionMadeFrom = std::is_constructible_v<E, const Text &> && requires(const E &exception) {
    { exception.what() } -> std::convertible_to<const char *>;
};

template <class E>
struct StreamedException
{
    static bool write(QDataStream &stream, const E &exception)
    {
        stream << exception;
        return stream.status() == QDataStream::Ok;
    }
    static std::optional<E> read(QDataStream &stream)
    {
        std::optional<E> exception(std::in_place);
        stream >> *exception;
        return exception;
    }
};

template <class E>
struct ExceptionWithText
{
    static bool write(QDataStream &stream, const E &exception)
    {
        stream << QByteArray(exception.what());
        return true;
    }
    static std::optional<E> read(QDataStream &stream)
    {
        QByteArray what;
        stream >> what;
        if (stream.status() != QDataStream::Ok)
            return {};
        if constexpr (ExceptionMadeFrom<E, std::string>)
            return std::optional<E>(std::in_place, what.toStdString());
        else
            return std::optional<E>(std::in_place, QString::fromUtf8(what));
    }
};

template <class E>
class RegisteredException
{
    static_assert(std::is_same_v<E, std::decay_t<E>> && !std::is_abstract_v<E> && std::is_copy_constructible_v<E>,
                  "QSeamstressError::registerExceptionType(): no exception can have this type. Name the class that is thrown, without const, "
                  "& or *.");
    static_assert(Streamable<E> || ExceptionMadeFrom<E, std::string> || ExceptionMadeFrom<E, QString>,
                  "QSeamstressError::registerExceptionType(): exceptions of this type cannot be recreated in another process. Give it a "
                  "constructor that takes the text of what(), as const std::string & or const QString &; or a default constructor, and "
                  "operator<< and operator>> for QDataStream.");
    using Codec = std::conditional_t<Streamable<E>, StreamedException<E>, ExceptionWithText<E>>;

public:
    static inline const ExceptionRegistration registration{ exceptionType<E, Codec> };
};

} // namespace QSeamstressPrivate

#endif // QSEAMSTRESSEXCEPTIONTYPE_H
