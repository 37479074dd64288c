// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

#ifndef THROWINQML_H
#define THROWINQML_H

#include <QtCore/QString>
#include <QtQml/QJSEngine>
#include <QtQml/qqml.h>

// Throws a JavaScript error in the QML line that is calling. False if object has no engine.
inline bool throwInQml(const QObject *object, const QString &text)
{
    QJSEngine *const engine = qjsEngine(object);
    if (engine)
        engine->throwError(text);
    return engine;
}

#endif // THROWINQML_H
