// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

#include "verbs.h"

#include <QtQml/QJSEngine>
#include <QtQml/qqml.h>

bool throwInQml(const QObject *object, const QString &text)
{
    QJSEngine *const engine = qjsEngine(object);
    if (engine)
        engine->throwError(text);
    return engine;
}
