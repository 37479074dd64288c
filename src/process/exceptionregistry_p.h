// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

// The types of exceptions that can be sent to another process: those of the standard library and of Qt, and those that users register.

#ifndef EXCEPTIONREGISTRY_P_H
#define EXCEPTIONREGISTRY_P_H

#include <QtCore/QByteArray>

#include <optional>
#include <vector>

#include "qseamstressexceptiontype.h"

namespace QSeamstressPrivate {

std::vector<ExceptionType> standardExceptions();
std::vector<ExceptionType> exceptionsWithCode(); // some of them

// How a type is called in another process. Two types may have one name, if each is in an anonymous namespace of its own; then the
// place of their code in the program tells which one is meant.
struct ExceptionTypeKey
{
    QByteArray name;
    QByteArray place; // empty if the name is enough, or if the system does not tell places

    bool operator==(const ExceptionTypeKey &other) const = default;
};
// Nothing if there is another type with this key: then neither can be sent.
std::optional<ExceptionTypeKey> keyOf(const ExceptionType &type);

std::optional<ExceptionType> findExceptionType(const std::type_info &type);
std::optional<ExceptionType> findExceptionType(const ExceptionTypeKey &key);

} // namespace QSeamstressPrivate

#endif // EXCEPTIONREGISTRY_P_H
