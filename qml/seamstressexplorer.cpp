// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

#include "seamstressexplorer.h"

#include <QtCore/QScopedValueRollback>
#include <QtQml/QJSEngine>
#include <QtQml/QJSValueIterator>

#include "generatorscript.h"
#include "verbs.h"

bool SeamstressExplorer::prepare(const char *function)
{
    QString problem;
    if (m_isRunning)
        problem = QStringLiteral("called while an order is running; call it between two runs");
    else if (!m_scripts.isObject() || m_scripts.isCallable())
        problem = QStringLiteral("the explorer has no scripts; set an object of generator functions: scripts: ({ reader: function* () { yield \"read\" } })");
    else if (!m_reset.isUndefined() && !m_reset.isCallable())
        problem = QStringLiteral("reset is not a function");
    else if (!m_check.isUndefined() && !m_check.isCallable())
        problem = QStringLiteral("check is not a function");
    for (QJSValueIterator script(m_scripts); problem.isEmpty() && script.hasNext();) {
        script.next();
        if (!script.value().isCallable())
            problem = QStringLiteral("the script \"%1\" is not a function; set a generator function: %1: function* () { yield \"read\" }").arg(script.name());
    }
    if (!problem.isEmpty()) {
        throwInQml(this, QStringLiteral("SeamstressExplorer.%1: %2.").arg(QLatin1String(function), problem));
        return false;
    }

    clear();
    // Call copies, since the function may set the property.
    QSeamstressExplorer::setReset(m_reset.isCallable() ? [this] { checked(QJSValue(m_reset).call()); } : std::function<void()>());
    QSeamstressExplorer::setCheck(m_check.isCallable() ? [this] { return checked(QJSValue(m_check).call()).toBool(); } : std::function<bool()>());
    for (QJSValueIterator script(m_scripts); script.hasNext();) {
        script.next();
        addTask(script.name(), [engine = qjsEngine(this), generator = script.value()] { return generatorScript(engine, generator); });
    }
    return true;
}

template <class Run>
bool SeamstressExplorer::call(const char *function, Run run)
{
    if (!prepare(function))
        return false;
    const QScopedValueRollback running(m_isRunning, true);
    return run();
}

bool SeamstressExplorer::explore()
{
    return call("explore", [this] { return QSeamstressExplorer::explore(); });
}

bool SeamstressExplorer::run(const QString &order)
{
    return call("run", [this, &order] { return QSeamstressExplorer::run(order); });
}
