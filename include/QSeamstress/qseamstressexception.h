// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

#ifndef QSEAMSTRESSEXCEPTION_H
#define QSEAMSTRESSEXCEPTION_H

#include <QtCore/QByteArray>
#include <QtCore/QException>

#include "qseamstresserror.h"

class QSEAMSTRESS_EXPORT QSeamstressException : public QException
{
public:
    explicit QSeamstressException(const QSeamstressError &error);
    QSeamstressException(const QSeamstressException &other);
    ~QSeamstressException() override;
    QSeamstressException &operator=(const QSeamstressException &other) = delete;

    QSeamstressError error() const;
    const char *what() const noexcept override;
    void raise() const override;
    QSeamstressException *clone() const override;

private:
    QSeamstressError m_error;
    QByteArray m_what;
};

#endif // QSEAMSTRESSEXCEPTION_H
