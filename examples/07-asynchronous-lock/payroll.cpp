// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

#include "payroll.h"

#include <QFutureWatcher>
#include <QPromise>
#include <QTimer>

#include <exception>
#include <memory>

QFuture<void> Payroll::payIndividual(const QString &person, std::chrono::milliseconds patience)
{
    auto payment = std::make_shared<QPromise<void>>();
    payment->start();
    auto *turn = new QFutureWatcher<AsyncLock::Guard>(this);
    connect(turn, &QFutureWatcherBase::finished, this, [this, person, payment, turn] {
        turn->deleteLater();
        if (turn->isCanceled()) {
            payment->setException(std::make_exception_ptr(AlreadyPayingIndividual("already paying " + person.toStdString())));
        } else {
            const AsyncLock::Guard guard = turn->future().takeResult();
            ++m_payments[person];
        }
        payment->finish();
    });
    QTimer::singleShot(patience, turn, [turn] {
        if (!turn->future().isFinished()) // the lock may have been granted, with the slot above still pending
            turn->cancel();
    });
    turn->setFuture(lockFor(person).lock());
    return payment->future();
}

int Payroll::paymentsTo(const QString &person) const
{
    return m_payments.value(person);
}

AsyncLock &Payroll::lockFor(const QString &person)
{
    return m_locks[person];
}
