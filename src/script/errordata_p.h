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

// How the source code calls a type.
QString demangled(const std::type_info &type);

struct ExceptionText
{
    QString type;
    QString text;
};
// Type and text of any exception, with those nested in it.
ExceptionText describe(const std::exception_ptr &exception);

class ErrorData : public QSharedData
{
public:
    static QSeamstressError make(QSeamstressError::Code code, const QString &message, const QString &origin = {});
    // The error of a script that threw. where ends the sentence: " in its set-up".
    static QSeamstressError fromException(const std::exception_ptr &exception, const QString &origin, const QString &name, const QString &where);

    // One that comes from another process, part by part.
    static QSeamstressError fromParts(QSeamstressError::Code code, const QString &message, const QString &exceptionType, const QString &origin,
                                      const std::exception_ptr &exception);
    static std::exception_ptr exceptionOf(const QSeamstressError &error); // null if nothing was thrown, or if what was thrown is not known here

    static QString messagesOf(const QList<QSeamstressError> &errors); // one below the other
    static QSeamstressError withMessage(const QSeamstressError &error, const QString &message);

    QSeamstressError::Code code = QSeamstressError::NoError;
    QString message;
    QString exceptionType;
    QString origin;
    std::exception_ptr exception;
};

// Thrown by this library inside a script, to end it with exactly this code.
class ScriptFailure : public QSeamstressException
{
public:
    ScriptFailure(QSeamstressError::Code code, const QString &message);
    void raise() const override;
    ScriptFailure *clone() const override;
};

} // namespace QSeamstressPrivate

#endif // ERRORDATA_P_H
