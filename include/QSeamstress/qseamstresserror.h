// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

#ifndef QSEAMSTRESSERROR_H
#define QSEAMSTRESSERROR_H

#include <QtCore/QObject>
#include <QtCore/QSharedDataPointer>
#include <QtCore/QString>

#include "qseamstress_export.h"
#include "qseamstressexceptiontype.h"

namespace QSeamstressPrivate {
class ErrorData;
}

QT_BEGIN_NAMESPACE
class QDebug;
QT_END_NAMESPACE

class QSEAMSTRESS_EXPORT QSeamstressError
{
    Q_GADGET
    Q_PROPERTY(Code code READ code)
    Q_PROPERTY(QString message READ message)
    Q_PROPERTY(QString exceptionType READ exceptionType)
    Q_PROPERTY(QString origin READ origin)

public:
    enum Code {
        NoError,
        Exception,
        SetUpFailed,
        PauseTimedOut,
        ThreadStillAlive,
        ProcessStillAlive,
        TaskStillExecuting,
        NeverPaused,
        NotBlocked,
        NoRunningEventLoop,
        FailedToStart,
        Crashed,
        UnknownScript,
        ExceptionTooLargeToPropagate,
        InvalidUse,
        ClockUnavailable,
        ClockFailed
    };
    Q_ENUM(Code)

    QSeamstressError();
    QSeamstressError(const QSeamstressError &other);
    QSeamstressError(QSeamstressError &&other) noexcept;
    QSeamstressError &operator=(const QSeamstressError &other);
    QSeamstressError &operator=(QSeamstressError &&other) noexcept;
    ~QSeamstressError();

    Code code() const;
    QString message() const;
    QString exceptionType() const;
    QString origin() const;
    explicit operator bool() const;
    void raise() const;
    friend bool operator==(const QSeamstressError &error, const QSeamstressError &other) { return error.equals(other); }

    template <class E>
    static void registerExceptionType();

private:
    friend class QSeamstressPrivate::ErrorData;
    explicit QSeamstressError(QSeamstressPrivate::ErrorData *data);
    bool equals(const QSeamstressError &other) const;

    QExplicitlySharedDataPointer<QSeamstressPrivate::ErrorData> d;
};

QSEAMSTRESS_EXPORT QDebug operator<<(QDebug debug, const QSeamstressError &error);

template <class E>
void QSeamstressError::registerExceptionType()
{
    // Naming the registration is enough: it runs when the program starts.
    static_cast<void>(&QSeamstressPrivate::RegisteredException<E>::registration);
}

#endif // QSEAMSTRESSERROR_H
