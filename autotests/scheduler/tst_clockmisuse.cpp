// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

// What a clock refuses, and how it tells.

#include <QSeamstressClock>
#include <QSeamstressExplorer>

#include <QRegularExpression>
#include <QTest>
#include <QTimeZone>
#include <QTimer>

#include <chrono>
#include <optional>
#include <thread>

#include "../shared/recordedfailures.h"

using namespace std::chrono_literals;

class tst_ClockMisuse : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void secondClock();
    void advanceInAnotherThread();
    void negativeDuration_data();
    void negativeDuration();
    void invalidDateTime_data();
    void invalidDateTime();
    void explorerWhileAClockIsAlive();
    void clockWhileAnExplorerRuns();
    void errorThatNobodyHasSeen();
    void errorThatWasRead();
};

void tst_ClockMisuse::secondClock()
{
    QSeamstressClock clock;
    {
        QSeamstressClock second;
        QVERIFY(!second.isValid());
        QCOMPARE(second.error().code(), QSeamstressError::InvalidUse);
        QCOMPARE(second.errorString(), "Another QSeamstressClock is alive, and there is one time for the whole program. Destroy the other one first, or use it.");
        QVERIFY(!second.advance(1s));
        QCOMPARE(second.elapsed(), 0s);
    }
    QVERIFY(clock.isValid());
    QVERIFY(clock.advance(1s));
    QCOMPARE(clock.elapsed(), 1s);
}

void tst_ClockMisuse::advanceInAnotherThread()
{
    QSeamstressClock clock(QSeamstressClock::Manual);
    QTest::ignoreMessage(QtWarningMsg, QRegularExpression("^QSeamstressClock::advance: called from a thread that does not own the clock; the call has no effect. Call it from "));
    std::optional<bool> result;
    std::thread([&] { result = clock.advance(1s); }).join();
    QCOMPARE(result, false);
    QCOMPARE(clock.elapsed(), 0s);
    QCOMPARE(clock.errorString(), QString());
}

void tst_ClockMisuse::negativeDuration_data()
{
    QTest::addColumn<QString>("function");
    QTest::newRow("advance") << "advance(-1 ms)";
    QTest::newRow("advanceUntilIdle") << "advanceUntilIdle(-1 ms)";
    QTest::newRow("setTimeout") << "setTimeout(-1 ms)";
}

void tst_ClockMisuse::negativeDuration()
{
    QFETCH(const QString, function);
    QSeamstressClock clock;
    if (function.startsWith("advance("))
        QVERIFY(!clock.advance(-1ms));
    else if (function.startsWith("advanceUntilIdle("))
        QVERIFY(!clock.advanceUntilIdle(-1ms));
    else
        clock.setTimeout(-1ms);
    QCOMPARE(clock.error().code(), QSeamstressError::InvalidUse);
    QVERIFY2(clock.errorString().startsWith("QSeamstressClock::" + function + ':'), qPrintable(clock.errorString()));
    QCOMPARE(clock.elapsed(), 0s);
}

void tst_ClockMisuse::invalidDateTime_data()
{
    QTest::addColumn<QDateTime>("dateTime");
    QTest::addColumn<QString>("message");
    const auto inYear = [](int year) { return QDateTime(QDate(year, 6, 1), QTime(12, 0), QTimeZone::utc()); };
    QTest::newRow("none") << QDateTime() << "QSeamstressClock::setDateTime(): the QDateTime is not valid; pass a date and a time.";
    for (const int year : { 1, 1677, 2262, 9999 })
        QTest::addRow("%d", year) << inYear(year) << "QSeamstressClock::setDateTime(): time is counted in nanoseconds, in 64 bits; pass a year from 1678 to 2261.";
    for (const int year : { 1678, 2261 })
        QTest::addRow("%d", year) << inYear(year) << QString();
}

void tst_ClockMisuse::invalidDateTime()
{
    QFETCH(const QDateTime, dateTime);
    QFETCH(const QString, message);
    QSeamstressClock clock;
    const QDateTime before = QDateTime::currentDateTimeUtc();
    clock.setDateTime(dateTime);
    QCOMPARE(clock.error().code(), message.isEmpty() ? QSeamstressError::NoError : QSeamstressError::InvalidUse);
    QCOMPARE(clock.errorString(), message);
    QCOMPARE(QDateTime::currentDateTimeUtc(), message.isEmpty() ? dateTime : before);
}

void tst_ClockMisuse::explorerWhileAClockIsAlive()
{
    const QSeamstressClock clock;
    QSeamstressExplorer explorer;
    explorer.addThread("A", [] { });
    QTest::ignoreMessage(QtWarningMsg, QRegularExpression("^QSeamstressExplorer::explore: a QSeamstressClock is alive"));
    QVERIFY(!explorer.explore());
    QCOMPARE(explorer.verdict(), QSeamstressExplorer::InvalidOrder);
}

void tst_ClockMisuse::clockWhileAnExplorerRuns()
{
    QSeamstressExplorer explorer;
    QString error;
    explorer.addTask("A", [&error]() -> QSeamstressScript {
        QSeamstressClock clock;
        error = clock.errorString();
        co_return;
    });
    QVERIFY(explorer.explore());
    QVERIFY2(error.startsWith("A QSeamstressExplorer runs"), qPrintable(error));
}

void tst_ClockMisuse::errorThatNobodyHasSeen()
{
    RecordedFailures failures;
    {
        QSeamstressClock clock;
        clock.advance(-1ms);
    }
    QCOMPARE(failures.take(), QStringList{ "QSeamstressClock::advance(-1 ms): time does not go back; pass 0 or more." });
}

void tst_ClockMisuse::errorThatWasRead()
{
    RecordedFailures failures;
    {
        QSeamstressClock clock;
        clock.advance(-1ms);
        QVERIFY(clock.error());
    }
    QCOMPARE(failures.take(), QStringList());
}

QTEST_GUILESS_MAIN(tst_ClockMisuse)

#include "tst_clockmisuse.moc"
