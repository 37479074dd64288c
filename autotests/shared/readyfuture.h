// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

#ifndef READYFUTURE_H
#define READYFUTURE_H

#include <QFuture>
#include <QPromise>

// QtFuture::makeReadyFuture() is deprecated since Qt 6.10, and Qt 6.4 does not have its replacement.
inline QFuture<void> readyFuture()
{
    QPromise<void> promise;
    promise.start();
    promise.finish();
    return promise.future();
}
template <class Value>
QFuture<Value> readyFuture(const Value &value)
{
    QPromise<Value> promise;
    promise.start();
    promise.addResult(value);
    promise.finish();
    return promise.future();
}

#endif // READYFUTURE_H
