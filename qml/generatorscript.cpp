// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

#include "generatorscript.h"

#include <QtCore/QFuture>
#include <QtCore/QObject>
#include <QtCore/QPromise>
#include <QtCore/QScopeGuard>
#include <QtQml/QJSEngine>

// Waits for a JavaScript Promise.
class PromiseWatcher : public QObject
{
    Q_OBJECT

public:
    PromiseWatcher(QJSEngine *engine, const QJSValue &promise)
    {
        m_settled.start();
        QJSEngine::setObjectOwnership(this, QJSEngine::CppOwnership);
        const QJSValue self = engine->newQObject(this);
        promise.property(QStringLiteral("then")).callWithInstance(promise, { self.property(QStringLiteral("fulfill")), self.property(QStringLiteral("reject")) });
    }

    QFuture<void> settled() const { return m_settled.future(); }
    bool isRejected() const { return m_isRejected; }
    QJSValue value() const { return m_value; } // or the reason of the rejection

    Q_INVOKABLE void fulfill(const QJSValue &value)
    {
        m_value = value;
        m_settled.finish();
    }
    Q_INVOKABLE void reject(const QJSValue &reason)
    {
        m_isRejected = true;
        fulfill(reason);
    }

private:
    QPromise<void> m_settled;
    QJSValue m_value;
    bool m_isRejected = false;
};

QmlScriptError::QmlScriptError(const QString &text, const QString &file, int line)
    : std::runtime_error((file.isEmpty() ? text : QStringLiteral("%1 (%2:%3)").arg(text, file).arg(line)).toStdString())
{
}

QJSValue checked(const QJSValue &result)
{
    if (result.isError())
        throw QmlScriptError(result.toString(), result.property(QStringLiteral("fileName")).toString(), result.property(QStringLiteral("lineNumber")).toInt());
    return result;
}

static QJSValue call(const QJSValue &object, const char *method, const QJSValueList &arguments = {})
{
    return checked(object.property(QLatin1String(method)).callWithInstance(object, arguments));
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
    const QJSValue generator = checked(function.call());
    if (!generator.property(QStringLiteral("next")).isCallable())
        co_return; // it is a plain function and has run to its end
    // Runs its finally blocks if the coroutine is destroyed early.
    auto end = qScopeGuard([&generator] { generator.property(QStringLiteral("return")).callWithInstance(generator); });
    QJSValue step = call(generator, "next");
    while (!step.property(QStringLiteral("done")).toBool()) {
        const QJSValue yielded = step.property(QStringLiteral("value"));
        if (yielded.property(QStringLiteral("then")).isCallable()) {
            PromiseWatcher watcher(engine, yielded);
            co_await watcher.settled();
            // yield returns the value of a fulfilled Promise and throws the reason of a rejected one.
            step = call(generator, watcher.isRejected() ? "throw" : "next", { watcher.value() });
            continue;
        }
        const QSeamstress::Pause pause = pauseOf(yielded);
        co_yield pause;
        step = call(generator, "next");
    }
    end.dismiss();
}

#include "generatorscript.moc"
