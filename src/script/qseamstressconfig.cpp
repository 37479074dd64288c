// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

#include "qseamstressconfig.h"

#include <QtCore/QMetaMethod>

#include "configdata_p.h"

using namespace QSeamstressPrivate;

/*!
    \fn void QSeamstressConfig::settingUp()

    Emitted by the default setUp(), in the script's thread, before the script halts. Connect with the config as context object.
*/

/*!
    \fn void QSeamstressConfig::tearingDown()

    Emitted by the default tearDown(), in the script's thread, when the script is let go. Connect with the config as context object.
*/

/*!
    Makes a config with \a parent. Give it none if slots are to be connected to its signals.
*/
QSeamstressConfig::QSeamstressConfig(QObject *parent)
    : QObject(parent)
    , d(std::make_shared<ConfigData>(this))
{
}

/*!
    Destroys the config. It must not be in use.
*/
QSeamstressConfig::~QSeamstressConfig()
{
    d->configDestroyed();
}

/*!
    Returns \c true if something is connected to settingUp() or tearingDown().
*/
bool QSeamstressConfig::hasSlots() const
{
    return isSignalConnected(QMetaMethod::fromSignal(&QSeamstressConfig::settingUp)) || isSignalConnected(QMetaMethod::fromSignal(&QSeamstressConfig::tearingDown));
}

/*!
    Called in the script's thread before the script halts. The default emits settingUp().

    To report a failure, throw. Then tearDown() is not called, and enter() returns \c false.
*/
void QSeamstressConfig::setUp()
{
    d->requireSlotsRunHere(isSignalConnected(QMetaMethod::fromSignal(&QSeamstressConfig::settingUp)), "settingUp()", "setUp()");
    Q_EMIT settingUp();
}

/*!
    Called in the script's thread when the script is let go. The default emits tearingDown().

    It is not called if setUp() threw. What it throws is an error of the script, which exit() returns.
*/
void QSeamstressConfig::tearDown()
{
    d->requireSlotsRunHere(isSignalConnected(QMetaMethod::fromSignal(&QSeamstressConfig::tearingDown)), "tearingDown()", "tearDown()");
    Q_EMIT tearingDown();
}

/*!
    Returns the script that the config stands for. It is called in the script's thread, once for each run. The default calls
    setUp(), halts at a pause point without a name, and calls tearDown().

    Override it for more than one pause point.
*/
QSeamstressScript QSeamstressConfig::script()
{
    setUp();
    co_yield QSeamstress::Pause();
    tearDown();
}
