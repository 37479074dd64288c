// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

#include "seamstressexplorer.h"

#include <QtCore/QScopedValueRollback>
#include <QtQml/QJSEngine>
#include <QtQml/QJSValueIterator>

#include "generatorscript.h"
#include "verbs.h"

SeamstressExplorer::SeamstressExplorer(QObject *parent)
    : QObject(parent)
    , m_explorer(std::make_unique<QSeamstressExplorer>())
{
}

void SeamstressExplorer::setScripts(const QJSValue &scripts)
{
    m_scripts = scripts;
    Q_EMIT scriptsChanged();
}

void SeamstressExplorer::setReset(const QJSValue &reset)
{
    m_reset = reset;
    Q_EMIT resetChanged();
}

void SeamstressExplorer::setCheck(const QJSValue &check)
{
    m_check = check;
    Q_EMIT checkChanged();
}

static QJSValue callChecked(QJSValue function)
{
    const QJSValue result = function.call();
    if (result.isError())
        throw QmlScriptError(result);
    return result;
}

bool SeamstressExplorer::prepare(const char *function)
{
    QString problem;
    if (m_isRunning)
        problem = QStringLiteral("it runs an order now, which called this; call it between two runs");
    else if (!m_scripts.isObject() || m_scripts.isCallable())
        problem = QStringLiteral("it has no scripts; give it an object of generator functions: scripts: ({ reader: function* () { yield \"read\" } })");
    else if (!m_reset.isUndefined() && !m_reset.isCallable())
        problem = QStringLiteral("reset is no function");
    else if (!m_check.isUndefined() && !m_check.isCallable())
        problem = QStringLiteral("check is no function");
    for (QJSValueIterator script(m_scripts); problem.isEmpty() && script.hasNext();) {
        script.next();
        if (!script.value().isCallable())
            problem = QStringLiteral("the script \"%1\" is no function; give it a generator function: %1: function* () { yield \"read\" }").arg(script.name());
    }
    if (!problem.isEmpty()) {
        throwInQml(this, QStringLiteral("SeamstressExplorer.%1: %2.").arg(QLatin1String(function), problem));
        return false;
    }

    m_explorer = std::make_unique<QSeamstressExplorer>();
    connect(m_explorer.get(), &QSeamstressExplorer::progressed, this, [this](qint64 tried, qint64 planned) { Q_EMIT progressed(static_cast<double>(tried), static_cast<double>(planned)); });
    m_explorer->setMaximumOrders(m_maximumOrders);
    m_explorer->setMaximumPreemptions(m_maximumPreemptions);
    m_explorer->setSeed(static_cast<quint32>(m_seed));
    m_explorer->setTimeout(std::chrono::milliseconds(m_timeout));
    if (m_reset.isCallable())
        m_explorer->setReset([this] { callChecked(m_reset); });
    if (m_check.isCallable())
        m_explorer->setCheck([this] { return callChecked(m_check).toBool(); });
    for (QJSValueIterator script(m_scripts); script.hasNext();) {
        script.next();
        m_explorer->addTask(script.name(), [engine = qjsEngine(this), generator = script.value()] { return generatorScript(engine, generator); });
    }
    return true;
}

template <class Run>
bool SeamstressExplorer::call(const char *function, Run run)
{
    if (!prepare(function))
        return false;
    const QScopedValueRollback running(m_isRunning, true);
    const bool passed = run();
    Q_EMIT explored();
    return passed;
}

bool SeamstressExplorer::explore()
{
    return call("explore", [this] { return m_explorer->explore(); });
}

bool SeamstressExplorer::run(const QString &order)
{
    return call("run", [this, &order] { return m_explorer->run(order); });
}
