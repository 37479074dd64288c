// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

#include "promisewatcher.h"

#include <QtQml/QJSEngine>

PromiseWatcher::PromiseWatcher(QJSEngine *engine, const QJSValue &promise)
{
    m_settled.start();
    QJSEngine::setObjectOwnership(this, QJSEngine::CppOwnership);
    const QJSValue self = engine->newQObject(this);
    promise.property(QStringLiteral("then")).callWithInstance(promise, { self.property(QStringLiteral("fulfill")), self.property(QStringLiteral("reject")) });
}

void PromiseWatcher::fulfill(const QJSValue &value)
{
    m_value = value;
    m_settled.finish();
}

void PromiseWatcher::reject(const QJSValue &reason)
{
    m_isRejected = true;
    fulfill(reason);
}
