// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

#ifndef VERBS_H
#define VERBS_H

#include <QtCore/QScopedValueRollback>
#include <QtCore/QString>
#include <QtCore/QThread>
#include <QtQml/QJSValue>

#include "throwinqml.h"

class QSeamstressConfig;

// Whether config can run only in the thread of its engine.
bool isInJavaScript(const QSeamstressConfig *config);
// Why an executor of another thread or process refuses what, such as "a script in JavaScript".
QString javaScriptRefusal(const QString &what);

// Calls body between enter() and exit(). An error that it throws is thrown again in the calling QML line.
template <class Executor>
bool duringInQml(Executor *executor, const QJSValue &body)
{
    if (!body.isCallable())
        return throwInQml(executor, QStringLiteral("during: pass a function.")) && false;
    if (!executor->enter())
        return false;
    const QJSValue result = body.call();
    const bool exited = executor->exit();
    if (result.isError())
        throwInQml(executor, result.toString());
    return exited && !result.isError();
}

// The verbs of an executor for QML. They do the same as those of Base, but misuse is a JavaScript error in the calling line.
// clang-format off: it would split each of these lines into four
#define SEAMSTRESS_VERBS(Base) \
private: \
    template <class Function> \
    auto calledByQml(Function function) \
    { \
        const QScopedValueRollback isCalled(m_isCalledByQml, true); \
        return function(); \
    } \
    bool m_isCalledByQml = false; \
\
protected: \
    void misused(const QString &text) const override \
    { \
        if (!m_isCalledByQml || QThread::currentThread() != thread() || !throwInQml(this, text)) \
            Base::misused(text); \
    } \
\
public: \
    Q_INVOKABLE bool enter() { return calledByQml([this] { return Base::enter(); }); } \
    Q_INVOKABLE bool advance() { return calledByQml([this] { return Base::advance(); }); } \
    Q_INVOKABLE bool runTo(const QString &point) { return calledByQml([this, &point] { return Base::runTo(point); }); } \
    Q_INVOKABLE bool exit() { return calledByQml([this] { return Base::exit(); }); } \
    Q_INVOKABLE bool cancel() { return calledByQml([this] { return Base::cancel(); }); } \
    Q_INVOKABLE bool waitForPaused() { return calledByQml([this] { return Base::waitForPaused(); }); } \
    Q_INVOKABLE bool waitForFinished() { return calledByQml([this] { return Base::waitForFinished(); }); } \
    Q_INVOKABLE bool waitForBlocked() { return calledByQml([this] { return Base::waitForBlocked(); }); } \
    Q_INVOKABLE bool waitForActivity(QSeamstressExecutor::Activity activity) { return calledByQml([this, activity] { return Base::waitForActivity(activity); }); } \
    Q_INVOKABLE void start() { return calledByQml([this] { return Base::start(); }); } \
    Q_INVOKABLE void resume() { return calledByQml([this] { return Base::resume(); }); } \
    Q_INVOKABLE void finish() { return calledByQml([this] { return Base::finish(); }); } \
    Q_INVOKABLE bool during(const QJSValue &body) { return duringInQml(this, body); }

// For an executor of another thread or process, which refuses JavaScript.
#define SEAMSTRESS_WITHOUT_JAVASCRIPT \
    Q_PROPERTY(QSeamstressConfig *config READ config WRITE setQmlConfig NOTIFY configChanged) \
    Q_PROPERTY(QJSValue script READ script WRITE setScript) \
\
public: \
    void setQmlConfig(QSeamstressConfig *config) \
    { \
        calledByQml([this, config] { setConfig(config); }); \
        if (isInJavaScript(config) && this->config() == config) \
            refuseScript(javaScriptRefusal(QStringLiteral("a config with JavaScript handlers"))); \
    } \
    QJSValue script() const { return {}; } \
    void setScript(const QJSValue &) \
    { \
        if (calledByQml([this] { return mayChange("script", "script"); })) \
            refuseScript(javaScriptRefusal(QStringLiteral("a script in JavaScript"))); \
    }
// clang-format on

#endif // VERBS_H
