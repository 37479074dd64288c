// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

#include "payindividual.h"

#include <QFile>
#include <QStandardPaths>

PaymentLock payIndividualLock;

QDir paymentFolder()
{
    const QDir folder(QStandardPaths::writableLocation(QStandardPaths::AppLocalDataLocation));
    if (!folder.mkpath("."))
        throw std::runtime_error("cannot create the folder " + folder.path().toStdString());
    return folder;
}

// One line for each payment: the name of the person who was paid.
static QString paymentFile()
{
    return paymentFolder().filePath("payments");
}

void payIndividual(const QString &person)
{
    const std::unique_lock lock(payIndividualLock, std::try_to_lock);
    if (!lock.owns_lock())
        throw AlreadyPayingIndividual("another payment is in progress");
    QFile file(paymentFile());
    if (!file.open(QIODevice::Append) || file.write(person.toUtf8() + '\n') < 0 || !file.flush())
        throw std::runtime_error("cannot write " + file.fileName().toStdString());
}

int paymentsTo(const QString &person)
{
    QFile file(paymentFile());
    return file.open(QIODevice::ReadOnly) ? static_cast<int>(file.readAll().split('\n').count(person.toUtf8())) : 0;
}
