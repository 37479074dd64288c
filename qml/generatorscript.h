// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

#ifndef GENERATORSCRIPT_H
#define GENERATORSCRIPT_H

#include <QSeamstressScript>

#include <QtQml/QJSValue>

#include <stdexcept>

// What JavaScript threw, with the place.
class QmlScriptError : public std::runtime_error
{
public:
    QmlScriptError(const QString &text, const QString &file, int line);
};

// What a call of JavaScript returned; throws it if it is an error.
QJSValue checked(const QJSValue &result);

// A script that is a generator function of JavaScript: what it yields are its pause points.
QSeamstressScript generatorScript(QJSEngine *engine, QJSValue function);

#endif // GENERATORSCRIPT_H
