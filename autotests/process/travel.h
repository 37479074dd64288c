// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

// Sends exceptions the way that they travel between processes, and inspects the result.

#ifndef TRAVEL_H
#define TRAVEL_H

#include <QString>

#include <cxxabi.h>

#include <exception>
#include <typeinfo>

#include "exceptioncodec_p.h"

// The exception that the function throws; null if it throws none.
template <class Function>
std::exception_ptr thrownBy(Function function)
{
    try {
        function();
    } catch (...) {
        return std::current_exception();
    }
    return nullptr;
}

inline std::exception_ptr travelled(const std::exception_ptr &exception)
{
    return QSeamstressPrivate::decodeException(QSeamstressPrivate::encodeException(exception));
}

// The dynamic type; null if there is no exception.
inline const std::type_info *typeOf(const std::exception_ptr &exception)
{
    if (!exception)
        return nullptr;
    try {
        std::rethrow_exception(exception);
    } catch (...) {
        return abi::__cxa_current_exception_type();
    }
}

// The mangled name of the type; empty if there is no exception.
inline QByteArray typeNameOf(const std::exception_ptr &exception)
{
    return QByteArray(exception ? typeOf(exception)->name() : nullptr);
}

inline QByteArray whatOf(const std::exception_ptr &exception)
{
    if (!exception)
        return {};
    try {
        std::rethrow_exception(exception);
    } catch (const std::exception &e) {
        return e.what();
    } catch (...) {
        return {};
    }
}

#endif // TRAVEL_H
