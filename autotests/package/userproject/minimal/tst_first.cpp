// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

//! [test]
#include <QSeamstressTest>

#include <QMutex>
#include <QTest>

class TestFirst : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void anotherThreadHoldsTheLock();
};

void TestFirst::anotherThreadHoldsTheLock()
{
    QMutex mutex;
    QSeamstressThread hogger(&mutex);
    QSEAMSTRESS_ENTER(hogger);
    QVERIFY(!mutex.tryLock());
    QSEAMSTRESS_EXIT(hogger);
}

QTEST_GUILESS_MAIN(TestFirst)
#include "tst_first.moc"
//! [test]
