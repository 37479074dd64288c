// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

#include "payindividual.h"

#include <QHash>

#include <mutex>

QMutex payIndividualLock;
static QHash<QString, int> payments;

void payIndividual(const QString &person)
{
    const std::unique_lock lock(payIndividualLock, std::try_to_lock);
    if (!lock.owns_lock())
        throw AlreadyPayingIndividual("another payment is in progress");
    ++payments[person];
}

int paymentsTo(const QString &person)
{
    return payments.value(person);
}
