// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

#ifndef PAYINDIVIDUAL_H
#define PAYINDIVIDUAL_H

#include <QDir>
#include <QString>

#include <stdexcept>

#include "paymentlock.h"

class AlreadyPayingIndividual : public std::runtime_error
{
public:
    using std::runtime_error::runtime_error;
};

extern PaymentLock payIndividualLock;

// Pays one person. Only one process can pay at a time: if another process is paying, throws AlreadyPayingIndividual and pays nothing.
void payIndividual(const QString &person);
int paymentsTo(const QString &person);

// The folder of the payments and their lock file.
QDir paymentFolder();

#endif // PAYINDIVIDUAL_H
