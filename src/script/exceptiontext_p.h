// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

#ifndef EXCEPTIONTEXT_P_H
#define EXCEPTIONTEXT_P_H

#include <QtCore/QString>

#include <exception>
#include <typeinfo>

namespace QSeamstressPrivate {

// How the source code calls a type.
QString demangled(const std::type_info &type);

struct ExceptionText
{
    QString type;
    QString text;
};
// Type and text of any exception, with those nested in it.
ExceptionText describe(const std::exception_ptr &exception);

} // namespace QSeamstressPrivate

#endif // EXCEPTIONTEXT_P_H
