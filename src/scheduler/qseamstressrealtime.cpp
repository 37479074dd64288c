// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

#include "qseamstressrealtime.h"

#include "thisthread_p.h"
#include "virtualtime_p.h"

using namespace QSeamstressScheduler;

/*!
    \class QSeamstressRealTime
    \inmodule QSeamstress
    \brief Gives real time to the calling thread while a QSeamstressClock is alive.

    \snippet tst_virtualtimesnippets.cpp real time

    Use it around code that needs real time, for example to measure how long something takes, or to wait for a driver or a device.

    While an object of this class exists, in any thread:

    \list
    \li All clocks that its thread reads are those of the system, and waits that its thread begins take real time.
    \li Virtual time stands still for all other threads. Their waits can end, but not by a time-out.
    \endlist

    QSeamstressClock::advance() and the other functions that move time wait until no such object exists, and fail if that takes too
    long.

    The monotonic clocks of the system are behind those of virtual time, by the time that has been jumped over. So compare a time only
    with others that were read on the same side, and do not run an event loop whose timers were started on the other side.

    Create and destroy the object in the same thread, as a local variable. Objects can be nested. In a program in which there has been
    no clock yet, they change nothing.

    \sa QSeamstressClock, {What stays real}
*/

/*!
    Begins real time for the calling thread. Does not block.
*/
QSeamstressRealTime::QSeamstressRealTime()
{
    VirtualTime::instance().holdForRealTime();
    ++thisThread.realTime;
}

/*!
    Ends real time for the calling thread, unless an outer object still exists. Virtual time goes on from where it stood. Does not
    block.
*/
QSeamstressRealTime::~QSeamstressRealTime()
{
    --thisThread.realTime;
    VirtualTime::instance().releaseFromRealTime();
}
