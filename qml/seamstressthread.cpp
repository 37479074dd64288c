// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

#include "seamstressthread.h"

#include "refusals.h"

/*!
    \qmltype SeamstressThread
    \inqmlmodule QSeamstress
    \instantiates SeamstressThread
    \brief Runs a config that is written in C++ in another thread, and halts it.

    \snippet tst_configs.qml thread

    The config is an object of a class derived from QSeamstressConfig, registered by \c QML_ELEMENT. Its properties can be bound. JavaScript runs in the
    thread of its engine only, so a script or a SeamstressConfig in JavaScript is refused: use a SeamstressTask for these.

    Everything else is as in QSeamstressThread and SeamstressTask.

    \sa SeamstressTask
*/

SeamstressThread::SeamstressThread(QObject *parent)
    : QSeamstressThread(parent)
{
}

SeamstressThread::~SeamstressThread() = default;

void SeamstressThread::setQmlConfig(QSeamstressConfig *config)
{
    const QScopedValueRollback isCalled(m_isCalledByQml, true);
    setConfig(config);
    if (isInJavaScript(config) && mayChange("config", "config"))
        setScriptSource({ {}, refusalOfHandlers() });
}

void SeamstressThread::setScript(const QJSValue &)
{
    const QScopedValueRollback isCalled(m_isCalledByQml, true);
    if (mayChange("script", "script"))
        setScriptSource({ {}, refusalOfScript() });
}
