// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

#include <QSeamstressClock>

#include <QTest>
#include <QTimer>

using namespace std::chrono_literals;

class TestTimeout : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void takesAnHour();
};

void TestTimeout::takesAnHour()
{
    QSeamstressClock clock(QSeamstressClock::Manual);
    QTimer timeout;
    timeout.setSingleShot(true);
    timeout.start(1h);
    QSEAMSTRESS_ADVANCE_TIME(clock, 59min);
    QVERIFY(timeout.isActive());
    QSEAMSTRESS_ADVANCE_TIME(clock, 1min);
    QVERIFY(!timeout.isActive());
}

QTEST_GUILESS_MAIN(TestTimeout)
#include "tst_timeout.moc"
