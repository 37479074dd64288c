// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

#include "seamstressclock.h"

#include <QtCore/QPointer>

#include <cmath>
#include <utility>

#include "../throwinqml.h"

static constexpr double longestTime = 9e12; // ms, 285 years: in nanoseconds, it fits into 64 bits

static std::chrono::nanoseconds toTime(double milliseconds)
{
    return std::chrono::nanoseconds(std::llround(milliseconds * 1e6));
}

void SeamstressClock::setMode(Mode mode)
{
    if (m_mode == mode)
        return;
    if (m_clock) {
        throwInQml(this, QStringLiteral("SeamstressClock: the mode cannot be changed while virtual time runs; set running to false first."));
        return;
    }
    m_mode = mode;
    Q_EMIT modeChanged();
}

void SeamstressClock::setTimeout(int milliseconds)
{
    if (m_timeout == milliseconds)
        return;
    m_timeout = milliseconds;
    if (m_clock)
        m_clock->setTimeout(std::chrono::milliseconds(milliseconds));
    Q_EMIT timeoutChanged();
}

double SeamstressClock::elapsed() const
{
    return m_clock ? std::chrono::duration<double, std::milli>(m_clock->elapsed()).count() : 0;
}

void SeamstressClock::begin()
{
    m_failsTest.stop();
    m_thrown = {};
    m_refusal.clear();
    m_clock.emplace(static_cast<QSeamstressClock::Mode>(m_mode));
    if (m_clock->isValid()) {
        m_clock->setTimeout(std::chrono::milliseconds(m_timeout));
    } else {
        m_refusal = m_clock->errorString();
        m_clock.reset();
    }
}

void SeamstressClock::setRunning(bool running)
{
    if (running == isRunning())
        return;
    if (!m_isComplete) {
        m_runsWhenComplete = running;
    } else if (running) {
        begin();
        if (!m_refusal.isEmpty()) {
            throwInQml(this, m_refusal);
            return;
        }
    } else {
        throwNewError();
        m_clock.reset();
    }
    Q_EMIT runningChanged();
}

void SeamstressClock::componentComplete()
{
    m_isComplete = true;
    if (!m_runsWhenComplete)
        return;
    begin();
    if (m_refusal.isEmpty())
        return;
    Q_EMIT runningChanged();
    if (QTest::currentTestFunction())
        throwInQml(this, m_refusal);
    else
        m_failsTest.start(1, this);
}

// Refused while the file was loaded. A test that only waits calls nothing here that could throw, and must not pass.
void SeamstressClock::timerEvent(QTimerEvent *)
{
    if (!QTest::currentTestFunction())
        return;
    m_failsTest.stop();
    QTest::qFail(qPrintable(m_refusal), nullptr, 0);
}

// If the clock has an error that QML has not seen, throws it and returns true.
bool SeamstressClock::throwNewError()
{
    const QSeamstressError error = m_clock->error();
    if (std::exchange(m_thrown, error) == error || !error)
        return false;
    return throwInQml(this, error.message());
}

template <class Call>
bool SeamstressClock::call(const char *function, Call call)
{
    const QString name = QStringLiteral("SeamstressClock.%1: ").arg(QLatin1String(function));
    if (!m_clock) {
        m_failsTest.stop();
        throwInQml(this, m_refusal.isEmpty() ? name + QStringLiteral("virtual time does not run; set running to true first.") : m_refusal);
        return false;
    }
    QJSEngine *const engine = qjsEngine(this);
    const QPointer<SeamstressClock> alive(this);
    const bool succeeded = call();
    if (!alive || !m_clock) {
        engine->throwError(name + QStringLiteral("a handler has ended virtual time before the call returned; let it run until then."));
        return false;
    }
    if (throwNewError())
        return false;
    if (!succeeded)
        throwInQml(this, m_thrown.message()); // once more
    return succeeded;
}

bool SeamstressClock::checkTime(const char *function, double milliseconds) const
{
    if (milliseconds >= 0 && milliseconds <= longestTime) // and not NaN
        return true;
    throwInQml(this, QStringLiteral("SeamstressClock.%1(%2): pass a number of milliseconds from 0 to %3.").arg(QLatin1String(function)).arg(milliseconds, 0, 'g', 15).arg(longestTime, 0, 'f', 0));
    return false;
}

bool SeamstressClock::advance(double milliseconds)
{
    return checkTime("advance", milliseconds) && call("advance", [this, milliseconds] { return m_clock->advance(toTime(milliseconds)); });
}

bool SeamstressClock::settle()
{
    return call("settle", [this] { return m_clock->settle(); });
}

bool SeamstressClock::advanceToNext()
{
    bool hasAdvanced = false; // if not, nobody waits for a time, which is no error
    const auto advance = [this, &hasAdvanced] {
        hasAdvanced = m_clock->advanceToNext();
        return true;
    };
    return call("advanceToNext", advance) && hasAdvanced;
}

bool SeamstressClock::advanceUntilIdle(double limit)
{
    return checkTime("advanceUntilIdle", limit) && call("advanceUntilIdle", [this, limit] { return m_clock->advanceUntilIdle(toTime(limit)); });
}

void SeamstressClock::setDateTime(const QDateTime &dateTime)
{
    call("setDateTime", [this, &dateTime] {
        m_clock->setDateTime(dateTime);
        return dateTime.isValid();
    });
}
