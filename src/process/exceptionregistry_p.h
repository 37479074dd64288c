// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

// The exception types that can be sent to another process: those of the standard library and Qt, and those that users register.

#ifndef EXCEPTIONREGISTRY_P_H
#define EXCEPTIONREGISTRY_P_H

#include <QtCore/QByteArray>

#include <optional>
#include <vector>

#include "qseamstressexceptiontype.h"

namespace QSeamstressPrivate {

std::vector<ExceptionType> standardExceptions();
std::vector<ExceptionType> exceptionsWithCode(); // a subset of them

// Identifies a type in another process. Types in different anonymous namespaces may have the same name; the place of their code in the
// program then distinguishes them.
struct ExceptionTypeKey
{
    QByteArray name;
    QByteArray place; // empty if the name is enough, or if the system does not provide places

    bool operator==(const ExceptionTypeKey &other) const = default;
};
// Empty if another type has the same key: neither of them can be sent.
std::optional<ExceptionTypeKey> keyOf(const ExceptionType &type);

std::optional<ExceptionType> findExceptionType(const std::type_info &type);
std::optional<ExceptionType> findExceptionType(const ExceptionTypeKey &key);

} // namespace QSeamstressPrivate

#endif // EXCEPTIONREGISTRY_P_H
