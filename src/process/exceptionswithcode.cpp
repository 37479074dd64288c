// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

// The exceptions of the standard library that have an error code. Each is split into the arguments of its public constructor.

#include <algorithm>
#include <array>
#include <bit>
#include <cstring>
#include <filesystem>
#include <future>
#include <ios>
#include <regex>
#include <system_error>

#include "exceptionregistry_p.h"

namespace QSeamstressPrivate {

namespace {

struct Parts
{
    QByteArray text = {}; // the text before that of the code; null if there is none
    std::error_code code = {};
    std::filesystem::path path1 = {};
    std::filesystem::path path2 = {};
};

Parts partsOf(const std::system_error &exception)
{
    const QByteArray text = exception.std::system_error::what();
    const QByteArray end = QByteArray(": ").append(exception.code().message().c_str());
    return { text.endsWith(end) ? text.chopped(end.size()) : QByteArray(), exception.code() };
}

Parts partsOf(const std::filesystem::filesystem_error &exception)
{
    const Parts parts = partsOf(static_cast<const std::system_error &>(exception));
    return { parts.text, parts.code, exception.path1(), exception.path2() };
}

Parts partsOf(const std::future_error &exception)
{
    return { .code = exception.code() };
}

Parts partsOf(const std::regex_error &exception)
{
    return { .code = { static_cast<int>(exception.code()), std::generic_category() } };
}

template <class E>
std::optional<E> make(const Parts &parts)
{
    const std::string text = parts.text.toStdString();
    const int number = parts.code.value();
    if constexpr (std::is_same_v<E, std::system_error>)
        return parts.text.isNull() ? E(parts.code) : E(parts.code, text);
    else if constexpr (std::is_same_v<E, std::ios_base::failure>)
        return E(text, parts.code);
    else if constexpr (std::is_same_v<E, std::filesystem::filesystem_error>)
        return !parts.path2.empty() ? E(text, parts.path1, parts.path2, parts.code) : !parts.path1.empty() ? E(text, parts.path1, parts.code) : E(text, parts.code);
    else if constexpr (std::is_same_v<E, std::future_error>)
        return E(static_cast<std::future_errc>(number));
    else if (number < 0 || number >= static_cast<int>(std::bit_ceil(std::regex_constants::error_stack + 1U))) // not an enumerator
        return {};
    else
        return E(static_cast<std::regex_constants::error_type>(number));
}

// A category is an object, so only categories that exist in every process can be sent.
std::array<const std::error_category *, 4> categories()
{
    return { &std::generic_category(), &std::system_category(), &std::iostream_category(), &std::future_category() };
}

QByteArray bytesOf(const std::filesystem::path &path)
{
    return QByteArray::fromStdString(path.string());
}

template <class E>
struct WithCode
{
    // Fails for an exception to which the standard library gave a special text, since a public constructor cannot recreate that.
    static bool write(QDataStream &stream, const E &exception)
    {
        const Parts parts = partsOf(exception);
        const auto known = categories();
        const auto category = std::find_if(known.begin(), known.end(), [&parts](const std::error_category *one) { return *one == parts.code.category(); });
        stream << parts.text << static_cast<quint8>(category - known.begin()) << static_cast<qint32>(parts.code.value()) << bytesOf(parts.path1) << bytesOf(parts.path2);
        const std::optional<E> same = make<E>(parts);
        return category != known.end() && same && std::strcmp(same->what(), exception.what()) == 0;
    }
    static std::optional<E> read(QDataStream &stream)
    {
        Parts parts;
        quint8 category = 0;
        qint32 number = 0;
        QByteArray path1;
        QByteArray path2;
        stream >> parts.text >> category >> number >> path1 >> path2;
        if (stream.status() != QDataStream::Ok || category >= categories().size())
            return {};
        parts.code = { number, *categories()[category] };
        parts.path1 = path1.toStdString();
        parts.path2 = path2.toStdString();
        return make<E>(parts);
    }
};

} // namespace

std::vector<ExceptionType> exceptionsWithCode()
{
    return {
        exceptionType<std::system_error, WithCode<std::system_error>>,
        exceptionType<std::ios_base::failure, WithCode<std::ios_base::failure>>,
        exceptionType<std::filesystem::filesystem_error, WithCode<std::filesystem::filesystem_error>>,
        exceptionType<std::future_error, WithCode<std::future_error>>,
        exceptionType<std::regex_error, WithCode<std::regex_error>>,
    };
}

} // namespace QSeamstressPrivate
