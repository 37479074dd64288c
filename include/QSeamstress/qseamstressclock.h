// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

#ifndef QSEAMSTRESSCLOCK_H
#define QSEAMSTRESSCLOCK_H

#include <QtCore/QDateTime>
#include <QtCore/QList>
#include <QtCore/QObject>
#include <QtTest/qtestcase.h>

#include <chrono>
#include <memory>

#include "qseamstresserror.h"
#include "qseamstressrealtime.h"
#include "qseamstressscheduler_export.h"

namespace QSeamstressScheduler {
class ClockData;
}

class QSEAMSTRESSSCHEDULER_EXPORT QSeamstressClock : public QObject
{
    Q_OBJECT

public:
    enum Mode { Automatic, Manual };
    Q_ENUM(Mode)

    struct PendingWait
    {
        QString thread;
        QString kind;
        std::chrono::nanoseconds remaining;
    };

    explicit QSeamstressClock(QObject *parent = nullptr);
    explicit QSeamstressClock(Mode mode, QObject *parent = nullptr);
    ~QSeamstressClock() override;

    static bool isAvailable(QString *reason = nullptr);
    bool isValid() const;
    QSeamstressError error() const;
    QString errorString() const;

    Mode mode() const;
    std::chrono::nanoseconds elapsed() const;
    bool advance(std::chrono::nanoseconds duration);
    bool settle();
    bool advanceToNext();
    bool advanceUntilIdle(std::chrono::nanoseconds limit);
    QList<PendingWait> pendingWaits() const;
    void setDateTime(const QDateTime &dateTime);
    void setTimeout(std::chrono::milliseconds realTime);

private:
    const std::unique_ptr<QSeamstressScheduler::ClockData> d;
};

namespace QSeamstressScheduler {
// Advances the clock and, if that fails, reports the failure at the given place of the test.
QSEAMSTRESSSCHEDULER_EXPORT bool testAdvanceTime(QSeamstressClock &clock, std::chrono::nanoseconds duration, const char *file, int line);
}

// What QVERIFY does on failure: returns, or throws if the test asks for that (Qt 6.8 or later).
#ifdef QTEST_FAIL_ACTION
#define QSEAMSTRESS_ADVANCE_TIME_FAILED QTEST_FAIL_ACTION
#else
#define QSEAMSTRESS_ADVANCE_TIME_FAILED return
#endif

#define QSEAMSTRESS_ADVANCE_TIME(clock, duration) \
    do { \
        if (!QSeamstressScheduler::testAdvanceTime(clock, duration, __FILE__, __LINE__)) \
            QSEAMSTRESS_ADVANCE_TIME_FAILED; \
    } while (false)

#endif // QSEAMSTRESSCLOCK_H
