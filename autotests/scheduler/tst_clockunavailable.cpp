// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

// A clock where virtual time is not available. The files of the folder unavailable contain the reasons; there is one program for each.

#include <QSeamstressClock>
#include <QSeamstressRealTime>

#include <QDateTime>
#include <QElapsedTimer>
#include <QTest>

#include <chrono>

#include "../shared/recordedfailures.h"
#include "unavailable/reason.h"

using namespace std::chrono_literals;

static const QString message = QString("Virtual time is not available: %1.").arg(reason);

class tst_ClockUnavailable : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void isAvailable();
    void failsTheTestIfNobodyAsks_data();
    void failsTheTestIfNobodyAsks();
    void refusesAndDoesNotHang_data() { failsTheTestIfNobodyAsks_data(); }
    void refusesAndDoesNotHang();
    void macroFailsTheTest();
    void timeStaysReal();
};

void tst_ClockUnavailable::isAvailable()
{
    QString why;
    QVERIFY(!QSeamstressClock::isAvailable(&why));
    QCOMPARE(why, reason);
    QVERIFY(!QSeamstressClock::isAvailable());
}

void tst_ClockUnavailable::failsTheTestIfNobodyAsks_data()
{
    QTest::addColumn<QSeamstressClock::Mode>("mode");
    QTest::newRow("Automatic") << QSeamstressClock::Automatic;
    QTest::newRow("Manual") << QSeamstressClock::Manual;
}

void tst_ClockUnavailable::failsTheTestIfNobodyAsks()
{
    QFETCH(const QSeamstressClock::Mode, mode);
    RecordedFailures failures;
    {
        const QSeamstressClock clock(mode);
    }
    QCOMPARE(failures.take(), QStringList{ message });
    {
        const QSeamstressClock clock(mode);
        QVERIFY(!clock.isValid());
    }
    QCOMPARE(failures.take(), QStringList());
}

void tst_ClockUnavailable::refusesAndDoesNotHang()
{
    QFETCH(const QSeamstressClock::Mode, mode);
    QSeamstressClock clock(mode);
    QCOMPARE(clock.error().code(), QSeamstressError::ClockUnavailable);
    QCOMPARE(clock.errorString(), message);
    QCOMPARE(clock.mode(), mode);
    clock.setTimeout(std::chrono::milliseconds::max());
    clock.setDateTime(QDateTime::fromSecsSinceEpoch(0));
    QVERIFY(!clock.advance(std::chrono::nanoseconds::max()));
    QVERIFY(!clock.settle());
    QVERIFY(!clock.advanceToNext());
    QVERIFY(!clock.advanceUntilIdle(std::chrono::nanoseconds::max()));
    QCOMPARE(clock.elapsed(), 0ns);
    QVERIFY(clock.pendingWaits().isEmpty());
    QVERIFY(QDateTime::currentSecsSinceEpoch() > 24 * 3600);
}

void tst_ClockUnavailable::macroFailsTheTest()
{
    RecordedFailures failures;
    QSeamstressClock clock;
    const auto advance = [&clock] { QSEAMSTRESS_ADVANCE_TIME(clock, 1h); };
    advance();
    QCOMPARE(failures.take(), QStringList{ message });
}

void tst_ClockUnavailable::timeStaysReal()
{
    const QSeamstressClock clock;
    QVERIFY(!clock.isValid());
    QElapsedTimer timer;
    timer.start();
    const QSeamstressRealTime realTime;
    QTest::qSleep(20);
    QVERIFY(timer.elapsed() >= 20);
}

QTEST_GUILESS_MAIN(tst_ClockUnavailable)

#include "tst_clockunavailable.moc"
