// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

#ifndef PAYINDIVIDUAL_H
#define PAYINDIVIDUAL_H

#include <QMutex>
#include <QString>

#include <stdexcept>

class AlreadyPayingIndividual : public std::runtime_error
{
public:
    using std::runtime_error::runtime_error;
};

extern QMutex payIndividualLock;

// Pays one person. Only one thread can pay at a time: if another thread is paying, throws AlreadyPayingIndividual and pays nothing.
void payIndividual(const QString &person);
int paymentsTo(const QString &person);

#endif // PAYINDIVIDUAL_H
