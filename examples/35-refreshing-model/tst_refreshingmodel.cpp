// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

// A model that refreshes each minute, with a QAbstractItemModelTester that looks at each change.
// Without virtual time: refresh() is public, so that the test can call it, and no test proves that the timer does.

#include <QSeamstressClock>

#include <QAbstractItemModelTester>
#include <QSignalSpy>
#include <QTest>

#include <chrono>

#include "sensormodel.h"

using namespace std::chrono_literals;
using std::chrono::nanoseconds;

class TestRefreshingModel : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void refreshesEachMinute();
    void reportsOnlyWhatHasChanged();
    void addsAndRemovesRows();
};

// Sensors that the test sets, and a model of them that a tester observes.
struct Sensors
{
    explicit Sensors(const QList<int> &theReadings)
        : readings(theReadings)
    {
    }
    QList<int> shown() const
    {
        QList<int> values;
        for (int row = 0; row < model.rowCount(); ++row)
            values.append(model.index(row).data().toInt());
        return values;
    }

    QSeamstressClock clock{ QSeamstressClock::Manual };
    QList<int> readings;
    QList<nanoseconds> times; // when the model has read them
    SensorModel model{ [this] {
        times.append(clock.elapsed());
        return readings;
    } };
    const QAbstractItemModelTester tester{ &model };
};

void TestRefreshingModel::refreshesEachMinute()
{
    Sensors sensors({ 20, 21 });
    QCOMPARE(sensors.shown(), QList<int>({ 20, 21 }));
    sensors.readings = { 20, 25 };
    QSEAMSTRESS_ADVANCE_TIME(sensors.clock, 1min - 1ns);
    QCOMPARE(sensors.shown(), QList<int>({ 20, 21 }));
    QSEAMSTRESS_ADVANCE_TIME(sensors.clock, 1ns);
    QCOMPARE(sensors.shown(), QList<int>({ 20, 25 }));
    QSEAMSTRESS_ADVANCE_TIME(sensors.clock, 2min);
    QCOMPARE(sensors.times, QList<nanoseconds>({ 0min, 1min, 2min, 3min }));
}

void TestRefreshingModel::reportsOnlyWhatHasChanged()
{
    Sensors sensors({ 20, 21, 22 });
    const QSignalSpy changed(&sensors.model, &QAbstractItemModel::dataChanged);
    QSEAMSTRESS_ADVANCE_TIME(sensors.clock, 24h);
    QCOMPARE(sensors.times.size(), 24 * 60 + 1);
    QCOMPARE(changed.count(), 0);
    sensors.readings[1] = 25;
    QSEAMSTRESS_ADVANCE_TIME(sensors.clock, 1h);
    QCOMPARE(changed.count(), 1);
    QCOMPARE(changed.at(0).at(0).toModelIndex().row(), 1);
    QCOMPARE(changed.at(0).at(1).toModelIndex().row(), 1);
}

void TestRefreshingModel::addsAndRemovesRows()
{
    Sensors sensors({ 20, 21 });
    const QSignalSpy inserted(&sensors.model, &QAbstractItemModel::rowsInserted);
    const QSignalSpy removed(&sensors.model, &QAbstractItemModel::rowsRemoved);
    sensors.readings = { 20, 21, 22, 23 };
    QVERIFY(sensors.clock.advanceToNext());
    QCOMPARE(sensors.shown(), QList<int>({ 20, 21, 22, 23 }));
    sensors.readings = { 19 };
    QVERIFY(sensors.clock.advanceToNext());
    QCOMPARE(sensors.shown(), QList<int>({ 19 }));
    QCOMPARE(inserted.count(), 1);
    QCOMPARE(removed.count(), 1);
    QCOMPARE(sensors.clock.elapsed(), 2min);
}

QTEST_GUILESS_MAIN(TestRefreshingModel)
#include "tst_refreshingmodel.moc"
