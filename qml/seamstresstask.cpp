// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

#include "seamstresstask.h"

#include <QtQml/QJSEngine>
#include <QtQml/QQmlComponent>

#include "generatorscript.h"

/*!
    \qmltype SeamstressTask
    \inqmlmodule QSeamstress
    \instantiates SeamstressTask
    \brief Runs a script in JavaScript on the event loop, and halts it between two of its steps.

    \snippet tst_tasks.qml script

    Everything else is as in QSeamstressTask: the properties phase, pausePoint, pauseValue, timeout, pauseTimeout, waitMode, config and
    errorString, the signals paused(), finished(), phaseChanged() and errorOccurred(), and the enumerators, as \c SeamstressTask.Paused. The verbs are
    enter(), advance(), runTo(), exit(), waitForPaused(), waitForFinished(), start(), resume(), finish() and during(). Those that
    wait return \c false if they fail: \c{verify(task.enter(), task.errorString)}. Misuse is a JavaScript error in the line that calls, and so fails the test there.

    \sa SeamstressConfig
*/

/*!
    \qmlproperty var SeamstressTask::script

    A generator function. Each \c yield is a pause point: of a name, as in \c{yield "locked"}; of a name and a value for pauseValue, as in
    \c{yield ["read", 7]}; or without a name. A Promise that is yielded is awaited: what it is fulfilled with is what \c yield returns, and what it is
    rejected with is thrown there.

    What the script throws is an error of the verb that waits for it, with the file and the line.

    It cannot be changed while the script runs. That is misuse.
*/

/*!
    \qmlmethod bool SeamstressTask::during(function body)

    Enters, calls \a body and exits. False if one of them fails; what \a body throws goes on to the line that calls. Then the script has ended, too.
*/

SeamstressTask::SeamstressTask(QObject *parent)
    : QSeamstressTask(parent)
{
}

SeamstressTask::~SeamstressTask() = default;

void SeamstressTask::componentComplete()
{
    // Before its context goes, in which the script finds its names: the destructor is too late.
    if (const QObject *component = qmlAttachedPropertiesObject<QQmlComponent>(this))
        QObject::connect(component, SIGNAL(destruction()), this, SLOT(endWithItsContext()));
}

void SeamstressTask::setScript(const QJSValue &script)
{
    const QScopedValueRollback isCalled(m_isCalledByQml, true);
    if (!mayChange("script", "script"))
        return;
    m_script = script;
    if (script.isCallable())
        QSeamstressTask::setScript([this] { return generatorScript(qjsEngine(this), m_script); });
    else
        setScriptSource({ {}, QStringLiteral("has a script that is no function; give it a generator function: script: function* () { yield \"locked\" }") });
    Q_EMIT scriptChanged();
}
