// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

#include "generatorscript.h"

#include <QtCore/QFuture>
#include <QtCore/QPromise>
#include <QtCore/QScopeGuard>

#include "promisewatcher.h"

static QString textOf(const QString &text, const QString &file, int line)
{
    return file.isEmpty() ? text : QStringLiteral("%1 (%2:%3)").arg(text, file).arg(line);
}

QmlScriptError::QmlScriptError(const QString &text, const QString &file, int line)
    : std::runtime_error(textOf(text, file, line).toStdString())
{
}

QmlScriptError::QmlScriptError(const QJSValue &error)
    : QmlScriptError(error.toString(), error.property(QStringLiteral("fileName")).toString(), error.property(QStringLiteral("lineNumber")).toInt())
{
}

static QJSValue call(const QJSValue &object, const char *method, const QJSValueList &arguments = {})
{
    const QJSValue result = object.property(QLatin1String(method)).callWithInstance(object, arguments);
    if (result.isError())
        throw QmlScriptError(result);
    return result;
}

// yield; yield "name"; yield ["name", value].
static QSeamstress::Pause pauseOf(const QJSValue &yielded)
{
    if (yielded.isUndefined())
        return {};
    if (yielded.isString())
        return QSeamstress::Pause(yielded.toString());
    if (yielded.isArray() && yielded.property(0).isString())
        return QSeamstress::Pause(yielded.property(0).toString(), yielded.property(1).toVariant());
    throw std::logic_error("a script can yield the name of a pause point, an array of a name and a value, a Promise, or nothing; not: " + yielded.toString().toStdString());
}

QSeamstressScript generatorScript(QJSEngine *engine, QJSValue function)
{
    const QJSValue generator = function.call();
    if (generator.isError())
        throw QmlScriptError(generator);
    if (!generator.property(QStringLiteral("next")).isCallable())
        co_return; // it was a plain function, and has run to its end
    bool isDone = false;
    // Where it is destroyed early, what it does in finally blocks is done, too.
    const auto end = qScopeGuard([&generator, &isDone] {
        if (!isDone)
            generator.property(QStringLiteral("return")).callWithInstance(generator);
    });
    QJSValue step = call(generator, "next");
    while (!step.property(QStringLiteral("done")).toBool()) {
        const QJSValue yielded = step.property(QStringLiteral("value"));
        if (yielded.property(QStringLiteral("then")).isCallable()) {
            PromiseWatcher watcher(engine, yielded);
            co_await watcher.settled();
            // What it was fulfilled with is what yield returns; what it was rejected with is thrown there.
            step = call(generator, watcher.isRejected() ? "throw" : "next", { watcher.value() });
            continue;
        }
        const QSeamstress::Pause pause = pauseOf(yielded);
        co_yield pause;
        step = call(generator, "next");
    }
    isDone = true;
}
