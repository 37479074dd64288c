// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

#include "clockdata_p.h"

#include <QtCore/QCoreApplication>
#include <QtCore/QEventLoop>
#include <QtCore/QPointer>
#include <QtCore/QThread>

#include "exacttimers_p.h"
#include "thisthread_p.h"
#include "virtualtime_p.h"

using namespace std::chrono_literals;

namespace QSeamstressScheduler {

static constexpr qint64 defaultTimeout = 5000; // ms of real time

// "1500 ms", "0.25 ms"
static QString inWords(qint64 nanoseconds)
{
    return QStringLiteral("%1 ms").arg(static_cast<double>(nanoseconds) / millisecond, 0, 'g', 15);
}

QString ClockData::refusal(QSeamstressError::Code &code) const
{
    code = QSeamstressError::InvalidUse;
    if (VirtualTime::isTaken())
        return QStringLiteral("Another QSeamstressClock is alive, and there is one time for the whole program. Destroy the other one first, or use it.");
    if (QSeamstressPrivate::isAnExplorerRunning())
        return QStringLiteral("A QSeamstressExplorer runs, whose scripts have a time of their own. Create the clock before or after explore() and run(), or only test the script with it.");
    if (isInBenchmark())
        return QStringLiteral("QBENCHMARK measures, which needs real time. Destroy the clock before QBENCHMARK.");
    code = QSeamstressError::ClockUnavailable;
    const QString reason = whyNotAvailable();
    return reason.isEmpty() ? QString() : QStringLiteral("Virtual time is not available: %1.").arg(reason);
}

ClockData::ClockData(QSeamstressClock *clock, QSeamstressClock::Mode itsMode)
    : mode(itsMode)
    , m_clock(clock)
    , m_errors(clock)
{
    auto code = QSeamstressError::NoError;
    QString text = refusal(code);
    if (text.isEmpty()) {
        m_number = VirtualTime::take();
        text = m_number == 0 ? refusal(code) : QString(); // another thread may have been faster
    }
    if (m_number == 0) {
        fail(code, text);
        return;
    }
    if (const QString coarse = makeTimersExact(); !coarse.isEmpty())
        qWarning("QSeamstressClock: Qt's coarse timers expire up to 5 %% late or early in virtual time too, since %s is no event dispatcher of Qt. Use Qt::PreciseTimer.", qPrintable(coarse));
    m_timeout = QSeamstressPrivate::scaledTimeout(defaultTimeout);
    VirtualTime::instance().begin({ mode == QSeamstressClock::Manual, inNanoseconds(m_timeout) });
}

ClockData::~ClockData()
{
    if (!isValid())
        return;
    VirtualTime::instance().end();
    hear();
    VirtualTime::release();
}

bool ClockData::isValid() const
{
    return m_number != 0 && VirtualTime::isTakenBy(m_number);
}

bool ClockData::fail(QSeamstressError::Code code, const QString &text) const
{
    m_errors.add(code, text);
    return false;
}

void ClockData::hear() const
{
    const QStringList errors = isValid() ? VirtualTime::instance().troubles().take() : QStringList();
    for (const QString &text : errors)
        fail(QSeamstressError::ClockFailed, text);
}

QSeamstressError ClockData::seen() const
{
    hear();
    return m_errors.see();
}

bool ClockData::mayCall(const char *function) const
{
    if (QThread::currentThread() != m_clock->thread()) {
        qWarning("QSeamstressClock::%s: called from a thread that does not own the clock; the call has no effect. Call it from the thread of the test, for example with QMetaObject::invokeMethod().",
                 function);
        return false;
    }
    if (m_number != 0 && !isValid())
        qWarning("QSeamstressClock::%s: this is a child process, which has real time; the call has no effect. Create a clock in the child process.", function);
    return isValid(); // otherwise the constructor has said why
}

static void waitFor(Drive &drive)
{
    QAbstractEventDispatcher *const dispatcher = drive.dispatcher;
    if (dispatcher) {
        QEventLoop loop;
        loop.processEvents(QEventLoop::WaitForMoreEvents);
        QCoreApplication::sendPostedEvents(nullptr, QEvent::DeferredDelete);
    } else {
        VirtualTime::instance().waitFor(drive);
    }
}

bool ClockData::drive(const QString &callWithoutTime, Drive::Kind kind, std::chrono::nanoseconds duration)
{
    m_errors.forgetLast();
    VirtualTime &time = VirtualTime::instance();
    const QString call = callWithoutTime.contains(QLatin1Char('%')) ? callWithoutTime.arg(inWords(duration.count())) : callWithoutTime;
    if (duration < 0ns)
        return fail(QSeamstressError::InvalidUse, call + QStringLiteral(": time does not go back; pass 0 or more."));
    const qint64 target = kind == Drive::ToNext ? never : sum(time.clocks().now(), duration.count());
    if (kind == Drive::ToTarget && target > latest)
        return fail(QSeamstressError::InvalidUse, call + QStringLiteral(": virtual time ends some 291 years after the computer was started; pass less."));
    const QPointer<QSeamstressClock> alive(m_clock);
    Drive drive;
    drive.kind = kind;
    drive.target = target;
    drive.givesUpAt = sum(Clocks::realNow(), inNanoseconds(m_timeout));
    drive.dispatcher = QCoreApplication::instance() ? QAbstractEventDispatcher::instance() : nullptr;
    time.begin(drive);
    while (drive.state == Drive::Runs) {
        waitFor(drive);
        if (drive.state == Drive::Runs && Clocks::realNow() > drive.givesUpAt)
            time.giveUp(drive);
    }
    time.end(drive);
    if (!alive)
        return false; // a slot has destroyed it

    if (drive.state == Drive::NotAtRest) {
        return fail(QSeamstressError::ClockFailed,
                    QStringLiteral("%1 did not end within %2 ms of real time: %3. %4 of virtual time had passed. Let it rest, for example by stopping a timer of 0 ms, or raise setTimeout().")
                        .arg(call)
                        .arg(m_timeout)
                        .arg(time.whyNotAtRest(), inWords(time.elapsed())));
    }
    if (kind == Drive::UntilIdle && drive.state == Drive::Reached) {
        const QList<VirtualTime::Pending> pending = time.pending();
        const QString who = pending.isEmpty() ? QStringLiteral("the event loop of the test has timers") : QStringLiteral("the thread \"%1\" waits in %2()").arg(threadName(pending.first().thread), QLatin1String(pending.first().call));
        return fail(QSeamstressError::ClockFailed, QStringLiteral("%1 came to its limit: %2. Stop what repeats, or pass a longer limit.").arg(call, who));
    }
    const qint64 over = drive.target == never ? 0 : time.clocks().now() - drive.target;
    if (over > 0) {
        return fail(QSeamstressError::ClockFailed,
                    QStringLiteral("%1 went %2 too far, since a slot waited in an event loop or for a time of its own. Advance in smaller steps, or let the slot return first.").arg(call, inWords(over)));
    }
    return drive.kind != Drive::ToNext || drive.state == Drive::Reached;
}

std::chrono::nanoseconds ClockData::elapsed() const
{
    return std::chrono::nanoseconds(isValid() ? VirtualTime::instance().elapsed() : 0);
}

QList<QSeamstressClock::PendingWait> ClockData::pendingWaits() const
{
    QList<QSeamstressClock::PendingWait> waits;
    const QList<VirtualTime::Pending> pending = isValid() ? VirtualTime::instance().pending() : QList<VirtualTime::Pending>();
    for (const VirtualTime::Pending &wait : pending)
        waits.append({ threadName(wait.thread), QString::fromLatin1(wait.call), std::chrono::nanoseconds(wait.remaining) });
    return waits;
}

void ClockData::setDateTime(const QDateTime &dateTime)
{
    const int year = dateTime.toUTC().date().year();
    if (!dateTime.isValid())
        fail(QSeamstressError::InvalidUse, QStringLiteral("QSeamstressClock::setDateTime(): the QDateTime is not valid; pass a date and a time."));
    else if (year < 1678 || year > 2261)
        fail(QSeamstressError::InvalidUse, QStringLiteral("QSeamstressClock::setDateTime(): time is counted in nanoseconds, in 64 bits; pass a year from 1678 to 2261."));
    else
        VirtualTime::instance().setWallClock(inNanoseconds(dateTime.toMSecsSinceEpoch()));
}

void ClockData::setTimeout(std::chrono::milliseconds realTime)
{
    if (realTime < 0ms) {
        fail(QSeamstressError::InvalidUse, QStringLiteral("QSeamstressClock::setTimeout(%1 ms): pass 0 or more milliseconds.").arg(realTime.count()));
        return;
    }
    m_timeout = QSeamstressPrivate::scaledTimeout(realTime.count());
    VirtualTime::instance().setTimeout(inNanoseconds(m_timeout));
}

} // namespace QSeamstressScheduler
