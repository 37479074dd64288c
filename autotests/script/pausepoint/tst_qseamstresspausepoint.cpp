// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

#include <QSeamstressPausePoint>
#include <QSeamstressTest>

#include <QTest>

#include "writer.h"

class TestQSeamstressPausePoint : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void haltsTheScriptThatReachesIt();
    void doesNothingElsewhere();
    void isAnExpression();
};

void TestQSeamstressPausePoint::haltsTheScriptThatReachesIt()
{
    Pair pair;
    QSeamstressThread writer([&pair] { writeBoth(pair, 7); });
    QCOMPARE(writer.enter(), bool(HALTS));
    QCOMPARE(writer.pausePoint(), HALTS ? "half-written" : "");
    QCOMPARE(pair.first, 7);
    QCOMPARE(pair.second, HALTS ? 0 : 7);
    QVERIFY(writer.exit());
    QCOMPARE(pair.second, 7);
}

void TestQSeamstressPausePoint::doesNothingElsewhere()
{
    Pair pair;
    writeBoth(pair, 7);
    QCOMPARE(pair.second, 7);
}

void TestQSeamstressPausePoint::isAnExpression()
{
    bool passed = false;
    QSeamstressThread thread([&passed] {
        if (!passed)
            QSEAMSTRESS_PAUSE_POINT("without braces");
        else
            qFatal("unreachable");
        passed = true;
    });
    QVERIFY(thread.enter());
    QCOMPARE(thread.pausePoint(), "without braces");
    QVERIFY(thread.exit());
    QVERIFY(passed);
}

QTEST_GUILESS_MAIN(TestQSeamstressPausePoint)
#include "tst_qseamstresspausepoint.moc"
