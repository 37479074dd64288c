// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

// A worker that is stopped while its thread is still starting.

#include <QSeamstressTest>

#include <QTest>

#include "heartbeat.h"

class TestStopWhileItStarts : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void forgetsThatItWasStopped();
    void curedOneDoesNot();
};

void TestStopWhileItStarts::forgetsThatItWasStopped()
{
    Heartbeat heartbeat(Heartbeat::SaysSo::Thread);
    QSeamstressBreakpoint beat("beat");
    QSeamstressBreakpoint starting("starting");
    heartbeat.start();
    QSEAMSTRESS_WAIT_FOR_HIT(starting);
    heartbeat.stop(); // exactly here: the thread has not set the flag yet
    starting.resume();
    QSEAMSTRESS_WAIT_FOR_HIT(beat); // it beats nevertheless
}

void TestStopWhileItStarts::curedOneDoesNot()
{
    Heartbeat heartbeat(Heartbeat::SaysSo::Start);
    QSeamstressBreakpoint beat("beat");
    QSeamstressBreakpoint starting("starting");
    heartbeat.start();
    QSEAMSTRESS_WAIT_FOR_HIT(starting);
    heartbeat.stop();
    starting.resume();
    QVERIFY(heartbeat.wait());
    QCOMPARE(beat.hits(), 0);
}

QTEST_GUILESS_MAIN(TestStopWhileItStarts)
#include "tst_stopwhileitstarts.moc"
