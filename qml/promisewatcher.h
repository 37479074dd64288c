// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

#ifndef PROMISEWATCHER_H
#define PROMISEWATCHER_H

#include <QtCore/QFuture>
#include <QtCore/QObject>
#include <QtCore/QPromise>
#include <QtQml/QJSValue>

QT_BEGIN_NAMESPACE
class QJSEngine;
QT_END_NAMESPACE

// Waits for a Promise of JavaScript.
class PromiseWatcher : public QObject
{
    Q_OBJECT

public:
    PromiseWatcher(QJSEngine *engine, const QJSValue &promise);

    QFuture<void> settled() const { return m_settled.future(); }
    bool isRejected() const { return m_isRejected; }
    QJSValue value() const { return m_value; } // or the reason

    Q_INVOKABLE void fulfill(const QJSValue &value);
    Q_INVOKABLE void reject(const QJSValue &reason);

private:
    QPromise<void> m_settled;
    QJSValue m_value;
    bool m_isRejected = false;
};

#endif // PROMISEWATCHER_H
