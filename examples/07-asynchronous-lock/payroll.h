// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

#ifndef PAYROLL_H
#define PAYROLL_H

#include <QFuture>
#include <QHash>
#include <QObject>
#include <QString>

#include <chrono>
#include <map>
#include <stdexcept>

#include "asynclock.h"

class AlreadyPayingIndividual : public std::runtime_error
{
public:
    using std::runtime_error::runtime_error;
};

class Payroll : public QObject
{
    Q_OBJECT

public:
    using QObject::QObject;

    // Pays one person as soon as no other payment to that person is in progress. Payments to other people do not wait. After patience,
    // it gives up: the future then holds AlreadyPayingIndividual, and nothing is paid.
    QFuture<void> payIndividual(const QString &person, std::chrono::milliseconds patience = std::chrono::milliseconds(100));
    int paymentsTo(const QString &person) const;
    // Code that pays this person over several iterations of the event loop must hold this lock throughout.
    AsyncLock &lockFor(const QString &person);

private:
    std::map<QString, AsyncLock> m_locks;
    QHash<QString, int> m_payments;
};

#endif // PAYROLL_H
