// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

#include <QSeamstressPausePoint>
#include <QSeamstressTest>

#include <QTest>

// The code under test. It loses an update if two threads add at the same time.
static int counter = 0;
static void add()
{
    const int before = counter;
    QSEAMSTRESS_PAUSE_POINT("read");
    counter = before + 1;
}

class TestCounter : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void losesAnUpdate();
};

void TestCounter::losesAnUpdate()
{
    QSEAMSTRESS_THREAD(slow, &add);
    QCOMPARE(slow.pausePoint(), "read");
    add();
    QSEAMSTRESS_EXIT(slow);
    QCOMPARE(counter, 1);
}

QTEST_GUILESS_MAIN(TestCounter)
#include "tst_counter.moc"
