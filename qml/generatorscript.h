// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

#ifndef GENERATORSCRIPT_H
#define GENERATORSCRIPT_H

#include <QSeamstressScript>

#include <QtQml/QJSValue>

#include <stdexcept>

// An error that JavaScript threw, with its file and line.
class QmlScriptError : public std::runtime_error
{
public:
    QmlScriptError(const QString &text, const QString &file, int line);
};

// Returns the result of a JavaScript call, or throws it as QmlScriptError if it is an error.
QJSValue checked(const QJSValue &result);

// A script that runs a JavaScript generator function. The values that it yields are its pause points.
QSeamstressScript generatorScript(QJSEngine *engine, QJSValue function);

#endif // GENERATORSCRIPT_H
