// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

#ifndef CLOCKDATA_P_H
#define CLOCKDATA_P_H

#include "clockerrors_p.h"
#include "drive_p.h"

namespace QSeamstressScheduler {

// Why virtual time cannot work in this program, and the cure. Empty if it can.
QString whyNotAvailable();

// What a QSeamstressClock does. unavailable.cpp has another one, for systems without virtual time.
class ClockData
{
public:
    ClockData(QSeamstressClock *clock, QSeamstressClock::Mode mode);
    ~ClockData();
    Q_DISABLE_COPY_MOVE(ClockData)

    bool isValid() const; // not in a child process, which the program has forked
    QSeamstressError seen() const; // the error, which somebody reads
    std::chrono::nanoseconds elapsed() const;
    QList<QSeamstressClock::PendingWait> pendingWaits() const;

    bool mayCall(const char *function) const;
    // Each only if it may be called.
    bool drive(const QString &call, Drive::Kind kind, std::chrono::nanoseconds duration); // a %1 in the call becomes the duration
    void setDateTime(const QDateTime &dateTime);
    void setTimeout(std::chrono::milliseconds realTime);

    const QSeamstressClock::Mode mode;

private:
    QString refusal(QSeamstressError::Code &code) const;
    bool fail(QSeamstressError::Code code, const QString &text) const; // returns false
    void hear() const; // takes the errors of the layer

    QSeamstressClock *const m_clock;
    mutable ClockErrors m_errors;
    quint64 m_number = 0;
    qint64 m_timeout = 0; // ms of real time
};

} // namespace QSeamstressScheduler

#endif // CLOCKDATA_P_H
