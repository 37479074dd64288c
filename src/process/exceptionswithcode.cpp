// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

// The exceptions of the standard library that have an error code. Their constructors add to the text that they are given, and so the
// text is put in afterwards: their base class, which holds it, can be assigned.

#include <array>
#include <bit>
#include <cstring>
#include <filesystem>
#include <future>
#include <ios>
#include <regex>
#include <stdexcept>
#include <system_error>

#include "exceptionregistry_p.h"

namespace QSeamstressPrivate {

namespace {

template <class Base>
void setText(Base &exception, const QByteArray &text)
{
    exception = Base(text.toStdString());
}

// A category is an object: only those that every process has can be sent.
const std::array<const std::error_category *, 4> &categories()
{
    static const std::array<const std::error_category *, 4> all = { &std::generic_category(), &std::system_category(), &std::iostream_category(),
                                                                    &std::future_category() };
    return all;
}

bool writeCode(QDataStream &stream, const std::error_code &code)
{
    for (size_t i = 0; i < categories().size(); ++i) {
        if (code.category() == *categories()[i]) {
            stream << static_cast<quint8>(i) << static_cast<qint32>(code.value());
            return true;
        }
    }
    return false;
}

std::optional<std::error_code> readCode(QDataStream &stream)
{
    quint8 category = 0;
    qint32 value = 0;
    stream >> category >> value;
    if (stream.status() != QDataStream::Ok || category >= categories().size())
        return {};
    return std::error_code(value, *categories()[category]);
}

struct SystemError
{
    static bool write(QDataStream &stream, const std::system_error &exception)
    {
        stream << QByteArray(exception.what());
        return writeCode(stream, exception.code());
    }
    static std::optional<std::system_error> read(QDataStream &stream)
    {
        QByteArray text;
        stream >> text;
        const std::optional<std::error_code> code = readCode(stream);
        if (!code)
            return {};
        std::system_error exception(*code);
        setText<std::runtime_error>(exception, text);
        return exception;
    }
};

struct IosFailure
{
    static bool write(QDataStream &stream, const std::ios_base::failure &exception) { return SystemError::write(stream, exception); }
    static std::optional<std::ios_base::failure> read(QDataStream &stream)
    {
        const std::optional<std::system_error> error = SystemError::read(stream);
        if (!error)
            return {};
        std::ios_base::failure exception("", error->code());
        static_cast<std::system_error &>(exception) = *error;
        return exception;
    }
};

// It makes its text, once and for all, from that of its base class and from its paths.
struct FilesystemError
{
    using Exception = std::filesystem::filesystem_error;

    static bool write(QDataStream &stream, const Exception &exception)
    {
        const QByteArray argument = argumentOf(exception);
        stream << argument << bytesOf(exception.path1()) << bytesOf(exception.path2());
        return writeCode(stream, exception.code()) && std::strcmp(exception.what(), make(argument, exception.path1(), exception.path2(), exception.code()).what()) == 0;
    }
    static std::optional<Exception> read(QDataStream &stream)
    {
        QByteArray argument;
        QByteArray path1;
        QByteArray path2;
        stream >> argument >> path1 >> path2;
        const std::optional<std::error_code> code = readCode(stream);
        return code ? std::optional(make(argument, pathOf(path1), pathOf(path2), *code)) : std::nullopt;
    }

private:
    static Exception make(const QByteArray &argument, const std::filesystem::path &path1, const std::filesystem::path &path2, const std::error_code &code)
    {
        const std::string what = argument.toStdString();
        return !path2.empty() ? Exception(what, path1, path2, code) : !path1.empty() ? Exception(what, path1, code) : Exception(what, code);
    }
    // What its constructor was given: the base class has appended the text of the code.
    static QByteArray argumentOf(const Exception &exception)
    {
        const QByteArray text = exception.std::system_error::what();
        const QByteArray end = QByteArray(": ").append(exception.code().message().c_str());
        return text.endsWith(end) ? text.chopped(end.size()) : text;
    }
    static QByteArray bytesOf(const std::filesystem::path &path)
    {
        const std::u8string text = path.u8string();
        return QByteArray(reinterpret_cast<const char *>(text.data()), static_cast<qsizetype>(text.size()));
    }
    static std::filesystem::path pathOf(const QByteArray &bytes)
    {
        return std::u8string(reinterpret_cast<const char8_t *>(bytes.constData()), static_cast<size_t>(bytes.size()));
    }
};

struct FutureError
{
    static bool write(QDataStream &stream, const std::future_error &exception)
    {
        stream << QByteArray(exception.what()) << static_cast<qint32>(exception.code().value());
        return exception.code().category() == std::future_category();
    }
    static std::optional<std::future_error> read(QDataStream &stream)
    {
        QByteArray text;
        qint32 code = 0;
        stream >> text >> code;
        std::future_error exception{ static_cast<std::future_errc>(code) };
        setText<std::logic_error>(exception, text);
        return exception;
    }
};

struct RegexError
{
    // The largest number that the enumeration has room for: a standard library has codes of its own, without public names.
    static constexpr unsigned largestCode = std::bit_ceil(std::regex_constants::error_stack + 1U) - 1;

    static bool write(QDataStream &stream, const std::regex_error &exception)
    {
        stream << QByteArray(exception.what()) << static_cast<quint32>(exception.code());
        return exception.code() <= largestCode;
    }
    static std::optional<std::regex_error> read(QDataStream &stream)
    {
        QByteArray text;
        quint32 code = 0;
        stream >> text >> code;
        if (code > largestCode)
            return {};
        std::regex_error exception(static_cast<std::regex_constants::error_type>(code));
        setText<std::runtime_error>(exception, text);
        return exception;
    }
};

} // namespace

std::vector<ExceptionType> exceptionsWithCode()
{
    return {
        exceptionType<std::system_error, SystemError>,
        exceptionType<std::ios_base::failure, IosFailure>,
        exceptionType<std::filesystem::filesystem_error, FilesystemError>,
        exceptionType<std::future_error, FutureError>,
        exceptionType<std::regex_error, RegexError>,
    };
}

} // namespace QSeamstressPrivate
