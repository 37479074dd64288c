// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

#include "qseamstressconfig.h"

#include <QtCore/QMetaMethod>

#include "configdata_p.h"

using namespace QSeamstressPrivate;

/*!
    \class QSeamstressConfig
    \inmodule QSeamstress
    \brief Set-up and tear-down of a script, as an object that several tests can use.

    Override setUp() and tearDown():

    \snippet 01-contested-lock/tst_contestedlock.cpp config

    Or connect to the signals. Then give connect() the config as context object: that is what makes the slot run in the script's
    thread.

    \snippet tst_snippets.cpp config signals

    \section1 The thread of a config

    A config without a parent is moved to the script's thread when the script starts, and back to the executor's thread when it
    has ended. In between, do not use it in the test.

    A config with a parent cannot be moved. Its overridden functions run in the script's thread all the same. Its default setUp()
    and tearDown() do not emit their signals from there if something is connected, since a queued slot would run too late: they
    fail with QSeamstressError::InvalidUse.

    Without a context object, a slot runs in the script's thread as well, as with any direct connection. With another object as
    context, it is queued to the thread of that object, and the script goes on without it. So it runs too late.

    The config is not owned by the executor, and must live as long as the script runs. Declare it before the executor: then the
    executor's destructor, which ends the script, comes first.

    \section1 Misuse

    To start a config fails with QSeamstressError::InvalidUse if

    \list
    \li it is null, or has been deleted,
    \li it is used by another executor that runs,
    \li it lives in a thread other than the executor's,
    \li it is of this class itself, and nothing is connected to settingUp().
    \endlist

    A config that is deleted while it is in use prints a warning. Its tear-down cannot run, and exit() fails with
    QSeamstressError::InvalidUse, also if what its script awaits is ready at that moment. Delete it after exit(), or give it to the executor
    as std::shared_ptr. If a config of a thread owns the QPromise whose future its script awaits, you must: its members die before it can
    tell, so that the script may go on with an object that is half gone.

    \sa QSeamstressExecutor::config, {Scripts}
*/

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
