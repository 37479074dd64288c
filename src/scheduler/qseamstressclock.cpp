// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

#include "qseamstressclock.h"

#include <QtCore/QPointer>
#include <QtCore/QThread>

#include "clockdata_p.h"

using namespace std::chrono_literals;

namespace QSeamstressScheduler {

bool testAdvanceTime(QSeamstressClock &clock, std::chrono::nanoseconds duration, const char *file, int line)
{
    const QPointer<QSeamstressClock> alive(&clock);
    if (clock.advance(duration))
        return true;
    QString text = QStringLiteral("The clock was destroyed by a slot while it was advanced.");
    if (alive && QThread::currentThread() != clock.thread())
        text = QStringLiteral("QSEAMSTRESS_ADVANCE_TIME was used in a thread that does not own the clock. Use it in the thread of the test.");
    else if (alive)
        text = clock.errorString();
    QSeamstressPrivate::failTest(text, file, line);
    return false;
}

} // namespace QSeamstressScheduler

using namespace QSeamstressScheduler;

/*!
    \enum QSeamstressClock::Mode

    What moves virtual time.

    \value Automatic
        When all threads wait, time jumps to the earliest deadline. Any wait of the test, such as QTest::qWait(), lets time pass.
    \value Manual
        Only advance(), settle(), advanceToNext() and advanceUntilIdle() move time. While none of them runs, time stands still, even if
        all threads wait.
*/

/*!
    \class QSeamstressClock::PendingWait
    \inmodule QSeamstress
    \brief A wait with a time-out that has not ended.

    \sa QSeamstressClock::pendingWaits()
*/

/*!
    \variable QSeamstressClock::PendingWait::thread
    \brief the name of the thread in the system, which has at most 15 characters. For a QThread it is QObject::objectName() or, if that
    is empty, the name of its class. A thread without a name has that of the program.
*/

/*!
    \variable QSeamstressClock::PendingWait::kind
    \brief the function of the C library in which the thread waits, for example \c poll for an event loop, \c nanosleep for a sleep, and
    \c futex for most locks of Qt.
*/

/*!
    \variable QSeamstressClock::PendingWait::remaining
    \brief the virtual time until the wait times out, 0 or more.
*/

/*!
    \macro QSEAMSTRESS_ADVANCE_TIME(clock, duration)
    \relates QSeamstressClock

    Calls QSeamstressClock::advance() of \a clock with \a duration. If it returns \c false, fails the test at this line with
    QSeamstressClock::errorString(), and returns from the calling function, which must return \c void. Throws instead of returning in
    the same cases as the macros of <QSeamstressTest>.
*/

/*!
    Creates a clock in Automatic mode, with the given \a parent. From now on, until the clock is destroyed, the program has virtual
    time.
*/
QSeamstressClock::QSeamstressClock(QObject *parent)
    : QSeamstressClock(Automatic, parent)
{
}

/*!
    Creates a clock in the given \a mode, with the given \a parent.

    Virtual time begins where all clocks of the program are at that moment, and stands still. Waits that other threads have begun before
    become virtual, with what remains of their time-outs.

    If the clock cannot work, isValid() returns \c false, all clocks remain real, and error() says why: virtual time is not available
    (QSeamstressError::ClockUnavailable), another clock is alive, a QSeamstressExplorer is running, or the test is in \c QBENCHMARK
    (QSeamstressError::InvalidUse).

    A warning is printed if Qt's coarse timers cannot be made exact, which is the case if an event dispatcher is not one of Qt's.
*/
QSeamstressClock::QSeamstressClock(Mode mode, QObject *parent)
    : QObject(parent)
    , d(std::make_unique<ClockData>(this, mode))
{
}

/*!
    Ends virtual time. Does not wait for the threads of the program.

    Monotonic clocks, such as those of QElapsedTimer, QDeadlineTimer and \c std::chrono::steady_clock, continue from here at their real
    pace and never go back. Clocks that tell the date and the time, such as that of QDateTime, return to the system's. Threads that wait
    with a time-out wait for the rest of it in real time. If a slot destroys the clock during advance() or a similar call, that call
    returns \c false.

    If there are errors that have not been seen, the test fails, with all their messages.

    \sa {Unseen errors}
*/
QSeamstressClock::~QSeamstressClock() = default;

/*!
    Returns whether virtual time works in this program and on this system. If it does not, and \a reason is not null, stores the reason
    there, otherwise an empty string.

    The check calls the functions that wait or tell the time in the way in which the libraries of the program do, with time-outs that
    are over, and looks whether the calls arrive. It does not block, and works with and without a clock.

    \sa {Troubleshooting}
*/
bool QSeamstressClock::isAvailable(QString *reason)
{
    const QString why = whyNotAvailable();
    if (reason)
        *reason = why;
    return why.isEmpty();
}

/*!
    Returns whether the clock works. That is decided when it is created. If this returns \c false, the error counts as seen.
*/
bool QSeamstressClock::isValid() const
{
    if (!d->isValid())
        static_cast<void>(d->seen());
    return d->isValid();
}

/*!
    Returns the last error since the last call of advance(), settle(), advanceToNext() or advanceUntilIdle() began. Its code is
    QSeamstressError::NoError if there was none. All errors up to now count as seen, earlier ones too: the destructor does not report
    them.
*/
QSeamstressError QSeamstressClock::error() const
{
    return d->seen();
}

/*!
    Returns the message of error(), and marks all errors as seen, too.
*/
QString QSeamstressClock::errorString() const
{
    return d->seen().message();
}

/*!
    Returns the mode in which the clock was created. It is Automatic by default.
*/
QSeamstressClock::Mode QSeamstressClock::mode() const
{
    return d->mode;
}

/*!
    Returns the virtual time that has passed since the clock was created. setDateTime() does not change it.
*/
std::chrono::nanoseconds QSeamstressClock::elapsed() const
{
    return d->elapsed();
}

/*!
    Lets \a duration pass, 0 or more, and returns \c true. On the way, all timers and time-outs that become due expire, in the order of
    their deadlines, including those that are due exactly at the end, and those that are only started on the way. When this returns, all
    other threads wait or have ended.

    This is a wait of the calling thread. If that thread has an event dispatcher and there is a QCoreApplication, its events are
    processed, including deferred deletes.

    The call blocks for as long as the threads of the program run in real time, but not for longer than the time of setTimeout().
    Otherwise returns \c false, and error() has one of these codes:

    \table
    \header \li Code \li What happened
    \row \li \c ClockFailed \li Some thread did not come to rest within the time of setTimeout(), or a QSeamstressRealTime was alive:
         time has passed only in part, and the message says how much, and which thread it is. Or time went too far, because a slot has
         waited in an event loop of its own, or slept: the message says by how much.
    \row \li \c InvalidUse \li \a duration is negative, or the time would be more than 291 years after the computer was started.
    \endtable

    Also returns \c false if the clock is not valid, if this is called from another thread, or if a slot has destroyed the clock.

    A slot that runs meanwhile may call advance(), too.

    \sa QSEAMSTRESS_ADVANCE_TIME(), settle()
*/
bool QSeamstressClock::advance(std::chrono::nanoseconds duration)
{
    return d->mayCall("advance") && d->drive(QStringLiteral("QSeamstressClock::advance(%1)"), Drive::ToTarget, duration);
}

/*!
    Waits until all threads wait, and returns \c true. No time passes, but waits that are due now end. Call this to let a thread that
    has just been created or woken up do its work. This is the same as advance() with 0, and has the same errors.
*/
bool QSeamstressClock::settle()
{
    return d->mayCall("settle") && d->drive(QStringLiteral("QSeamstressClock::settle()"), Drive::ToTarget, 0ns);
}

/*!
    Waits until all threads wait, and then lets time pass to the earliest deadline that any of them, or a timer of the calling thread,
    waits for. All that is due at that time expires. Returns \c true if there was such a deadline. If there is none, returns \c false
    without an error.

    Blocks and fails as advance() does.
*/
bool QSeamstressClock::advanceToNext()
{
    return d->mayCall("advanceToNext") && d->drive(QStringLiteral("QSeamstressClock::advanceToNext()"), Drive::ToNext, 0ns);
}

/*!
    Lets time pass until no thread waits for a time any more, and returns \c true. elapsed() then tells how long that took.

    If there is a later deadline when \a limit has passed, 0 or more, stops there and returns \c false, and error() is a
    QSeamstressError::ClockFailed that says which thread waits. A timer that repeats never lets this come to its end: stop it, or call
    advance().

    Blocks and fails as advance() does.
*/
bool QSeamstressClock::advanceUntilIdle(std::chrono::nanoseconds limit)
{
    return d->mayCall("advanceUntilIdle") && d->drive(QStringLiteral("QSeamstressClock::advanceUntilIdle(%1)"), Drive::UntilIdle, limit);
}

/*!
    Returns the waits with a time-out in which threads are now, the earliest deadline first. A thread with an event loop is in a wait
    for the earliest of its timers. The calling thread does not wait, so its timers are not in the list.

    Threads may run while this is called. Call settle() before, so that the list is complete.
*/
QList<QSeamstressClock::PendingWait> QSeamstressClock::pendingWaits() const
{
    return d->pendingWaits();
}

/*!
    Sets \a dateTime, in a year from 1678 to 2261, as the date and time that the program reads, for example with QDateTime::currentDateTime(), \c time() or
    \c std::chrono::system_clock. From there it continues with virtual time. Without this call, it begins with the date and time of the
    system at which the clock was created.

    Monotonic clocks, elapsed(), timers, sleeps and time-outs do not change. Only a wait for a date and time, such as
    \c std::this_thread::sleep_until() with a \c system_clock, follows the new time, as it does if somebody sets the clock of a
    computer.

    An invalid \a dateTime or another year changes nothing, and is a QSeamstressError::InvalidUse.
*/
void QSeamstressClock::setDateTime(const QDateTime &dateTime)
{
    if (d->mayCall("setDateTime"))
        d->setDateTime(dateTime);
}

/*!
    Sets \a realTime as the time for which one call of advance(), settle(), advanceToNext() or advanceUntilIdle() may take in real time.
    The default is 5000 ms. It is scaled as described in \l{Time-outs}, and also elapses while a debugger is attached. A negative time
    changes nothing, and is a QSeamstressError::InvalidUse.

    After the same time, so that no test hangs, a wait of the test for a time that does not come ends with a
    QSeamstressError::ClockFailed:

    \list
    \li In Automatic mode, if the test waits with a time-out and another thread does not rest, or if the thread of the clock polls again
        and again without waiting, as it does with a timer of 0 ms. From then on, virtual time runs at its real pace.
    \li In Manual mode, if the test waits with a time-out outside of these calls. Time jumps to the end of that time-out.
    \endlist
*/
void QSeamstressClock::setTimeout(std::chrono::milliseconds realTime)
{
    if (d->mayCall("setTimeout"))
        d->setTimeout(realTime);
}
