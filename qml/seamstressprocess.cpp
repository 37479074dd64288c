// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

#include "seamstressprocess.h"

#include "refusals.h"

/*!
    \qmltype SeamstressProcess
    \inqmlmodule QSeamstress
    \instantiates SeamstressProcess
    \brief Runs a config that is written in C++ in another process, and halts it.

    \snippet tst_configs.qml process

    The config is an object of a class derived from QSeamstressConfig, registered by \c QML_ELEMENT. Its properties can be bound. JavaScript runs in the
    thread of its engine only, so a script or a SeamstressConfig in JavaScript is refused: use a SeamstressTask for these.

    Everything else is as in QSeamstressProcess and SeamstressTask.

    \sa SeamstressTask
*/

SeamstressProcess::SeamstressProcess(QObject *parent)
    : QSeamstressProcess(parent)
{
}

SeamstressProcess::~SeamstressProcess() = default;

void SeamstressProcess::setQmlConfig(QSeamstressConfig *config)
{
    const QScopedValueRollback isCalled(m_isCalledByQml, true);
    setConfig(config);
    if (isInJavaScript(config) && mayChange("config", "config"))
        setScriptSource({ {}, refusalOfHandlers() });
}

void SeamstressProcess::setScript(const QJSValue &)
{
    const QScopedValueRollback isCalled(m_isCalledByQml, true);
    if (mayChange("script", "script"))
        setScriptSource({ {}, refusalOfScript() });
}
