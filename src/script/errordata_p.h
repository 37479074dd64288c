// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

#ifndef ERRORDATA_P_H
#define ERRORDATA_P_H

#include <QtCore/QList>
#include <QtCore/QSharedData>

#include <exception>
#include <typeinfo>

#include "qseamstresserror.h"
#include "qseamstressexception.h"

namespace QSeamstressPrivate {

// The name of a type as written in source code.
QString demangled(const std::type_info &type);

struct ExceptionText
{
    QString type;
    QString text;
};
// Type and text of any exception, including nested exceptions.
ExceptionText describe(const std::exception_ptr &exception);

class ErrorData : public QSharedData
{
public:
    static QSeamstressError make(QSeamstressError::Code code, const QString &message, const QString &origin = {});
    // The error of a script that threw. where completes the sentence: " before its first pause point".
    static QSeamstressError fromException(const std::exception_ptr &exception, const QString &origin, const QString &name, const QString &where);

    // Assembles an error received from another process.
    static QSeamstressError fromParts(QSeamstressError::Code code, const QString &message, const QString &exceptionType, const QString &origin,
                                      const std::exception_ptr &exception);
    static std::exception_ptr exceptionOf(const QSeamstressError &error); // null if nothing was thrown or the type is unknown here

    static QString messagesOf(const QList<QSeamstressError> &errors); // one per line
    static QSeamstressError withMessage(const QSeamstressError &error, const QString &message);

    QSeamstressError::Code code = QSeamstressError::NoError;
    QString message;
    QString exceptionType;
    QString origin;
    std::exception_ptr exception;
};

// Thrown by this library inside a script to end it with this error code.
class ScriptFailure : public QSeamstressException
{
public:
    ScriptFailure(QSeamstressError::Code code, const QString &message);
    void raise() const override;
    ScriptFailure *clone() const override;
};

} // namespace QSeamstressPrivate

#endif // ERRORDATA_P_H
